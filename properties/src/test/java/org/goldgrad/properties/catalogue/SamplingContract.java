package org.goldgrad.properties.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Subject;

/** What holds for every operation whose answer is drawn at random; what its samples are worth is judged with golden cases. */
abstract class SamplingContract {
    private final Operation operation;

    SamplingContract(Operation operation) {
        this.operation = operation;
    }

    private static Law law(Definition definition, Inputs question) {
        return Law.of(definition.of(question.in(Binary64.ARITHMETIC)).nearest());
    }

    private Inputs drawn(int i, Map<String, String> variant) {
        return operation.inputs(Draw.random(new SplitMix(i)), variant);
    }

    @Example
    void entries_are_independent_by_law_and_within_its_bound() {
        for (Map<String, String> variant : operation.variants()) {
            for (int i = 0; i < 100; i++) {
                Inputs question = drawn(i, variant);
                Law law = law(operation.definition(), question);
                assertTrue(law.isIndependent(), law::toString);
                Outputs answer = operation.refer(question);
                assertEquals(Optional.empty(), operation.signature().objection(question, answer));
                double bound = law.entry().bound() * (1 + 0x1p-50);
                for (double w : answer.array("W").elements()) {
                    assertTrue(Math.abs(w) <= bound, () -> w + " is beyond " + bound);
                }
            }
        }
    }

    @Example
    void every_claim_holds() {
        Subject reference = new Subject(new Reference());
        for (Claim claim : operation.claims()) {
            int applicable = 0;
            for (int i = 0; i < 200; i++) {
                Check check = claim.check(reference, Draw.random(new SplitMix(i)));
                assertTrue(check.holds(), check::comparison);
                applicable += check.applicable() ? 1 : 0;
            }
            assertTrue(applicable >= 20, claim.id() + " applied to " + applicable + " of 200 draws");
        }
    }

    /** No two candidates are one law on all examples, so that golden cases can tell them apart. */
    @Example
    void every_mistake_and_every_other_convention_is_another_law() {
        for (Map<String, String> variant : operation.variants()) {
            Set<List<String>> laws = new HashSet<>(Set.of(laws(operation.definition(), variant)));
            for (Candidate candidate : Candidate.of(operation, variant)) {
                Map<String, String> asked = candidate.conventions().isEmpty() ? variant : candidate.conventions();
                assertTrue(laws.add(laws(candidate.definition(), asked)), () -> variant + ": " + candidate.id());
            }
        }
    }

    private List<String> laws(Definition definition, Map<String, String> variant) {
        return operation.examples().values().stream()
                .map(example -> new Inputs(example.arrays(), example.integers(), variant))
                .map(question -> law(definition, question).toString())
                .toList();
    }
}
