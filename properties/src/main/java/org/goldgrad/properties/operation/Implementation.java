package org.goldgrad.properties.operation;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;

/**
 * Something that answers questions, and is judged by its answers.
 *
 * <p>A question has named arrays (settings such as a learning rate are scalars among them), named integers, and a choice for
 * every convention; an answer has named arrays. Names and shapes are those of {@link Operation#signature()}, their meaning
 * is {@link Operation#formula()}; {@code ./goldgrad explain regularization.ridge_solution} prints them.
 *
 * <pre>{@code
 * public Reply answer(Operation operation, Inputs in) {
 *     return switch (operation.id()) {
 *         case "regularization.ridge_solution" -> new Reply.Answered(
 *                 Outputs.of("w", Array.vector(ridge(in.array("X"), in.array("y"), in.scalar("lambda")))));
 *         default -> new Reply.Declined("not written yet");
 *     };
 * }
 * }</pre>
 *
 * <p>It need not check questions: each fits its operation and has one answer, and its numbers and those on the way to the
 * answer lie in the range of {@link #format()}. One thread asks, one question after the other.
 */
public interface Implementation {
    /** What people call it: {@code nd4j}. */
    String name();

    /** Its version, language and whatever else identifies it. */
    String version();

    /**
     * The format that it computes in, which decides how far it may be off. An implementation in floats is handed doubles,
     * which it rounds, and hands its floats back as doubles.
     */
    Format format();

    /**
     * The choices that it makes where correct implementations differ, by convention: {@code Map.of("gate_order", "ifgo")} for
     * {@code recurrent.lstm}. It is asked nothing that goes against them. A convention that is absent is one in which it
     * follows whatever the question asks ({@link Inputs#convention}). {@link Operation#conventions()} lists what there is.
     */
    Map<String, String> conventions(Operation operation);

    /** Hears which questions come next, in this order, so that it may begin with them; none is promised to be asked. */
    default void ahead(Operation operation, List<Inputs> questions) {}

    /**
     * Its answer, or that it declines to give one; an exception is a crash, and so is null.
     *
     * @param operation one of the catalogue's, told by its {@link Operation#id()}; any may come
     */
    Reply answer(Operation operation, Inputs inputs);

    /** A crash whose reason is told in words, where no exception of Java's is the cause. */
    final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String symptom;
        private final String reason;

        /**
         * A failure.
         *
         * @param symptom what kind of failure it is, in a few words that are the same whenever it happens
         */
        public Failure(String symptom, String reason) {
            super(reason, null, false, false);
            this.symptom = symptom;
            this.reason = reason;
        }

        /** {@code ValueError}, {@code ended}, {@code no answer in time}. */
        public String symptom() {
            return symptom;
        }

        /** One line for strangers: what happened, and the evidence. */
        public String reason() {
            return reason;
        }
    }
}
