package org.goldgrad.reference.initialization;

/**
 * How many numbers a unit of a layer sums up, and how many units one number goes to.
 *
 * <pre>
 *   in = inputs·height·width      out = outputs·height·width      a dense layer's kernel is 1×1
 * </pre>
 */
public record Fans(int in, int out) {
    /**
     * The fans of a weight outputs×inputs×height×width.
     *
     * @throws IllegalArgumentException if a fan is 0, for then nothing is left to scale by
     */
    public static Fans of(int outputs, int inputs, int height, int width) {
        if (outputs < 1 || inputs < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("a weight must be outputs×inputs×height×width, none of them below 1, is "
                    + outputs + "×" + inputs + "×" + height + "×" + width);
        }
        int receptive = Math.multiplyExact(height, width);
        return new Fans(Math.multiplyExact(inputs, receptive), Math.multiplyExact(outputs, receptive));
    }
}
