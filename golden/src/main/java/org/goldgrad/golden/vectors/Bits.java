package org.goldgrad.golden.vectors;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.goldgrad.analytic.definition.Array;

/**
 * Doubles as the hexadecimal digits of their IEEE 754 encoding: {@code 3ff0000000000000} is 1, and nobody's decimal
 * conversion has a say in it.
 */
public final class Bits {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 16;

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
        return parse(digits, 0, digits.length());
    }

    private static double parse(String text, int from, int to) {
        boolean valid = to - from == DIGITS;
        long bits = 0;
        for (int i = from; valid && i < to; i++) {
            int digit = digit(text.charAt(i));
            valid = digit >= 0;
            bits = bits << 4 | digit;
        }
        if (!valid) {
            throw new IllegalArgumentException("a double is 16 hexadecimal digits in lower case, not \""
                    + shortened(text.substring(from, to)) + "\"");
        }
        return Double.longBitsToDouble(bits);
    }

    /** The value of a digit, or −1. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** One text a row (a line along the last axis), row-major; a scalar is one row of one element. */
    public static List<String> rows(Array array) {
        int length = array.rank() == 0 ? 1 : array.size(array.rank() - 1);
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < array.size(); from += length) {
            StringBuilder row = new StringBuilder((DIGITS + 1) * length);
            for (int i = from; i < from + length; i++) {
                row.append(i == from ? "" : " ").append(of(array.at(i)));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /**
     * The doubles of one such text.
     *
     * @throws IllegalArgumentException if it is no doubles with single spaces between them
     */
    public static double[] row(String text) {
        double[] row = new double[text.length() / (DIGITS + 1) + 1];
        int from = 0;
        for (int i = 0; i < row.length; i++) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            row[i] = parse(text, from, to); // so the next begins 17 characters on, and there are as many as that leaves
            from = to + 1;
        }
        return row;
    }

    private static String shortened(String text) {
        return text.length() <= 24 ? text : text.substring(0, 24) + "…";
    }
}
