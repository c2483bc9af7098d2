package org.goldgrad.golden.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.contract.Ran.Outcome;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.optimization.AdamOperation;
import org.goldgrad.properties.regularization.RidgeSolutionOperation;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.AssertionFailedError;

/** The contract, run as whoever extends it runs it, on implementations that must pass and on ones that must not. */
class ImplementationContractTest {
    private static final String RIDGE = "regularization.ridge_solution";
    private static final String ADAM = "optimization.adam";
    private static final String MOMENTUM = "optimization.momentum";

    private static final String STATEMENT =
            "λ > 0: (XᵀX + λI)⁻¹Xᵀy minimises ‖y - Xw‖² + λ‖w‖²; the loss at any other w"
                    + " is larger, exactly as fractions";

    /** A contract on a few operations, so that tests are quick. */
    abstract static class On extends ImplementationContract {
        private final Implementation implementation;
        private final List<String> operations;

        On(Implementation implementation, String... operations) {
            this.implementation = implementation;
            this.operations = List.of(operations);
        }

        @Override
        protected Implementation implementation() {
            return implementation;
        }

        @Override
        protected List<String> operations() {
            return operations;
        }
    }

    static class Right extends ImplementationContract {
        static final AtomicInteger MADE = new AtomicInteger();

        @Override
        protected Implementation implementation() {
            MADE.incrementAndGet();
            return new Reference();
        }

        @Override
        protected int draws() {
            return 20;
        }
    }

    @Test
    void the_reference_passes_every_golden_case_and_every_claim_that_asks_it_something() {
        Ran ran = Ran.of(Right.class);
        assertEquals(Map.of(), ran.failures());
        assertEquals(
                List.of(
                        "bias-variance",
                        "product-variance",
                        "preactivation-moments",
                        "independence-not-needed",
                        "lecun",
                        "relu-half"),
                ran.tests(Status.ABORTED).stream().map(Outcome::name).toList());
        assertEquals(
                "optimization.running_average, bias-variance is not tested: none of 20 draws puts it to the test",
                ran.test("bias-variance").message());
        List<String> passed =
                ran.tests(Status.SUCCESSFUL).stream().map(Outcome::name).toList();
        Corpus.standard(Catalogue.operations())
                .cases()
                .forEach(golden -> assertTrue(passed.contains(golden.id() + ": " + golden.title()), golden.id()));
        assertTrue(passed.contains("adam-scale-invariance"));
        assertEquals(1, Right.MADE.get());
    }

    static class Binary32 extends ImplementationContract {
        @Override
        protected Implementation implementation() {
            return Fake.honest(Format.BINARY32);
        }

        @Override
        protected int draws() {
            return 5;
        }
    }

    static class Bfloat16 extends ImplementationContract {
        @Override
        protected Implementation implementation() {
            return Fake.honest(Format.BFLOAT16);
        }

        @Override
        protected int draws() {
            return 5;
        }
    }

    @Test
    void honest_rounding_in_small_formats_fails_nothing() {
        for (Class<? extends ImplementationContract> contract : List.of(Binary32.class, Bfloat16.class)) {
            Ran ran = Ran.of(contract);
            assertEquals(Map.of(), ran.failures());
            assertTrue(ran.tests(Status.SUCCESSFUL).size() > 100, contract::getSimpleName);
        }
    }

    static class Unsquared extends On {
        Unsquared() {
            super(Fake.making(AdamOperation.OPERATION, "gradient-not-squared"), ADAM, RIDGE);
        }
    }

    @Test
    void a_mistake_is_named_after_the_cases_that_it_spoils() {
        Ran ran = Ran.of(Unsquared.class);
        List<Outcome> golden = ran.tests().stream()
                .filter(test -> test.name().startsWith(ADAM))
                .toList();
        long wrong =
                golden.stream().filter(test -> test.status() == Status.FAILED).count();
        assertTrue(wrong > 10, () -> wrong + " of " + golden.size());
        Outcome last = ran.tests().get(ran.tests().indexOf(golden.get(golden.size() - 1)) + 1);
        assertEquals("diagnosis", last.name());
        assertTrue(
                last.message()
                        .startsWith(ADAM + " differs in " + wrong + " of " + golden.size()
                                + " cases. It averages |g| instead of g² (gradient-not-squared), which explains "
                                + wrong
                                + " of " + wrong + " wrong cases: "),
                last.message());
        assertTrue(ran.tests().stream()
                .filter(test -> test.name().startsWith(RIDGE))
                .allMatch(test -> test.status() == Status.SUCCESSFUL));
    }

    @Test
    void a_wrong_case_says_what_is_due_what_came_how_far_it_is_off_and_since_when() {
        Outcome failed =
                Ran.of(Unsquared.class).test(ADAM + "/outside-decoupled-000: drawn: groups 2, parameters 1, steps 1");
        assertEquals(
                ADAM
                        + "/outside-decoupled-000 differs: v[0,0,0] is 5.820766091346741E-11, should be"
                        + " 1.3552527156068805E-20 ± 7.53e-36: off by 7.73e+24 times what rounding explains, and 3 more of"
                        + " 6; first wrong: v[0,0,0] (step 1) is 5.820766091346741E-11, should be 1.3552527156068805E-20",
                failed.message());
        AssertionFailedError error =
                assertInstanceOf(AssertionFailedError.class, failed.thrown().orElseThrow());
        assertTrue(error.isExpectedDefined() && error.isActualDefined());
    }

    static class Halved extends On {
        Halved() {
            super(Fake.making(RidgeSolutionOperation.OPERATION, "lambda-halved"), RIDGE);
        }
    }

    @Test
    void a_broken_claim_is_told_by_its_smallest_counterexample_in_one_line() {
        assertEquals(
                RIDGE + ", ridge-solution is broken: w[0] = 0.058823529411764705, should be 0.030303030303030304 ±"
                        + " 1.0615912743740265E-16, on X=[[0.0625]], y=[0.0625], lambda=0.125. It says: " + STATEMENT,
                Ran.of(Halved.class).test("ridge-solution").message());
    }

    /** Halves λ, but crashes where the data are 0, to which every failure would shrink. */
    static class Brittle extends On {
        Brittle() {
            super(
                    Fake.answering((operation, inputs) -> {
                        if (Arrays.stream(inputs.array("X").elements()).allMatch(x -> x == 0)) {
                            throw new ArithmeticException("singular");
                        }
                        return Fake.making(RidgeSolutionOperation.OPERATION, "lambda-halved")
                                .answer(operation, inputs);
                    }),
                    RIDGE);
        }
    }

    @Test
    void a_failure_does_not_shrink_into_another_one() {
        String message = Ran.of(Brittle.class).test("ridge-solution").message();
        assertTrue(message.contains(" is broken: w[0] = ") && message.contains(", on X=[[0.0625]], y="), message);
    }

    static class Refusing extends On {
        Refusing() {
            super(Fake.answering((operation, inputs) -> new Reply.Declined("not yet")), RIDGE);
        }
    }

    @Test
    void what_is_declined_is_aborted_and_nothing_but_that_is_a_failure() {
        Ran ran = Ran.of(Refusing.class);
        assertEquals(List.of(), ran.tests(Status.SUCCESSFUL));
        assertEquals(
                Map.of("answers", "no golden case was answered: nothing is known of this implementation"),
                ran.failures());
        assertEquals(
                RIDGE + "/plain-001 is declined: not yet",
                ran.test(RIDGE + "/plain-001: drawn: samples 5, features 4").message());
        assertEquals(
                RIDGE + ", ridge-solution is not tested: not yet",
                ran.test("ridge-solution").message());
    }

    static class Crashing extends On {
        Crashing() {
            super(
                    Fake.answering((operation, inputs) -> {
                        throw new IllegalStateException("no native library");
                    }),
                    RIDGE);
        }
    }

    @Test
    void a_crash_fails_with_its_cause() {
        Ran ran = Ran.of(Crashing.class);
        Outcome golden = ran.test(RIDGE + "/plain-001: drawn: samples 5, features 4");
        assertEquals(RIDGE + "/plain-001 crashed: IllegalStateException: no native library", golden.message());
        assertInstanceOf(
                IllegalStateException.class, golden.thrown().orElseThrow().getCause());
        Outcome claim = ran.test("ridge-solution");
        assertEquals(
                RIDGE + ", ridge-solution cannot be checked, for the implementation crashes: IllegalStateException: no"
                        + " native library, on X=[[0]], y=[0], lambda=0.125. It says: " + STATEMENT,
                claim.message());
        assertInstanceOf(
                IllegalStateException.class, claim.thrown().orElseThrow().getCause());
    }

    static class Shapeless extends On {
        Shapeless() {
            super(
                    Fake.answering((operation, inputs) ->
                            new Reply.Answered(((Reply.Answered) new Reference().answer(operation, inputs))
                                    .outputs()
                                    .and("w", Array.scalar(1)))),
                    RIDGE);
        }
    }

    @Test
    void a_wrong_shape_is_told_from_a_wrong_number() {
        Ran ran = Ran.of(Shapeless.class);
        assertEquals(
                RIDGE + "/plain-001 differs: w must be features, got scalar",
                ran.test(RIDGE + "/plain-001: drawn: samples 5, features 4").message());
        assertEquals(
                RIDGE
                        + ", ridge-solution is answered in a wrong shape: w must be features, got scalar, on X=[[0]], y=[0],"
                        + " lambda=0.125. It says: " + STATEMENT,
                ran.test("ridge-solution").message());
    }

    static class Outside extends On {
        Outside() {
            super(Fake.following(Map.of("rate", "outside")), MOMENTUM);
        }
    }

    @Test
    void only_what_fits_the_declared_conventions_is_asked() {
        Ran ran = Ran.of(Outside.class);
        assertEquals(Map.of(), ran.failures());
        assertTrue(ran.tests().stream().noneMatch(test -> test.name().contains("/inside")));
        assertTrue(ran.tests().stream().anyMatch(test -> test.name().contains("/outside")));
        assertEquals(Status.SUCCESSFUL, ran.test("momentum-recursion").status());
        assertEquals(
                MOMENTUM + ", momentum-is-running-average is not tested: it follows rate=outside",
                ran.test("momentum-is-running-average").message());
    }

    static class Misdeclaring extends On {
        Misdeclaring() {
            super(Fake.following(Map.of("rate", "beside")), MOMENTUM, RIDGE);
        }
    }

    @Test
    void conventions_that_there_are_not_fail() {
        assertEquals(
                Map.of(
                        "conventions",
                        "it declares what there is not: rate of " + MOMENTUM
                                + " must be one of [inside, outside], not beside"),
                Ran.of(Misdeclaring.class).failures());
    }

    static class Unknown extends On {
        Unknown() {
            super(new Reference(), "recurrent.elman");
        }
    }

    @Test
    void an_operation_that_there_is_not_fails() {
        List<String> failures = Ran.of(Unknown.class).containers().stream()
                .filter(container -> container.status() == Status.FAILED)
                .map(Outcome::message)
                .toList();
        assertEquals(2, failures.size());
        failures.forEach(
                failure -> assertTrue(failure.startsWith("no operation recurrent.elman; there are ["), failure));
    }
}
