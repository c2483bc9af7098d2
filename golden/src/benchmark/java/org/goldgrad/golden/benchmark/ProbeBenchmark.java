package org.goldgrad.golden.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.golden.probe.Probe;
import org.goldgrad.golden.probe.Probed;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tries a second of one property of one function, the LSTM layer of the textbook adapter in Python: by Goldgrad over a
 * pipe, and by Hypothesis in the process of the layer itself. Both draw shapes, numbers and the order of the gates alike.
 */
public class ProbeBenchmark extends PerSecond {
    private static final int TRIES = 500;
    private static final int SEED = 182;

    /** For both; Hypothesis must be installed there (Debian's python3-hypothesis, say). */
    @Param("/usr/bin/python3")
    String python = "";

    private final Operation operation = LstmOperation.OPERATION.claiming();
    private final SplitMix random = new SplitMix(SEED);

    /**
     * Goldgrad's search: every element within the budget of the question, from a truth of 31 digits. The
     * layer's claims are left out, as Hypothesis does not try them.
     */
    @Benchmark
    @OperationsPerInvocation(TRIES)
    public void goldgrad(Textbook textbook) {
        Probe probe = new Probe(textbook.adapter.orElseThrow(), TRIES, random.next(), Duration.ofHours(1));
        Probed probed =
                probe.run(List.of(operation), (id, tries, failures) -> {}).get(0);
        if (probed.tries() != TRIES || !probed.findings().isEmpty()) {
            throw new IllegalStateException(probed.toString());
        }
    }

    /** Hypothesis: every element within 1e-9 of a second implementation. */
    @Benchmark
    @OperationsPerInvocation(TRIES)
    public void hypothesis(Examples examples) throws IOException {
        examples.run(TRIES);
    }

    /** The adapter, over a pipe; run in the folder golden. */
    @State(Scope.Benchmark)
    public static class Textbook {
        private Optional<Adapter> adapter = Optional.empty();

        @Setup
        public void start(ProbeBenchmark probe) throws Unusable {
            String command = probe.python + " adapters/python/textbook_adapter.py";
            adapter = Optional.of(Adapter.start(command, Limits.STANDARD, List.of(probe.operation)));
        }

        @TearDown
        public void stop() {
            adapter.ifPresent(Adapter::close);
        }
    }

    /** Hypothesis, which runs so many examples for each line and answers with one. */
    @State(Scope.Benchmark)
    public static class Examples {
        private Optional<Process> process = Optional.empty();

        @Setup
        public void start(ProbeBenchmark probe) throws IOException {
            process = Optional.of(new ProcessBuilder(probe.python, "src/benchmark/python/hypothesis_lstm.py", "--serve")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        void run(int examples) throws IOException {
            Process child = process.orElseThrow();
            child.outputWriter(StandardCharsets.UTF_8)
                    .append(examples + System.lineSeparator())
                    .flush();
            String tried = child.inputReader(StandardCharsets.UTF_8).readLine();
            if (!String.valueOf(examples).equals(tried)) {
                throw new IllegalStateException("Hypothesis ran " + tried + " examples instead of " + examples);
            }
        }

        @TearDown
        public void stop() {
            process.ifPresent(Process::destroy);
        }
    }
}
