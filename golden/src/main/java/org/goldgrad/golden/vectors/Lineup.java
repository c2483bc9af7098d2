package org.goldgrad.golden.vectors;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.sampling.Telling;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Candidate.Evaluation;
import org.goldgrad.properties.operation.Operation;

/**
 * The right answer under some conventions among everything it might be taken for, and what a question tells of them at
 * binary32 precision.
 *
 * <p>What can be told is numbered: i says that candidate i is not right, n + j(j−1)/2 + i that candidates i &lt; j differ.
 */
final class Lineup {
    private static final Format FORMAT = Format.BINARY32;

    private final Operation operation;
    private final Definition right;
    private final List<Candidate> candidates;

    Lineup(Operation operation, Map<String, String> conventions) {
        this.operation = operation;
        this.right = operation.definition();
        this.candidates = Candidate.of(operation, conventions);
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** Everything that ought to be told. */
    BitSet all() {
        BitSet all = new BitSet();
        all.set(0, candidates.size() + pairs());
        return all;
    }

    int pairs() {
        return candidates.size() * (candidates.size() - 1) / 2;
    }

    /** The ids of the candidates that are told from the right answer. */
    List<String> killed(BitSet told) {
        return told.stream()
                .takeWhile(i -> i < candidates.size())
                .mapToObj(i -> candidates.get(i).id())
                .toList();
    }

    /** How many pairs of candidates are told apart. */
    int separated(BitSet told) {
        return told.get(candidates.size(), candidates.size() + pairs()).cardinality();
    }

    /** The pairs among what is told, as "this | that". */
    List<String> pairs(BitSet told) {
        int n = candidates.size();
        return told.stream()
                .dropWhile(number -> number < n)
                .mapToObj(number -> pair(number - n))
                .map(pair -> pair.get(0).id() + " | " + pair.get(1).id())
                .toList();
    }

    /** The candidates i &lt; j whose pair has the number j(j−1)/2 + i. */
    List<Candidate> pair(int number) {
        int j = second(number);
        return List.of(candidates.get(number - j * (j - 1) / 2), candidates.get(j));
    }

    /** The j of the pair with the number j(j−1)/2 + i. */
    private static int second(int pair) {
        int j = 1;
        while ((j + 1) * j / 2 <= pair) {
            j++;
        }
        return j;
    }

    Sight at(Inputs question) {
        return new Sight(question);
    }

    /** What a candidate does with a question. */
    private sealed interface Look {
        /** An exception, a number that is not finite, or a wrong shape. */
        record Broken() implements Look {}

        /** An answer without a usable budget: it tells nothing. */
        record Unclear() implements Look {}

        /** An answer with its budget, and what an honest binary32 implementation of a rounding mistake answers. */
        record Clear(Evaluation evaluation, Optional<Outputs> rounded) implements Look {}
    }

    /** One question; candidates are evaluated when they are needed, once. */
    final class Sight {
        private final Inputs question;
        private final Telling telling;
        private final Map<Integer, Look> looks = new HashMap<>();
        private final Look asked;

        private Sight(Inputs question) {
            this.question = question;
            this.telling = Telling.of(operation, question);
            this.asked = answer();
        }

        /** Whether binary32 is fine and wide enough for the question, so that the question tells anything. */
        boolean isUsable() {
            return asked instanceof Look.Clear clear
                    && clear.evaluation.budget().suits(FORMAT);
        }

        BitSet tells() {
            return tells(all());
        }

        /** Which of the wanted things this question tells. */
        BitSet tells(BitSet wanted) {
            BitSet told = new BitSet();
            if (!isUsable() || !(asked instanceof Look.Clear answer)) {
                return told;
            }
            int n = candidates.size();
            wanted.stream()
                    .filter(number -> number < n)
                    .filter(i -> kills(answer, i))
                    .forEach(told::set);
            for (int j = 1; j < n; j++) {
                for (int i = 0; i < j; i++) {
                    int number = n + j * (j - 1) / 2 + i;
                    if (wanted.get(number) && apart(look(i, answer), look(j, answer))) {
                        told.set(number);
                    }
                }
            }
            return told;
        }

        private boolean kills(Look.Clear answer, int i) {
            Look look = look(i, answer);
            return look instanceof Look.Broken
                    || look instanceof Look.Clear clear
                            && (clear.rounded.isPresent()
                                    ? !answer.evaluation.explains(clear.rounded.get(), FORMAT)
                                    : telling.differs(answer.evaluation, clear.evaluation, FORMAT));
        }

        private boolean apart(Look a, Look b) {
            if (a instanceof Look.Unclear || b instanceof Look.Unclear) {
                return false;
            }
            if (a instanceof Look.Clear one && b instanceof Look.Clear other) {
                return telling.differs(one.evaluation, other.evaluation, FORMAT)
                        || one.rounded.isPresent() && !other.evaluation.explains(one.rounded.get(), FORMAT)
                        || other.rounded.isPresent() && !one.evaluation.explains(other.rounded.get(), FORMAT);
            }
            return a instanceof Look.Clear || b instanceof Look.Clear;
        }

        private Look look(int i, Look.Clear answer) {
            return looks.computeIfAbsent(i, unused -> look(candidates.get(i), answer.evaluation.outputs()));
        }

        private Look answer() {
            try {
                Outputs outputs = right.of(question.in(Binary64.ARITHMETIC)).nearest();
                return look(new Evaluation(outputs, ErrorBudget.curved(right, question)), Optional.empty());
            } catch (ArithmeticException undefined) {
                return new Look.Broken();
            }
        }

        private Look look(Candidate candidate, Outputs model) {
            try {
                Evaluation evaluation = candidate.evaluate(question);
                return telling.comparable(model, evaluation.outputs())
                        ? look(
                                evaluation,
                                candidate.rounded()
                                        ? Optional.of(candidate.rounded(question, FORMAT))
                                        : Optional.empty())
                        : new Look.Broken();
            } catch (RuntimeException failed) { // whatever a wrong definition does
                return new Look.Broken();
            }
        }

        private static Look look(Evaluation evaluation, Optional<Outputs> rounded) {
            if (!isFinite(evaluation.outputs())) {
                return new Look.Broken();
            }
            return evaluation.budget().isFinite() ? new Look.Clear(evaluation, rounded) : new Look.Unclear();
        }

        private static boolean isFinite(Outputs outputs) {
            return outputs.arrays().values().stream()
                    .allMatch(array -> Arrays.stream(array.elements()).allMatch(Double::isFinite));
        }
    }
}
