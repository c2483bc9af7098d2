package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.goldgrad.analytic.definition.Array;

/**
 * Numbers that must survive a way in and out before any mathematics is judged: {@code golden/vectors/codec.json}.
 */
public final class Codec {
    /** The file, below the folder of all vectors. */
    static final String PLACE = "codec.json";

    /** Exactly between 1 and the next double, 2⁻⁵³ above 1. */
    private static final String HALFWAY = "1.00000000000000011102230246251565404236316680908203125";

    private static final List<Sample> NUMBERS = List.of(
            new Sample("zero", "0", 0.0),
            new Sample("negative zero", "-0.0", -0.0),
            new Sample("one", "1", 1.0),
            new Sample("minus three halves", "-1.5", -1.5),
            new Sample("one tenth", "0.1", 0.1),
            new Sample("0.1 + 0.2, which is not 0.3", "0.30000000000000004", 0.1 + 0.2),
            new Sample("one third", "0.3333333333333333", 1 / 3.0),
            new Sample("pi", "3.141592653589793", Math.PI),
            new Sample("the next above one", "1.0000000000000002", 1 + 0x1p-52),
            new Sample("the next below one", "0.9999999999999999", 1 - 0x1p-53),
            new Sample("halfway between two doubles, to the even one below", HALFWAY, 1.0),
            new Sample("just above halfway", HALFWAY + "0001", 1 + 0x1p-52),
            new Sample("an integer halfway, to the even one below", "9007199254740993", 0x1p53),
            new Sample("an integer halfway, to the even one above", "9007199254740995", 0x1p53 + 4),
            new Sample("needs 17 digits", "-179.20289999999997", -179.20289999999997),
            new Sample("1e23, which lies between two doubles", "1e23", 0x1.52d02c7e14af6p76),
            new Sample("not exact in binary32", "16777217", 16777217.0),
            new Sample("largest binary32", "3.4028234663852886e38", Float.MAX_VALUE),
            new Sample("smallest binary32", "1.401298464324817e-45", Float.MIN_VALUE),
            new Sample("largest", "1.7976931348623157e308", Double.MAX_VALUE),
            new Sample("largest, negative", "-1.7976931348623157e308", -Double.MAX_VALUE),
            new Sample("just below halfway from the largest to overflow", "1.7976931348623158e308", Double.MAX_VALUE),
            new Sample("smallest normal", "2.2250738585072014e-308", Double.MIN_NORMAL),
            new Sample("largest subnormal", "2.2250738585072011e-308", Double.MIN_NORMAL - Double.MIN_VALUE),
            new Sample("a subnormal", "-1.234e-310", -1.234e-310),
            new Sample("smallest", "4.9e-324", Double.MIN_VALUE),
            new Sample("smallest, negative", "-5e-324", -Double.MIN_VALUE),
            new Sample("less than half of the smallest", "2.47e-324", 0.0),
            new Sample("infinity", "Infinity", Double.POSITIVE_INFINITY),
            new Sample("negative infinity", "-Infinity", Double.NEGATIVE_INFINITY),
            new Sample("not a number", "NaN", Double.NaN));

    private Codec() {}

    /**
     * A number to be echoed.
     *
     * @param decimal a decimal that must be read as exactly this double
     */
    public record Sample(String name, String decimal, double value) {}

    public static List<Sample> numbers() {
        return NUMBERS;
    }

    /** All of them as a vector. */
    public static Array array() {
        return Array.vector(NUMBERS.stream().mapToDouble(Sample::value).toArray());
    }

    static String text() {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("$schema", "../schema/codec.schema.json");
        file.put("format", VectorFile.FORMAT);
        file.put("license", VectorFile.LICENSE);
        file.put("count", NUMBERS.size());
        ArrayNode list = file.putArray("numbers");
        for (Sample number : NUMBERS) {
            ObjectNode entry = list.addObject();
            entry.put("name", number.name());
            entry.put("bits", Bits.of(number.value()));
            entry.set("approx", TensorJson.nested(Array.scalar(number.value())));
            entry.put("decimal", number.decimal());
        }
        return Json.text(file);
    }

    /** Requires that a file holds exactly these numbers, each with bits and decimals that agree. */
    static void require(Path path) {
        JsonNode json = Json.read(path);
        Field file = Field.root(path.toString(), json).exactly("$schema", "format", "license", "count", "numbers");
        List<Field> entries = file.at("numbers").elements();
        int count = file.at("count").integer(0);
        if (count != entries.size()) {
            throw file.at("count").wrong("says " + count + " numbers, but there are " + entries.size());
        }
        for (Field entry : entries) {
            entry.exactly("name", "bits", "approx", "decimal");
            String bits =
                    Bits.of(TensorJson.parse(entry.at("bits"), entry.at("bits").text()));
            requireBits(entry.at("approx"), entry.at("approx").number(), bits);
            requireBits(
                    entry.at("decimal"), Double.parseDouble(entry.at("decimal").text()), bits);
        }
        if (!Json.text(json).equals(text())) {
            throw file.wrong("these are not the numbers that this version of Goldgrad has");
        }
    }

    private static void requireBits(Field field, double x, String bits) {
        if (!Bits.of(x).equals(bits)) {
            throw field.wrong("is " + Bits.of(x) + ", but bits says " + bits);
        }
    }
}
