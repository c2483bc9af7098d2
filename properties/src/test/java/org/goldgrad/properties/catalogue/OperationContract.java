package org.goldgrad.properties.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Exposed;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.CentralDifferences;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.oracle.ForwardMode;
import org.goldgrad.analytic.oracle.TaylorRemainder;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Computed;
import org.goldgrad.properties.operation.Counterexample;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.operation.Subject;

/** What holds for every operation, whatever it is; each chapter's test has one subclass for each. */
abstract class OperationContract {
    static final String SEED = "20261122";

    private static final Implementation ND4J = new Nd4jImplementation();
    /** NAdam's second moment, the Jacobian of clipping, and norms that are compared as floats. */
    private static final Set<String> WRONG_IN_ND4J =
            Set.of("optimization.nadam", "optimization.clip_by_norm.gradient", "optimization.clipped_descent");

    private static final Subject REFERENCE = new Subject(new Reference());
    /** Worst measured/allowed seen by each kind of comparison, printed at the end: a budget a thousand times too wide shows. */
    private static final Map<String, Double> WORST = new TreeMap<>();

    private final Operation operation;

    OperationContract(Operation operation) {
        this.operation = operation;
    }

    @Provide
    Arbitrary<Choices> choices() {
        return Choices.arbitrary();
    }

    /**
     * To first order, which is nearly always all that binary64 needs; to second where that fails, as it does for the product of
     * two numbers that cancel to nothing but their errors.
     */
    @Property(seed = SEED)
    void reference_is_the_definition_within_its_budget(@ForAll("choices") Choices choices) {
        Inputs in = wellPosed(choices.draw());
        Outputs truth =
                operation.definition().of(in.in(DoubleDouble.ARITHMETIC)).nearest();
        Outputs answer = operation.refer(in);
        Check check = compare(answer, truth, ErrorBudget.of(operation.definition(), in), Format.BINARY64);
        Check curved = check.holds()
                ? check
                : compare(answer, truth, ErrorBudget.curved(operation.definition(), in), Format.BINARY64);
        report("reference", curved, in);
    }

    @Property(seed = SEED)
    void every_claim_holds(@ForAll("choices") Choices choices) {
        for (Claim claim : operation.claims()) {
            if (claim.status() == Claim.Status.HOLDS) {
                Draw draw = choices.draw();
                Check check = claim.check(REFERENCE, draw);
                report(
                        claim.id(),
                        check,
                        check.holds()
                                ? ""
                                : Counterexample.at(claim, REFERENCE.implementation(), draw.choices())
                                        .inputs());
            }
        }
    }

    /**
     * ND4J within its budget, wherever it answers. Its tanh is accurate absolutely, not relatively (a finding), so where a
     * definition has a tanh every node is granted an absolute 4u as well, and where it is wrong everywhere (a finding, too)
     * nothing is asked; {@code KnownFindingsTest} holds both to be needed.
     */
    @Property(seed = SEED)
    void nd4j_is_the_definition_where_it_answers(@ForAll("choices") Choices choices) {
        if (WRONG_IN_ND4J.contains(operation.id())) {
            return;
        }
        Map<String, String> variant = new LinkedHashMap<>(choices.draw().of(operation.variants()));
        variant.putAll(ND4J.conventions(operation));
        Inputs in = operation.inputs(choices.draw(), variant);
        Assume.that(operation.wellPosed().test(in));
        if (ND4J.answer(operation, in) instanceof Reply.Answered answered) {
            Outputs truth =
                    operation.definition().of(in.in(DoubleDouble.ARITHMETIC)).nearest();
            ErrorBudget budget = ErrorBudget.of(operation.definition(), in);
            double absolute = hasTanh(variant) ? 4 * Format.BINARY64.unitRoundoff() : 0;
            report("nd4j", compare(answered.outputs(), truth, budget, Format.BINARY64, absolute), in);
        }
    }

    /** Recurrent layers have a tanh unless a convention says otherwise, or nothing at all in them is squashed. */
    private boolean hasTanh(Map<String, String> variant) {
        return operation.id().startsWith("recurrent.")
                && !List.of("recurrent.scalar", "recurrent.running_average").contains(operation.id())
                && !operation.id().startsWith("recurrent.bidirectional.regression")
                && variant.getOrDefault("nonlinearity", "tanh").equals("tanh");
    }

    /** A law that skips every draw says nothing. */
    @Example
    void every_claim_applies_to_at_least_a_tenth_of_all_draws() {
        for (Claim claim : operation.claims()) {
            SplitMix random = new SplitMix(1);
            int applicable = 0;
            for (int i = 0; i < 200; i++) {
                applicable += claim.check(REFERENCE, Draw.random(random)).applicable() ? 1 : 0;
            }
            assertTrue(applicable >= 20, claim.id() + " applied to " + applicable + " of 200 draws");
        }
    }

    @Example
    void every_refuted_claim_has_a_counterexample() {
        for (Claim claim : operation.claims()) {
            if (claim.status() == Claim.Status.REFUTED) {
                Counterexample least = Counterexample.of(claim, REFERENCE.implementation())
                        .orElseThrow(() -> new AssertionError(
                                claim.id() + " is listed as refuted, but 1000 draws do not refute it"));
                System.out.println(claim.id() + " is refuted by " + least);
            }
        }
    }

    /** Under every combination of conventions, some draw tells each candidate from the right answer at binary32. */
    @Example
    void every_mistake_and_every_other_convention_is_rejected() {
        for (Map<String, String> variant : operation.variants()) {
            List<Candidate> alive = new ArrayList<>(Candidate.of(operation, variant));
            SplitMix random = new SplitMix(2);
            for (int i = 0; i < 1000 && !alive.isEmpty(); i++) {
                Inputs in = operation.inputs(Draw.random(random), variant);
                if (operation.wellPosed().test(in)) {
                    removeRejected(alive, in);
                }
            }
            // Those that only rare inputs expose have an example of their own.
            for (Inputs example : operation.examples().values()) {
                removeRejected(alive, new Inputs(example.arrays(), example.integers(), variant));
            }
            assertTrue(
                    alive.isEmpty(),
                    variant + " leaves " + alive.stream().map(Candidate::id).toList());
        }
    }

    private void removeRejected(List<Candidate> alive, Inputs in) {
        Candidate right = new Candidate("", "", "", "", operation.definition(), false, Map.of());
        Candidate.Evaluation truth = right.evaluate(in);
        alive.removeIf(candidate -> rejected(candidate, truth, in));
    }

    private static boolean rejected(Candidate candidate, Candidate.Evaluation truth, Inputs in) {
        try {
            if (candidate.rounded()) {
                return !truth.explains(candidate.rounded(in, Format.BINARY32), Format.BINARY32);
            }
            return truth.differs(candidate.evaluate(in), Format.BINARY32);
        } catch (ArithmeticException undefined) {
            return true;
        }
    }

    /**
     * Honest evaluations in low precision, in four orders of summation, stay within the budget to second order; and so do
     * their intermediates.
     */
    @Property(seed = SEED)
    void honest_low_precision_stays_within_the_budget(@ForAll("choices") Choices choices) {
        Inputs in = wellPosed(choices.draw());
        List<String> all =
                operation.signature().computed().stream().map(Computed::name).toList();
        Exposed definition = new Exposed(operation.definition(), all);
        Outputs truth = definition.of(in.in(DoubleDouble.ARITHMETIC)).nearest();
        ErrorBudget budget = ErrorBudget.curved(definition, in);
        for (Format format : List.of(Format.BINARY32, Format.BFLOAT16)) {
            if (!budget.suits(format)) {
                continue;
            }
            for (Emulated.Order order : Emulated.Order.values()) {
                Outputs honest =
                        definition.of(in.in(Emulated.arithmetic(format, order))).nearest();
                report("honest " + format + " " + order, compare(honest, truth, budget, format), in);
            }
        }
    }

    /**
     * Gradients of any definition, one drawn input a try: tape against forward mode, central differences and the order of
     * the Taylor remainder.
     */
    @Property(seed = SEED)
    void gradients_agree_with_every_oracle(@ForAll("choices") Choices choices) {
        if (operation.definition() instanceof Gradient gradient) {
            Draw draw = choices.draw();
            String input = draw.of(gradient.inputs());
            Inputs in = wellPosed(draw);
            Outputs truth = gradient.of(in.in(DoubleDouble.ARITHMETIC)).nearest();
            report("forward mode", forwardMode(gradient, in, input, truth), in);
            report("central differences", centralDifferences(gradient, in, input, truth), in);
            double order = TaylorRemainder.order(gradient.function(), in, truth);
            assertTrue(order > 1.5, "the Taylor remainder shrinks with order " + order + " on " + in);
        }
    }

    /**
     * Forward mode is an honest evaluation by another algorithm (1 − t² for tanh′, commons-math3's exp and tanh), so it gets
     * four times the budget of one.
     */
    private static Check forwardMode(Gradient gradient, Inputs in, String input, Outputs truth) {
        String output = Gradient.nameFor(input);
        ErrorBudget budget = ErrorBudget.of(gradient, in);
        double[] forward = ForwardMode.of(gradient.function(), in, input);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < forward.length; i++) {
            double allowed = 4 * budget.allowed(output, i, Format.BINARY64);
            check = check.near(
                    "forward mode " + output, forward[i], truth.array(output).at(i), allowed);
        }
        return check;
    }

    /**
     * Either as good as double-double allows, or converging on the exact value as h² does, by 256 from h to h/16: a wrong
     * value has an error that stays. What double-double allows is a part of the gradients, and L's own rounding over h.
     */
    private static Check centralDifferences(Gradient gradient, Inputs in, String input, Outputs truth) {
        Array exact = truth.array(Gradient.nameFor(input));
        double scale = Arrays.stream(exact.elements()).map(Math::abs).max().orElse(0);
        double noise = 0x1p-48 * (1 + scale) + 0x1p-64 * magnitude(gradient, in);
        List<OptionalDouble> far = CentralDifferences.of(gradient.function(), in, input, 1);
        List<OptionalDouble> near = CentralDifferences.of(gradient.function(), in, input, 0x1p-4);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < exact.size(); i++) {
            if (far.get(i).isPresent() && near.get(i).isPresent()) {
                double error = Math.abs(far.get(i).getAsDouble() - exact.at(i));
                double less = Math.abs(near.get(i).getAsDouble() - exact.at(i));
                check = check.atMost("error of d" + input + " at h/16", less, error / 100, noise);
            }
        }
        return check;
    }

    /** Σ|dy·y|, what the loss is added up from. */
    private static double magnitude(Gradient gradient, Inputs in) {
        Outputs outputs = gradient.function().of(in.in(DoubleDouble.ARITHMETIC)).nearest();
        double sum = 0;
        for (Map.Entry<String, Array> y : outputs.arrays().entrySet()) {
            Array dy = in.arrays().get(Gradient.nameFor(y.getKey()));
            for (int i = 0; dy != null && i < dy.size(); i++) {
                sum += Math.abs(dy.at(i) * y.getValue().at(i));
            }
        }
        return sum;
    }

    private Inputs wellPosed(Draw draw) {
        Inputs in = operation.inputs(draw);
        Assume.that(operation.wellPosed().test(in));
        return in;
    }

    private static Check compare(Outputs actual, Outputs truth, ErrorBudget budget, Format format) {
        return compare(actual, truth, budget, format, 0);
    }

    /** Also granting every rounded node an absolute error. */
    private static Check compare(Outputs actual, Outputs truth, ErrorBudget budget, Format format, double absolute) {
        Check check = Check.NOTHING_YET;
        for (Map.Entry<String, Array> output : truth.arrays().entrySet()) {
            Array expected = output.getValue();
            Array got = actual.array(output.getKey());
            for (int i = 0; i < expected.size(); i++) {
                // The truth itself was rounded to a double.
                double allowed = budget.allowed(output.getKey(), i, format)
                        + Math.ulp(expected.at(i)) / 2
                        + budget.floor(output.getKey(), i) * absolute;
                check = check.near(output.getKey() + expected.index(i), got.at(i), expected.at(i), allowed);
            }
        }
        return check;
    }

    private void report(String kind, Check check, Object input) {
        WORST.merge(operation.id() + " " + kind, check.worst(), Math::max);
        if (!check.holds()) {
            fail(operation.id() + ", " + kind + ": " + check.comparison() + ", that is " + check.worst()
                    + " times what is allowed, on " + input
                    + "; rerun: mvn -B test -pl properties -am -Dtest='"
                    + getClass().getName().replaceFirst(".*\\.", "") + "' -Dsurefire.failIfNoSpecifiedTests=false");
        }
    }

    @AfterContainer
    static void print_the_slack() {
        WORST.forEach((kind, worst) -> System.out.println(kind + ": worst " + worst + " of what is allowed"));
        WORST.clear();
    }
}
