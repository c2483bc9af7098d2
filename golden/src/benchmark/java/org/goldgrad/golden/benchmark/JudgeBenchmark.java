package org.goldgrad.golden.benchmark;

import java.nio.file.Path;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.openjdk.jmh.annotations.Benchmark;

/** Judging the right answer of our reference to the golden case of a wide LSTM, 240 numbers and their bias. */
public class JudgeBenchmark extends Milliseconds {
    private static final String CASE = "recurrent.lstm/ifgo-five-sequences-of-seven-steps-through-a-wide-layer";

    private final Operation operation = LstmOperation.OPERATION;
    private final GoldenCase golden =
            Corpus.load(Path.of("vectors")).find(CASE).orElseThrow(); // Maven runs us in the folder golden
    private final Reply reply = new Reply.Answered(operation.refer(golden.inputs()));

    @Benchmark
    public Verdict judge() {
        return Judge.judge(operation, golden, reply, Format.BINARY64);
    }
}
