package org.goldgrad.golden.contract;

import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.judge.ClaimCheck;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.Shrinker;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** A claim as a test: drawn questions until one fails it, and then the smallest that fails it in the same way. */
record ClaimTest(Operation operation, Claim claim, Implementation implementation, int draws) implements Executable {
    private static final long SEED = 1;
    private static final int ATTEMPTS = 2000;

    @Override
    public void execute() {
        if (!ClaimCheck.suits(implementation)) {
            throw new TestAbortedException(
                    named() + " is not tested in binary16, in which squares of tidy numbers underflow");
        }
        SplitMix seeds = new SplitMix(SEED);
        boolean held = false;
        Optional<ClaimCheck> declined = Optional.empty();
        for (int i = 0; i < draws; i++) {
            ClaimCheck check = ClaimCheck.of(claim, implementation, Draw.random(new SplitMix(seeds.next())));
            if (check.fails()) {
                throw failure(smallest(check));
            }
            held |= check.outcome() == ClaimCheck.Outcome.HOLDS;
            if (declined.isEmpty() && check.outcome() == ClaimCheck.Outcome.DECLINED) {
                declined = Optional.of(check);
            }
        }
        if (!held) {
            throw new TestAbortedException(named() + " is not tested: "
                    + declined.map(check -> check.finding().comparison())
                            .orElse("none of " + draws + " draws puts it to the test"));
        }
    }

    private ClaimCheck smallest(ClaimCheck failing) {
        List<Integer> least =
                Shrinker.shrink(failing.choices(), choices -> replayed(choices).failsAs(failing), ATTEMPTS);
        return replayed(least);
    }

    private ClaimCheck replayed(List<Integer> choices) {
        return ClaimCheck.of(claim, implementation, Draw.replaying(choices));
    }

    private AssertionFailedError failure(ClaimCheck least) {
        String how = switch (least.outcome()) {
            case CRASHED -> " cannot be checked, for the implementation crashes: ";
            case MISSHAPEN -> " is answered in a wrong shape: ";
            default -> " is broken: ";
        };
        String message = named() + how + least.finding() + ". It says: " + claim.statement();
        return least.thrown()
                .map(cause -> new AssertionFailedError(message, cause))
                .orElseGet(() -> new AssertionFailedError(message));
    }

    private String named() {
        return operation.id() + ", " + claim.id();
    }
}
