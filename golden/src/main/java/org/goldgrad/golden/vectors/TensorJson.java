package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;

/**
 * Arrays in JSON: {@code {"shape": [1, 2], "bits": ["3ff0000000000000 bff8000000000000"], "approx": [[1.0, -1.5]]}}.
 *
 * <p>The bits are the array, one text a row; approx is the same in decimal, for people.
 */
final class TensorJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TensorJson() {}

    public static ObjectNode of(Array array) {
        ObjectNode tensor = JSON.objectNode();
        ArrayNode shape = tensor.putArray("shape");
        Arrays.stream(array.shape()).forEach(shape::add);
        Bits.rows(array).forEach(tensor.putArray("bits")::add);
        tensor.set("approx", nested(array));
        return tensor;
    }

    /** Numbers in nested lists as deep as the rank; what is not finite is a text. */
    static JsonNode nested(Array array) {
        return nested(array.shape(), array.elements(), 0, 0, array.size());
    }

    private static JsonNode nested(int[] shape, double[] elements, int axis, int from, int to) {
        if (axis == shape.length) {
            double x = elements[from];
            return Double.isFinite(x) ? DoubleNode.valueOf(x) : JSON.textNode(Decimal.shortest(x));
        }
        ArrayNode list = JSON.arrayNode();
        int block = shape[axis] == 0 ? 0 : (to - from) / shape[axis];
        for (int i = 0; i < shape[axis]; i++) {
            list.add(nested(shape, elements, axis + 1, from + i * block, from + (i + 1) * block));
        }
        return list;
    }

    /**
     * The array of a tensor, of which every field is checked against the others.
     *
     * @param where what the message calls the place
     * @throws CorpusException naming the field that is wrong
     */
    public static Array read(String where, JsonNode tensor) {
        return read(Field.root(where, tensor).exactly("shape", "bits", "approx"));
    }

    /** The array of an object that has these three fields, and perhaps others. */
    static Array read(Field tensor) {
        int[] shape = tensor.at("shape").integers(1).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Array bits = bits(tensor.at("bits"), shape);
        Field approx = tensor.at("approx");
        Array decimal = Array.of(shape, nested(approx, shape, Field::number));
        for (int i = 0; i < bits.size(); i++) {
            if (!Bits.of(bits.at(i)).equals(Bits.of(decimal.at(i)))) {
                throw approx.wrong("element " + bits.index(i) + " is " + Decimal.shortest(decimal.at(i))
                        + ", but its bits " + Bits.of(bits.at(i)) + " are " + Decimal.shortest(bits.at(i)));
            }
        }
        return bits;
    }

    private static Array bits(Field field, int[] shape) {
        int length = shape.length == 0 ? 1 : shape[shape.length - 1];
        List<Field> rows = field.elements();
        double count = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b) / length;
        if (rows.size() != count) {
            throw field.wrong(
                    "has " + rows.size() + " rows, but the shape " + Tensor.describe(shape) + " has " + (long) count);
        }
        return Array.of(
                shape,
                rows.stream().flatMapToDouble(row -> row(row, shape, length)).toArray());
    }

    private static DoubleStream row(Field row, int[] shape, int length) {
        String[] texts = row.text().split(" ", -1);
        if (texts.length != length) {
            throw row.wrong("has " + texts.length + " numbers, but a row of the shape " + Tensor.describe(shape)
                    + " has " + length);
        }
        return Arrays.stream(texts).mapToDouble(text -> parse(row, text));
    }

    static double parse(Field field, String digits) {
        try {
            return Bits.parse(digits);
        } catch (IllegalArgumentException e) {
            throw field.wrong(String.valueOf(e.getMessage()));
        }
    }

    /** How a place is read as one number. */
    @FunctionalInterface
    interface Element {
        double of(Field field);
    }

    /** The numbers of nested lists of a known shape. */
    static double[] nested(Field field, int[] shape, Element element) {
        List<Field> level = List.of(field);
        for (int length : shape) {
            List<Field> deeper = new ArrayList<>();
            for (Field list : level) {
                List<Field> elements = list.elements();
                if (elements.size() != length) {
                    throw list.wrong("has " + elements.size() + " elements, but the shape " + Tensor.describe(shape)
                            + " has " + length + " here");
                }
                deeper.addAll(elements);
            }
            level = deeper;
        }
        return level.stream().mapToDouble(element::of).toArray();
    }
}
