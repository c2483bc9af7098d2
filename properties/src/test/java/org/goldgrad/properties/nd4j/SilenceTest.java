package org.goldgrad.properties.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SilenceTest {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeEach
    void capture() {
        System.setOut(captured);
    }

    @AfterEach
    void restore() {
        System.setOut(before);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void building_a_gradient_prints_nothing() {
        Inputs inputs = Inputs.empty()
                .with("u", new double[11]) // a length that no other test has built
                .with("w", 2)
                .with("h0", 1);
        new Asked("recurrent.scalar", ScalarRnn.NETWORK).agrees(inputs);
        assertEquals("", printed());
        assertSame(captured, System.out);
    }

    @Test
    void other_threads_are_heard() throws InterruptedException {
        Thread other = new Thread(() -> System.out.println("hörbar"));
        Silence.during(() -> {
            System.out.println("unheard");
            other.start();
            while (other.isAlive()) {
                Thread.onSpinWait();
            }
            return 0;
        });
        other.join();
        assertEquals("hörbar\n", printed());
    }

    @Test
    void a_stream_kept_from_then_is_heard_afterwards() {
        PrintStream kept = Silence.during(() -> System.out);
        kept.print("later");
        assertEquals("later", printed());
    }

    @Test
    void somebody_elses_stream_stays() {
        PrintStream theirs = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Silence.during(() -> {
            System.setOut(theirs);
            return 0;
        });
        assertSame(theirs, System.out);
    }

    @Test
    void an_exception_ends_it() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Silence.during(() -> {
                    throw new IllegalArgumentException();
                }));
        assertSame(captured, System.out);
    }
}
