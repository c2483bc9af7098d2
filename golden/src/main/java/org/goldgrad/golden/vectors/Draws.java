package org.goldgrad.golden.vectors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Operation;

/**
 * The numbered draws of an operation under some conventions: number 17 is the same question for ever, as long as the
 * signature stays.
 */
record Draws(Operation operation, Map<String, String> conventions) {
    static final String PROVENANCE = "SplitMix64, seeded for each case by the first 8 bytes of the SHA-256 of "
            + "\"goldgrad <id>\", with the number at the end of the id unpadded; choices are what was drawn";

    /** A question and the choices that it was drawn by. */
    record Drawn(int number, Inputs inputs, List<Integer> choices) {}

    Drawn number(int number) {
        byte[] seed = Sha256.digest(("goldgrad " + prefix() + number).getBytes(StandardCharsets.UTF_8));
        Draw draw = Draw.random(new SplitMix(ByteBuffer.wrap(seed).getLong()));
        Inputs inputs = operation.inputs(draw, conventions);
        return new Drawn(number, inputs, draw.choices());
    }

    /** The id of a draw: {@code recurrent.lstm/ifgo-017}. */
    String id(int number) {
        String digits = Integer.toString(number);
        return prefix() + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
    }

    /** The id of a question that has a title: {@code recurrent.lstm/ifgo-wide-layer}. */
    String id(String title) {
        return prefix() + slug(title);
    }

    /** What the conventions are called in ids: the choices in order, or "plain" if there are none. */
    String variant() {
        return conventions.isEmpty()
                ? "plain"
                : conventions.values().stream().map(Draws::slug).collect(Collectors.joining("-"));
    }

    private String prefix() {
        return operation.id() + "/" + variant() + "-";
    }

    private static String slug(String text) {
        String slug = text.toLowerCase(Locale.ROOT).replaceAll("['’]", "").replaceAll("[^\\p{Alnum}]+", "-");
        return slug.replaceAll("^-|-$", "");
    }
}
