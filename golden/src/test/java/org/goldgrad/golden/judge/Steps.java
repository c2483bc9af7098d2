package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** A small operation to be judged on: momentum, with a convention and four mistakes. */
final class Steps {
    static final Mistake ASCENDS = Mistake.mistake("ascends", "adds the step", "θ + v, not θ − v", Steps::ascends);
    static final Mistake DAMPS =
            Mistake.mistake("damps", "damps the gradient", "αv + (1−α)εg, not αv + εg", Steps::damps);
    static final Mistake SQUARES =
            Mistake.mistake("squares-rate", "squares the rate", "ε²g, not εg", Steps::squaresRate);
    static final Mistake HALVES = Mistake.mistake("halves-rate", "halves the rate", "½εg, not εg", Steps::halvesRate);

    static final Operation MOMENTUM = Operation.named("optimization.momentum", "Momentum")
            .formula("v = αv + εg, θ = θ − v")
            .source("Polyak 1964")
            .input("theta0", "parameters", Domain.REAL)
            .input("g", "steps,parameters", Domain.REAL)
            .setting("alpha", "", Domain.DECAY)
            .setting("epsilon", "", Domain.POSITIVE)
            .output("v", "steps,parameters")
            .output("theta", "steps,parameters")
            .convention(new Convention("rate", "where the rate is", rates(), "everyone"))
            .definition(Momentum.DEFINITION)
            .reference(inputs -> Outputs.of("v", Array.scalar(0)))
            .mistakes(List.of(ASCENDS, DAMPS, SQUARES, HALVES))
            .declare();

    /** Two cases under each convention, and two whose rate is ½. */
    static final List<GoldenCase> CASES = List.of(
            golden("inside-001", question("inside", 0.25)),
            golden("inside-002", question("inside", 0.25).with("alpha", 0.75)),
            golden("outside-001", question("outside", 0.25)),
            golden("outside-002", question("outside", 0.25).with("alpha", 0.75)),
            golden("half-001", question("inside", 0.5)),
            golden("half-002", question("inside", 0.5).with("alpha", 0.75)));

    private Steps() {}

    private static Map<String, String> rates() {
        Map<String, String> rates = new LinkedHashMap<>();
        rates.put("inside", "v = αv + εg");
        rates.put("outside", "θ = θ − εv");
        return rates;
    }

    private static <R extends Real<R>> Answer<R> ascends(Question<R> q) {
        Answer<R> right = Momentum.DEFINITION.of(q);
        R minusTwo = q.arithmetic().of(-2);
        Tensor<R> start = q.tensor("theta0").times(minusTwo);
        return right.changing("theta", theta -> theta.plus(start).map(R::negate));
    }

    private static <R extends Real<R>> Answer<R> damps(Question<R> q) {
        R rest = q.arithmetic().one().minus(q.scalar("alpha"));
        return Momentum.DEFINITION.of(q.with("g", q.tensor("g").times(rest)));
    }

    private static <R extends Real<R>> Answer<R> squaresRate(Question<R> q) {
        R epsilon = q.scalar("epsilon");
        return Momentum.DEFINITION.of(q.with("epsilon", Tensor.scalar(epsilon.times(epsilon))));
    }

    private static <R extends Real<R>> Answer<R> halvesRate(Question<R> q) {
        R half = q.arithmetic().of(0.5);
        return Momentum.DEFINITION.of(
                q.with("epsilon", Tensor.scalar(q.scalar("epsilon").times(half))));
    }

    static Inputs question(String rate, double epsilon) {
        return Inputs.empty()
                .with("theta0", 1.5, -2, 0.625)
                .with("g", Array.matrix(new double[][] {
                    {0.75, -1.25, 3}, {-0.5, 2.75, 1}, {1.125, 0.25, -7}, {3, 5, 0.375}
                }))
                .with("alpha", 0.875)
                .with("epsilon", epsilon)
                .withConvention("rate", rate);
    }

    static GoldenCase golden(String id, Inputs inputs) {
        return golden(MOMENTUM.id(), MOMENTUM.definition(), id, inputs);
    }

    static GoldenCase golden(String operation, Definition definition, String id, Inputs inputs) {
        Certifier.Certificate proven = Certifier.certify(definition, inputs);
        return new GoldenCase(
                operation + "/" + id,
                id,
                GoldenCase.Level.REQUIRED,
                operation,
                inputs,
                proven.outputs(),
                proven.intermediates(),
                ErrorBudget.of(definition, inputs),
                proven.bits(),
                List.of(),
                List.of(),
                0);
    }

    static Outputs rounded(Definition definition, Inputs inputs, Format format, Emulated.Order order) {
        return definition.of(inputs.in(Emulated.arithmetic(format, order))).nearest();
    }

    /** Every element of every output changed. */
    static Outputs map(Outputs outputs, UnaryOperator<Double> change) {
        Map<String, Array> changed = new LinkedHashMap<>();
        outputs.arrays().forEach((name, array) -> {
            double[] elements = array.elements();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = change.apply(elements[i]);
            }
            changed.put(name, Array.of(array.shape(), elements));
        });
        return new Outputs(changed);
    }

    /** An implementation in binary32 that answers as the function says. */
    static Implementation answering(Map<String, String> conventions, BiFunction<Operation, Inputs, Reply> answer) {
        return new Implementation() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public String version() {
                return "1.0";
            }

            @Override
            public Format format() {
                return Format.BINARY32;
            }

            @Override
            public Map<String, String> conventions(Operation operation) {
                return conventions;
            }

            @Override
            public Reply answer(Operation operation, Inputs inputs) {
                return answer.apply(operation, inputs);
            }
        };
    }

    /** An implementation that computes this definition in binary32. */
    static Implementation computing(Definition definition) {
        return answering(Map.of(), (operation, inputs) -> answered(definition, inputs));
    }

    static Reply answered(Definition definition, Inputs inputs) {
        return new Reply.Answered(rounded(definition, inputs, Format.BINARY32, Emulated.Order.FORWARD));
    }

    static OperationResult examine(Implementation implementation) {
        return new Examiner(implementation, new Progress() {}).examine(MOMENTUM, CASES);
    }

    static Run run(Implementation implementation, Progress progress) {
        return new Examiner(implementation, progress).examine(List.of(MOMENTUM), operation -> CASES, "abc123");
    }

    static Diagnosis diagnosis(Implementation implementation) {
        return examine(implementation).diagnosis().orElseThrow();
    }

    static List<String> ids(Diagnosis diagnosis) {
        List<String> ids = new ArrayList<>();
        diagnosis.candidates().forEach(candidate -> ids.add(candidate.id()));
        return ids;
    }
}
