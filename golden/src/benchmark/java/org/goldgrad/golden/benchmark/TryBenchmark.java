package org.goldgrad.golden.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** What one drawn question to an LSTM costs before anybody has answered it, part by part: the mean over 200 draws. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TryBenchmark extends Milliseconds {
    private static final int QUESTIONS = 200;
    private static final int SEED = 182;

    private final Operation operation = LstmOperation.OPERATION;
    private final List<Inputs> questions = draws();

    private List<Inputs> draws() {
        SplitMix random = new SplitMix(SEED);
        return Stream.generate(() -> operation.inputs(Draw.random(random)))
                .limit(QUESTIONS)
                .toList();
    }

    /** Some 70 choices turned into six arrays. */
    @Benchmark
    @OperationsPerInvocation(QUESTIONS)
    public List<Inputs> draw() {
        return draws();
    }

    /** The truth, in double-doubles. */
    @Benchmark
    @OperationsPerInvocation(QUESTIONS)
    public void truth(Blackhole hole) {
        questions.forEach(inputs -> hole.consume(operation.definition().of(inputs.in(DoubleDouble.ARITHMETIC))));
    }

    /** What may be off, to first order. */
    @Benchmark
    @OperationsPerInvocation(QUESTIONS)
    public void budget(Blackhole hole) {
        questions.forEach(inputs -> hole.consume(ErrorBudget.of(operation.definition(), inputs)));
    }

    /** What may be off, to second order. */
    @Benchmark
    @OperationsPerInvocation(QUESTIONS)
    public void curvedBudget(Blackhole hole) {
        questions.forEach(inputs -> hole.consume(ErrorBudget.curved(operation.definition(), inputs)));
    }
}
