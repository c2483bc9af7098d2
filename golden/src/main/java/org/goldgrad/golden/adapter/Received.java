package org.goldgrad.golden.adapter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goldgrad.golden.judge.Fields;

/** What a line from outside is. */
sealed interface Received {
    /** An object with a {@code hello}. */
    record Greeting(Fields hello) implements Received {}

    /** An object with a {@code seq}. */
    record Answer(int seq, Fields fields) implements Received {}

    /** Meant as an answer, but not JSON; of which question, if that can be made out. */
    record Broken(Optional<Integer> seq, String why) implements Received {}

    /** Something that a library printed. */
    record Noise() implements Received {}

    /** What stands in a decoded text for bytes that are none. */
    char REPLACEMENT = '\ufffd';

    Pattern SEQ = Pattern.compile("\"seq\"\\s*:\\s*(\\d{1,9})(?!\\d)");
    Pattern MEANT = Pattern.compile("\\s*\\{\\s*\"|[^\\n]*\"seq\"");

    static Received of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isText(line)) {
            return broken(new String(line, StandardCharsets.ISO_8859_1), "it is not UTF-8");
        }
        try {
            Fields fields = Fields.parse(text);
            if (fields.has("seq")) {
                return new Answer(fields.integer("seq"), fields);
            }
            return fields.has("hello") ? new Greeting(fields) : new Noise();
        } catch (Fields.Malformed malformed) {
            return broken(text, String.valueOf(malformed.getMessage()));
        }
    }

    /** Whether the bytes are UTF-8; nothing else can tell what is decoded to the replacement character from that character. */
    private static boolean isText(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static Received broken(String text, String why) {
        if (!MEANT.matcher(text).lookingAt()) {
            return new Noise();
        }
        Matcher seq = SEQ.matcher(text);
        return new Broken(seq.find() ? Optional.of(Integer.valueOf(seq.group(1))) : Optional.empty(), why);
    }
}
