package org.goldgrad.golden.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.optimization.MomentumOperation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Cases a second through a kit, all in all: an adapter is started, asked, heard, compared and stopped, and the kit and the
 * pipe are nearly all of it, as a step of momentum is a product and two sums for each parameter.
 *
 * <pre>
 *   d + d + 2 doubles in: θ₀, g, α, ε          d + d doubles out: v₁, θ₁
 * </pre>
 */
public class AdapterBenchmark extends PerSecond {
    private static final int CASES = 10_000;

    /** Run in the folder golden. */
    @Param({"/usr/bin/python3 adapters/python/textbook_adapter.py", "node adapters/javascript/textbook_adapter.mjs"})
    String adapter = "";

    /** In a question; its answer has two fewer. */
    @Param({"16", "256"})
    int doubles;

    private final Operation operation = MomentumOperation.OPERATION;
    private List<Inputs> questions = List.of();
    private List<Outputs> answers = List.of();

    @Setup
    public void draw() {
        SplitMix random = new SplitMix(doubles);
        questions = Stream.generate(() -> question(random, doubles / 2 - 1))
                .limit(CASES)
                .toList();
        answers = questions.stream().map(operation::refer).toList();
    }

    /** Sixteenths, halved twice at most, so that there is no rounding and one right answer. */
    private static Inputs question(SplitMix random, int parameters) {
        return Inputs.empty()
                .with("theta0", sixteenths(random, parameters))
                .with("g", Array.of(new int[] {1, parameters}, sixteenths(random, parameters)))
                .with("alpha", 0.5)
                .with("epsilon", 0.25)
                .withConvention("rate", "outside");
    }

    private static double[] sixteenths(SplitMix random, int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> (random.below(257) - 128) / 16.0);
        return numbers;
    }

    @Benchmark
    @OperationsPerInvocation(CASES)
    public void cases() throws Unusable {
        try (Adapter asked = Adapter.start(adapter, Limits.STANDARD, List.of(operation))) {
            asked.ahead(operation, questions);
            for (int i = 0; i < CASES; i++) {
                Reply reply = asked.answer(operation, questions.get(i));
                if (!reply.equals(new Reply.Answered(answers.get(i)))) {
                    throw new IllegalStateException(reply + " to " + questions.get(i));
                }
            }
        }
    }
}
