package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Exposed;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Computed;
import org.goldgrad.properties.operation.Operation;

/**
 * Where an answer that differs is wrong first, in the order of computation: the earliest step, and of that step what is
 * computed first. What goes backwards comes after everything else, its last step first.
 *
 * <p>Steps are those along a first axis that is called time or steps. Along any other axis nothing is computed from what was
 * before: where each vector of a sequence is normalized, time is the second.
 *
 * <p>Intermediates, where the answer has any, are held to budgets of their own, derived like those of outputs. They name the
 * divergence and nothing else: whoever computes in another way may have other ones, and be right.
 *
 * @param phrase {@code f[2,0,1] (time step 3) is 0.5, should be 0.8807970779778823}, steps counting from 1 as formulas do;
 *     empty if there are no steps and no intermediates to tell more than the worst element does
 * @param notes which intermediates were given and could not be compared, and why
 */
record Divergence(String phrase, List<String> notes) {
    private static final Map<String, String> STEPS = Map.of("time", "time step", "steps", "step");
    private static final int NAMED = 5;
    private static final int LONGEST = 40;

    /** The divergence of an answer whose outputs are compared already. */
    static Divergence of(Operation operation, GoldenCase golden, Comparison outputs, Outputs given) {
        List<String> notes = new ArrayList<>();
        Outputs comparable = comparable(golden, given, notes);
        List<Comparison.Element> wrong = new ArrayList<>(outputs.wrong());
        if (!comparable.arrays().isEmpty()) {
            wrong.addAll(wrong(operation, golden, comparable, outputs));
        }
        boolean tells = !comparable.arrays().isEmpty()
                || operation.signature().computed().stream()
                        .anyMatch(computed -> Place.steps(computed).isPresent());
        String phrase = wrong.stream()
                .map(element -> Place.of(operation, golden, element))
                .min(Place.ORDER)
                .filter(first -> tells)
                .map(Place::toString)
                .orElse("");
        return new Divergence(phrase, notes);
    }

    /** The intermediates that have the name and the shape of a true one. */
    private static Outputs comparable(GoldenCase golden, Outputs given, List<String> notes) {
        Map<String, Array> comparable = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        given.arrays().forEach((name, array) -> {
            Array right = golden.intermediates().arrays().get(name);
            if (right == null) {
                unknown.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…");
            } else if (!Tensor.describe(right.shape()).equals(Tensor.describe(array.shape()))) {
                notes.add("intermediate " + name + " was not compared: it must be " + Tensor.describe(right.shape())
                        + ", got " + Tensor.describe(array.shape()));
            } else {
                comparable.put(name, array);
            }
        });
        if (!unknown.isEmpty()) {
            String known = String.join(", ", golden.intermediates().arrays().keySet());
            notes.add("unknown intermediates were not compared: "
                    + String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())))
                    + (unknown.size() <= NAMED ? "" : " and " + (unknown.size() - NAMED) + " more") + "; there are "
                    + (known.isEmpty() ? "none" : known));
        }
        return new Outputs(comparable);
    }

    private static List<Comparison.Element> wrong(
            Operation operation, GoldenCase golden, Outputs comparable, Comparison outputs) {
        Map<String, Array> right = new LinkedHashMap<>(golden.intermediates().arrays());
        right.keySet().retainAll(comparable.arrays().keySet());
        Exposed definition = new Exposed(operation.definition(), List.copyOf(right.keySet()));
        ErrorBudget budget = ErrorBudget.curved(definition, golden.inputs());
        return Comparison.of(new Outputs(right), budget, comparable, outputs.format())
                .wrong();
    }

    /**
     * An element in the order of computation.
     *
     * @param step which one, from 0; empty if what it belongs to has no steps, and so is there when all are done
     * @param rank its place within a step
     */
    private record Place(Computed computed, Optional<Integer> step, int rank, Comparison.Element element) {
        static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.computed.backwards())
                .thenComparing(place ->
                        place.step.map(i -> place.computed.backwards() ? -i : i).orElse(Integer.MAX_VALUE))
                .thenComparing(Place::rank)
                .thenComparing(place -> place.element.position());

        static Place of(Operation operation, GoldenCase golden, Comparison.Element element) {
            List<Computed> all = operation.signature().computed();
            Computed computed = all.stream()
                    .filter(one -> one.name().equals(element.output()))
                    .findFirst()
                    .orElseThrow();
            Array right = golden.expected().arrays().containsKey(computed.name())
                    ? golden.expected().array(computed.name())
                    : golden.intermediates().array(computed.name());
            Optional<Integer> step = steps(computed).map(steps -> element.position() / (right.size() / right.size(0)));
            return new Place(computed, step, all.indexOf(computed), element);
        }

        /** What its steps are called, if it has steps. */
        static Optional<String> steps(Computed computed) {
            return computed.argument().dimensions().stream()
                    .limit(1)
                    .flatMap(axis -> Optional.ofNullable(STEPS.get(axis)).stream())
                    .findFirst();
        }

        @Override
        public String toString() {
            String where = steps(computed)
                    .flatMap(steps ->
                            step.map(i -> " (" + steps + " " + (i + 1) + (computed.backwards() ? ", backwards)" : ")")))
                    .orElse("");
            return element.name() + where + " is " + element.actual() + ", should be " + element.expected();
        }
    }
}
