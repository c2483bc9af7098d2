package org.goldgrad.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;

/** What a handful of golden cases would not show. */
final class LibtorchImplementationTest {
    private static final Operation RIDGE = Catalogue.operation("regularization.ridge_solution");

    private static Inputs ridge() {
        return Inputs.empty()
                .with("X", Array.matrix(new double[] {1, 2, -1}, new double[] {0.5, -1, 3}, new double[] {2, 2, 0.25}))
                .with("y", 1, -2, 0.5)
                .with("lambda", 0.5);
    }

    private static Array through(Format format, Array array) {
        Tensors tensors = new Tensors(format);
        return tensors.copy(tensors.of(array));
    }

    @Test
    void nd4j_is_not_on_the_class_path() {
        assertNull(getClass().getClassLoader().getResource("org/nd4j/linalg/factory/Nd4j.class"));
    }

    @Test
    void numbers_are_rounded_once() {
        Array justAboveHalfway = Array.scalar(1 + 0x1p-8 + 0x1p-40); // as a float it is halfway
        assertEquals(Array.scalar(1 + 0x1p-7), through(Format.BFLOAT16, justAboveHalfway));
        assertEquals(justAboveHalfway, through(Format.BINARY64, justAboveHalfway));
    }

    @Test
    void a_result_in_another_format_is_refused() {
        Tensors tensors = new Tensors(Format.BINARY32);
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> tensors.copy(torch.ones(new long[] {1}, new TensorOptions(ScalarType.Double))));
        assertEquals("the result is Double, not Float", refused.getMessage());
    }

    /** By its default driver linalg_lstsq does not, where memory was used before. */
    @Test
    @SuppressWarnings("try") // the scope is not named
    void the_same_question_has_the_same_answer() {
        LibtorchImplementation libtorch = new LibtorchImplementation(Format.BINARY64);
        Set<Reply> replies = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            try (PointerScope scope = new PointerScope()) {
                torch.full(new long[] {3}, new Scalar(i % 3), new TensorOptions(ScalarType.Int));
            }
            replies.add(libtorch.answer(RIDGE, ridge()));
        }
        assertEquals(1, replies.size());
    }

    @Test
    void what_libtorch_says_of_a_failure_is_one_line_without_addresses() {
        Inputs ragged = ridge().with("y", 1, 2, 3, 4);
        RuntimeException failure = assertThrows(
                RuntimeException.class, () -> new LibtorchImplementation(Format.BINARY64).answer(RIDGE, ragged));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("linalg.lstsq") && !message.contains("frame #0"), message);
    }

    @Test
    void an_operation_in_a_format_that_it_does_not_have_is_declined_in_its_words() {
        Reply reply = new LibtorchImplementation(Format.BFLOAT16).answer(RIDGE, ridge());
        assertEquals(
                "This function doesn't handle types other than float and double",
                assertInstanceOf(Reply.Declined.class, reply).reason());
    }
}
