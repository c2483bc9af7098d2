package org.goldgrad.properties.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Ball;
import org.goldgrad.analytic.arithmetic.Balls;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;

/**
 * Something that an implementation might compute instead of the right answer: a known mistake, or the right answer under
 * another convention.
 *
 * @param kind "mistake" or "convention"
 * @param id the mistake's id, or {@code convention=choice} for every convention that differs
 * @param rounded whether it differs only in rounded arithmetic
 * @param conventions what to replace in the question's conventions
 */
public record Candidate(
        String kind,
        String id,
        String did,
        String formula,
        Definition definition,
        boolean rounded,
        Map<String, String> conventions) {
    private static final int BITS = 128;

    /** All candidates of an operation where the given conventions are the declared ones. */
    public static List<Candidate> of(Operation operation, Map<String, String> declared) {
        List<Candidate> candidates = new ArrayList<>();
        for (Map<String, String> variant : operation.variants()) {
            if (!variant.equals(declared)) {
                candidates.add(convention(operation, variant, declared));
            }
        }
        for (Mistake mistake : operation.mistakes()) {
            if (mistake.applies().test(declared)) {
                candidates.add(new Candidate(
                        "mistake",
                        mistake.id(),
                        mistake.did(),
                        mistake.formula(),
                        mistake.wrong(),
                        mistake.rounded(),
                        Map.of()));
            }
        }
        return candidates;
    }

    private static Candidate convention(
            Operation operation, Map<String, String> variant, Map<String, String> declared) {
        List<String> ids = new ArrayList<>();
        List<String> meanings = new ArrayList<>();
        for (Convention convention : operation.conventions()) {
            String choice = variant.getOrDefault(convention.id(), "");
            if (!choice.equals(declared.get(convention.id()))) {
                ids.add(convention.id() + "=" + choice);
                meanings.add(convention.choices().getOrDefault(choice, ""));
            }
        }
        return new Candidate(
                "convention",
                String.join(", ", ids),
                "follows the convention " + String.join(", ", ids),
                String.join("; ", meanings),
                operation.definition(),
                false,
                variant);
    }

    /** What it computes, and how far an honest computation of it may be off, to first order. */
    public Evaluation evaluate(Inputs inputs) {
        Inputs question = asked(inputs);
        return evaluation(question, ErrorBudget.of(definition, question));
    }

    /** The same to second order, which binary64 almost never needs. */
    public Evaluation curved(Inputs inputs) {
        Inputs question = asked(inputs);
        return evaluation(question, ErrorBudget.curved(definition, question));
    }

    private Evaluation evaluation(Inputs question, ErrorBudget budget) {
        return new Evaluation(definition.of(question.in(Binary64.ARITHMETIC)).nearest(), budget);
    }

    /** What it computes when every operation is rounded to this format. */
    public Outputs rounded(Inputs inputs, Format format) {
        Inputs question = asked(inputs);
        return format == Format.BINARY64
                ? definition.of(question.in(Binary64.ARITHMETIC)).nearest()
                : definition
                        .of(question.in(Emulated.arithmetic(format, Emulated.Order.FORWARD)))
                        .nearest();
    }

    /** Whether it has an answer, every element of it a number with bounds; ArithmeticException where it is not even that. */
    public boolean isDefinite(Inputs inputs) {
        return definition.of(asked(inputs).in(new Balls(BITS))).outputs().values().stream()
                .allMatch(tensor -> Arrays.stream(tensor.elements()).noneMatch(Ball::isUnbounded));
    }

    private Inputs asked(Inputs inputs) {
        Map<String, String> changed = new LinkedHashMap<>(inputs.conventions());
        changed.putAll(conventions);
        return new Inputs(inputs.arrays(), inputs.integers(), changed);
    }

    /** An answer and its budget. */
    public record Evaluation(Outputs outputs, ErrorBudget budget) {
        /** Whether the answers can be told apart in this format: some element differs by more than both may be off. */
        public boolean differs(Evaluation that, Format format) {
            return outputs.arrays().keySet().stream().anyMatch(name -> differs(that, name, format));
        }

        private boolean differs(Evaluation that, String name, Format format) {
            Array mine = outputs.array(name);
            Array other = that.outputs.array(name);
            for (int i = 0; i < mine.size(); i++) {
                double allowed = budget.allowed(name, i, format) + that.budget.allowed(name, i, format);
                if (!(Math.abs(mine.at(i) - other.at(i)) <= allowed) && !bothUndefined(mine.at(i), other.at(i))) {
                    return true;
                }
            }
            return false;
        }

        /** No number either way: which of NaN and ±∞ it is depends on the order of operations. */
        private static boolean bothUndefined(double x, double y) {
            return !Double.isFinite(x) && !Double.isFinite(y);
        }

        /** Whether an answer in this format is what this would honestly give. */
        public boolean explains(Outputs actual, Format format) {
            return outputs.arrays().entrySet().stream().allMatch(output -> {
                Array wanted = output.getValue();
                Array got = actual.array(output.getKey());
                for (int i = 0; i < wanted.size(); i++) {
                    double allowed = budget.allowed(output.getKey(), i, format)
                            + budget.allowed(output.getKey(), i, Format.BINARY64); // what wanted itself may be off
                    if (!(Math.abs(wanted.at(i) - got.at(i)) <= allowed) && !bothUndefined(wanted.at(i), got.at(i))) {
                        return false;
                    }
                }
                return true;
            });
        }
    }
}
