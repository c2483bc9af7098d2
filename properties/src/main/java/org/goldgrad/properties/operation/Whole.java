package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.properties.draw.Draw;

/**
 * The integers from least up to the size of an axis less a margin: lengths of sequences, labels of classes.
 *
 * @param below the axis whose size bounds them, or a number that does
 */
public record Whole(int least, String below, int margin) implements Elements {
    /** The largest, where the axes have these sizes. */
    public int most(Map<String, Integer> sizes) {
        return Signature.size(sizes, below) - margin;
    }

    @Override
    public String description() {
        return "an integer from " + least + " to " + below + (margin == 0 ? "" : " − " + margin);
    }

    /** {@code an integer from 1 to time (time is 4 here)}. */
    @Override
    public String description(Map<String, Integer> sizes) {
        return Signature.isFixed(below)
                ? description()
                : description() + " (" + below + " is " + Signature.size(sizes, below) + " here)";
    }

    /** NaN is none of them, nor is ∞. */
    @Override
    public boolean contains(double x, Map<String, Integer> sizes) {
        return x == Math.rint(x) && x >= least && x <= most(sizes);
    }

    @Override
    public double draw(Draw draw, Map<String, Integer> sizes) {
        return least + draw.choice(most(sizes) - least + 1);
    }

    /** The largest first, so that an axis is as long as it says. */
    @Override
    public double at(double x, Map<String, Integer> sizes) {
        return most(sizes) - (int) (16 * (x + 1)) % (most(sizes) - least + 1);
    }
}
