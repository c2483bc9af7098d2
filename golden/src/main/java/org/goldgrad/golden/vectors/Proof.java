package org.goldgrad.golden.vectors;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.golden.sampling.Ruling;
import org.goldgrad.golden.sampling.Series;
import org.goldgrad.properties.operation.Operation;

/** A question with an answer on which both routes agree: proven from the definition, and computed by the reference. */
record Proof(Operation operation, Inputs inputs, Certifier.Certificate certificate, ErrorBudget budget) {
    /**
     * Proves an answer.
     *
     * @throws Certifier.Uncertifiable if it cannot be proven
     */
    static Proof of(Operation operation, Inputs inputs) {
        Certifier.Certificate certificate = Certifier.certify(operation.definition(), inputs);
        ErrorBudget budget = Budgets.published(ErrorBudget.curved(operation.definition(), inputs));
        return new Proof(operation, inputs, certificate, budget);
    }

    /**
     * The case that this makes.
     *
     * @param told what the question tells of the candidates
     * @throws CorpusException if the reference implementation disagrees
     */
    GoldenCase asCase(String id, String title, List<Integer> choices, Lineup lineup, BitSet told) {
        if (!budget.isFinite()) {
            throw new CorpusException(id + ": the error budget is not finite; mend the definition or the question");
        }
        disagreement().ifPresent(where -> {
            throw new CorpusException(id + ": definition and reference disagree: " + where
                    + "; one of them is wrong, mend it (the question: " + inputs + ")");
        });
        return new GoldenCase(
                id,
                title,
                operation.sampled()
                        ? GoldenCase.Level.STOCHASTIC
                        : budget.suits(Format.BINARY32) ? GoldenCase.Level.REQUIRED : GoldenCase.Level.OPTIONAL,
                operation.id(),
                inputs,
                certificate.outputs(),
                certificate.intermediates(),
                budget,
                certificate.bits(),
                choices,
                lineup.killed(told),
                lineup.separated(told));
    }

    /** What the reference's samples are accused of. */
    private Optional<String> accusation() {
        String output = operation.signature().outputs().get(0).name();
        Function<List<Inputs>, List<Array>> drawn = questions -> questions.stream()
                .map(question -> operation.refer(question).array(output))
                .toList();
        Ruling first = Ruling.of(Law.of(certificate.outputs()), Format.BINARY64, drawn.apply(Series.first(inputs)));
        Ruling last = first.isOpen() ? first.with(drawn.apply(Series.second(inputs))) : first;
        return last.accusation().map(Ruling.Accusation::reason);
    }

    /**
     * The first element in which the reference is further off than binary64 explains.
     *
     * <p>The budget is about the true value; what was proven is that value rounded, up to half an ulp away.
     */
    private Optional<String> disagreement() {
        if (operation.sampled()) {
            return accusation();
        }
        Outputs computed = operation.refer(inputs);
        Outputs proven = certificate.outputs();
        Optional<String> objection = operation.signature().objection(inputs, computed);
        if (objection.isPresent()) {
            return objection;
        }
        for (String name : proven.arrays().keySet()) {
            Array expected = proven.array(name);
            Array actual = computed.array(name);
            for (int i = 0; i < expected.size(); i++) {
                double allowed = budget.allowed(name, i, Format.BINARY64) + Math.ulp(expected.at(i)) / 2;
                if (!(Math.abs(actual.at(i) - expected.at(i)) <= allowed)) {
                    return Optional.of(name + expected.index(i) + " is " + Decimal.shortest(expected.at(i))
                            + " by proof and " + Decimal.shortest(actual.at(i)) + " by the reference, "
                            + Decimal.shortest(allowed) + " apart at most");
                }
            }
        }
        return Optional.empty();
    }
}
