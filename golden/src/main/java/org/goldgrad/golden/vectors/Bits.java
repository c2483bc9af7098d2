package org.goldgrad.golden.vectors;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;

/**
 * Doubles as the hexadecimal digits of their IEEE 754 encoding: {@code 3ff0000000000000} is 1, and nobody's decimal
 * conversion has a say in it.
 */
public final class Bits {
    private static final HexFormat HEX = HexFormat.of();

    private Bits() {}

    /** Sixteen lower-case digits; every NaN is 7ff8000000000000. */
    public static String of(double x) {
        return HEX.toHexDigits(Double.doubleToLongBits(x));
    }

    /**
     * The double of sixteen digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static double parse(String digits) {
        if (digits.length() != 16 || !digits.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException(
                    "a double is 16 hexadecimal digits in lower case, not \"" + shortened(digits) + "\"");
        }
        return Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(digits));
    }

    /** One text a row (a line along the last axis), row-major; a scalar is one row of one element. */
    public static List<String> rows(Array array) {
        double[] elements = array.elements();
        int length = array.rank() == 0 ? 1 : array.size(array.rank() - 1);
        return IntStream.range(0, length == 0 ? 0 : elements.length / length)
                .mapToObj(row -> Arrays.stream(elements, row * length, (row + 1) * length)
                        .mapToObj(Bits::of)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static String shortened(String text) {
        return text.length() <= 24 ? text : text.substring(0, 24) + "…";
    }
}
