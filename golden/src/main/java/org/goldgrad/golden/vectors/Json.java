package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * JSON in one fixed layout, so that equal content is equal bytes and a change is a small diff.
 *
 * <p>What fits into a line of 120 characters stands on one; longer objects and lists have a member a line, indented by
 * two; lists of numbers are never broken. Real numbers are written as {@link Decimal#shortest}.
 */
final class Json {
    /** What to do about a golden file that is not as it was written. */
    static final String REMEDY = "restore it from version control or run: goldgrad vectors generate";

    private static final int WIDTH = 120;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /** The content of a file of UTF-8 JSON; any fault in it is a CorpusException of one line. */
    static JsonNode read(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return MAPPER.readTree(text);
        } catch (NoSuchFileException e) {
            throw new CorpusException(file + " is missing; " + REMEDY);
        } catch (JsonEOFException e) {
            throw new CorpusException(
                    file + " ends in the middle, at line " + e.getLocation().getLineNr() + ": truncated; " + REMEDY);
        } catch (JsonProcessingException e) {
            throw new CorpusException(file + " is not JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNr()) + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; " + REMEDY);
        } catch (CharacterCodingException e) {
            throw new CorpusException(file + " is not UTF-8; " + REMEDY);
        } catch (IOException e) {
            throw new CorpusException(file + " cannot be read: " + e + "; check its permissions");
        }
    }

    /** The text of a file. */
    static String text(JsonNode node) {
        StringBuilder text = new StringBuilder();
        new Layout(text).append(node, "", 0);
        return text.append('\n').toString();
    }

    /** All on one line without a blank. */
    static String compact(JsonNode node) {
        return line(node, ",", ":", Json::compact);
    }

    /** One file being written. */
    private static final class Layout {
        private final StringBuilder text;
        /** What was laid out on a line already: finding out whether a node fits asks for all that is in it. */
        private final IdentityHashMap<JsonNode, String> lines = new IdentityHashMap<>();

        private Layout(StringBuilder text) {
            this.text = text;
        }

        private void append(JsonNode node, String indent, int before) {
            String line = line(node);
            if (node.isValueNode() || indent.length() + before + line.length() < WIDTH || isNumbers(node)) {
                text.append(line);
                return;
            }
            String deeper = indent + "  ";
            text.append(node.isObject() ? "{" : "[");
            String separator = "\n";
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    String name = TextNode.valueOf(member.getKey()) + ": ";
                    text.append(separator).append(deeper).append(name);
                    append(member.getValue(), deeper, name.length());
                    separator = ",\n";
                }
            } else {
                for (JsonNode element : node) {
                    text.append(separator).append(deeper);
                    append(element, deeper, 0);
                    separator = ",\n";
                }
            }
            text.append('\n').append(indent).append(node.isObject() ? "}" : "]");
        }

        private String line(JsonNode node) {
            String known = lines.get(node);
            if (known != null) {
                return known;
            }
            String line = Json.line(node, ", ", ": ", this::line);
            lines.put(node, line);
            return line;
        }
    }

    private static boolean isNumbers(JsonNode node) {
        return node.isArray() && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isNumber);
    }

    private static String line(JsonNode node, String comma, String colon, Function<JsonNode, String> inner) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(member -> TextNode.valueOf(member.getKey()) + colon + inner.apply(member.getValue()))
                    .collect(Collectors.joining(comma, "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(inner)
                    .collect(Collectors.joining(comma, "[", "]"));
        }
        return node.isFloatingPointNumber() ? Decimal.shortest(node.doubleValue()) : node.toString();
    }
}
