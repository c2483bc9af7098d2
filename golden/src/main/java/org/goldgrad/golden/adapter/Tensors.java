package org.goldgrad.golden.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.golden.vectors.Bits;

/** Arrays on the wire: {@code {"shape":[1,2],"bits":["3ff0000000000000 bff8000000000000"]}}. */
final class Tensors {
    private Tensors() {}

    static ObjectNode of(Map<String, Array> arrays) {
        ObjectNode tensors = JsonNodeFactory.instance.objectNode();
        arrays.forEach((name, array) -> {
            ObjectNode tensor = tensors.putObject(name);
            Arrays.stream(array.shape()).forEach(tensor.putArray("shape")::add);
            Bits.rows(array).forEach(tensor.putArray("bits")::add);
        });
        return tensors;
    }

    static Map<String, Array> read(String where, Fields tensors) throws Fields.Malformed {
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (String name : tensors.names()) {
            try {
                arrays.put(name, array(tensors.object(name)));
            } catch (Fields.Malformed | IllegalArgumentException wrong) {
                throw new Fields.Malformed(where + "." + name + ": " + wrong.getMessage());
            }
        }
        return arrays;
    }

    private static Array array(Fields tensor) throws Fields.Malformed {
        int[] shape = shape(tensor.list("shape"));
        List<JsonNode> rows = tensor.list("bits");
        tensor.end();
        int length = shape.length == 0 ? 1 : shape[shape.length - 1];
        double due = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b) / length;
        if (rows.size() != due) {
            throw new Fields.Malformed("bits has " + rows.size() + " rows, but the shape " + Tensor.describe(shape)
                    + " has " + (long) due);
        }
        double[][] numbers = new double[rows.size()][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Bits.row(Fields.text(rows.get(i), "a row of bits"));
            if (numbers[i].length != length) {
                throw new Fields.Malformed("bits[" + i + "] has " + numbers[i].length
                        + " numbers, but a row of the shape " + Tensor.describe(shape) + " has " + length);
            }
        }
        return Array.of(shape, flat(numbers, length));
    }

    private static double[] flat(double[][] rows, int length) {
        double[] flat = new double[rows.length * length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * length, length);
        }
        return flat;
    }

    private static int[] shape(List<JsonNode> list) throws Fields.Malformed {
        int[] shape = new int[list.size()];
        for (int i = 0; i < shape.length; i++) {
            JsonNode size = list.get(i);
            if (!size.isInt() || size.intValue() < 1) {
                throw new Fields.Malformed("shape must be a list of positive integers, not " + list);
            }
            shape[i] = size.intValue();
        }
        return shape;
    }
}
