package org.goldgrad.golden.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/**
 * Property-based search against an implementation, wherever it runs: drawn questions to every operation, and its claims.
 *
 * <p>Every try is a list of choices, so whatever fails shrinks by its list, within one symptom and one cause; the smallest
 * is asked again, to see whether it always fails, and its right answer is proven.
 *
 * @param tries how many questions are drawn for each operation; each of its claims is tried a tenth as often
 * @param seed decides every draw; how many of them there are may depend on the time
 * @param time for everything together, shared out evenly among the operations that are left
 */
public record Probe(Implementation implementation, int tries, long seed, Duration time) {

    /** Hears of a search as it goes. */
    public interface Progress {
        void tried(String operation, int tries, int failures);
    }

    /** What was found in each of these operations, in this order. */
    public List<Probed> run(List<Operation> operations, Progress progress) {
        Deadline end = Deadline.in(time);
        List<Probed> probed = new ArrayList<>();
        for (Operation operation : operations) {
            Deadline own = end.share(1.0 / (operations.size() - probed.size()));
            probed.add(new OperationProbe(operation, this, own, progress).run());
        }
        return probed;
    }
}
