package org.goldgrad.properties.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;

/**
 * Draws questions that fit a signature.
 *
 * <p>Every axis gets a size of its own, so that shapes are usually not square; a tensor of real numbers gets a scale
 * (mostly 1) and an offset (mostly 0), so that large, tiny and badly centred data come up too.
 */
record Questions(Signature signature) {
    Inputs draw(Draw draw, Map<String, String> conventions) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (String axis : signature.axes()) {
            Signature.Range range = signature.range(axis);
            sizes.put(axis, range.least() + draw.choice(range.most() - range.least() + 1));
        }
        Map<String, Integer> integers = new LinkedHashMap<>();
        for (Count count : signature.counts()) {
            integers.put(count.name(), integer(draw, count, sizes));
        }
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (Argument input : signature.inputs()) {
            arrays.put(input.name(), array(draw, input, sizes));
        }
        return new Inputs(arrays, integers, conventions);
    }

    /** From the sizes that are drawn, if the integer is a size. */
    private int integer(Draw draw, Count count, Map<String, Integer> sizes) {
        Signature.Range range = signature.sizes().get(count.name());
        return range == null
                ? (int) count.range().draw(draw, sizes)
                : range.least() + draw.choice(range.most() - range.least() + 1);
    }

    private static Array array(Draw draw, Argument input, Map<String, Integer> sizes) {
        int[] shape = Signature.shape(input, sizes);
        double scale = 1;
        double offset = 0;
        if (input.domain() == Domain.REAL) {
            scale = Math.scalb(1.0, draw.of(0, 0, 0, 0, -3, -3, 3, -20));
            offset = draw.of(0, 0, 0, 0, 0, 0, 0, 16) * scale;
        }
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        double[] elements = new double[size];
        for (int i = 0; i < size; i++) {
            elements[i] = input.domain().draw(draw, sizes) * scale + offset;
        }
        return Array.of(shape, elements);
    }
}
