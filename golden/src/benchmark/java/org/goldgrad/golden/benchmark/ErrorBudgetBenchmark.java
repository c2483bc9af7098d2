package org.goldgrad.golden.benchmark;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.recurrent.Lstm;
import org.openjdk.jmh.annotations.Benchmark;

/** What an LSTM may be off by: one reverse sweep for every output. */
public class ErrorBudgetBenchmark extends Milliseconds {
    private final Inputs inputs = Questions.lstm();
    private final Definition last = new LastState(Lstm.LAYER);

    /** To first order, for the 32 numbers of the last h and c: at most 5 ms. */
    @Benchmark
    public ErrorBudget lastState() {
        return ErrorBudget.of(last, inputs);
    }

    /** To first order, for the 336 numbers of every h and the last c. */
    @Benchmark
    public ErrorBudget allSteps() {
        return ErrorBudget.of(Lstm.LAYER, inputs);
    }

    /** To second order, as golden files publish it: a sweep for every number that enters a curve, too. */
    @Benchmark
    public ErrorBudget curved() {
        return ErrorBudget.curved(Lstm.LAYER, inputs);
    }

    /** A layer that keeps only its last state. */
    private record LastState(Definition layer) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> question) {
            Answer<R> answer = layer.of(question);
            List<Tensor<R>> h = answer.output("h").slices();
            return Answer.of("h", h.get(h.size() - 1)).and("c", answer.output("c"));
        }
    }
}
