package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
    @Test
    void sixteen_digits_are_the_encoding() {
        assertEquals("3ff0000000000000", Bits.of(1));
        assertEquals("8000000000000000", Bits.of(-0.0));
        assertEquals("7ff8000000000000", Bits.of(Double.longBitsToDouble(0xfff0000000000001L)));
        assertEquals(0.1, Bits.parse("3fb999999999999a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3ff", "3FF0000000000000", "0x3ff00000000000", "3ff000000000000g", "٣ff0000000000000"})
    void anything_else_is_refused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Bits.parse(text))
                .getMessage();
        assertEquals("a double is 16 hexadecimal digits in lower case, not \"" + text + "\"", message);
    }

    @Test
    void a_row_is_a_line_along_the_last_axis() {
        Array cube = Array.of(new int[] {2, 1, 2}, 1, 2, 3, 4);
        assertEquals(
                List.of("3ff0000000000000 4000000000000000", "4008000000000000 4010000000000000"), Bits.rows(cube));
        assertEquals(List.of("3ff0000000000000"), Bits.rows(Array.scalar(1)));
    }

    @Test
    void a_row_reads_back() {
        assertArrayEquals(new double[] {1, -1.5, 0.1}, Bits.row("3ff0000000000000 bff8000000000000 3fb999999999999a"));
        assertArrayEquals(new double[] {1}, Bits.row("3ff0000000000000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 3ff0000000000000",
                "3ff0000000000000 ",
                "3ff0000000000000  3ff0000000000000",
                "3ff0000000000000,3ff0000000000000",
                "3ff000000000000 3ff00000000000000",
                "3ff0000000000000 3ff",
                "3ff0000000000000 3FF0000000000000"
            })
    void any_other_row_is_refused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Bits.row(text))
                .getMessage();
        assertTrue(String.valueOf(message).startsWith("a double is 16 hexadecimal digits"), message);
    }

    @Test
    void every_number_of_the_codec_survives() {
        Array numbers = Codec.array();
        assertEquals(numbers, TensorJson.read("here", TensorJson.of(numbers)));
        for (Codec.Sample number : Codec.numbers()) {
            assertEquals(Bits.of(number.value()), Bits.of(Double.parseDouble(number.decimal())), number.name());
        }
    }
}
