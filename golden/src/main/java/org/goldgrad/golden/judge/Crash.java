package org.goldgrad.golden.judge;

import java.util.Objects;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** An implementation failed instead of answering. */
public final class Crash extends Exception {
    private static final long serialVersionUID = 1;

    private final String symptom;
    private final String reason;

    private Crash(Throwable thrown) {
        super(thrown);
        String name = thrown.getClass().getSimpleName();
        String message = thrown.getMessage();
        if (thrown instanceof Implementation.Failure failure) {
            symptom = failure.symptom();
            reason = failure.reason();
        } else {
            symptom = name;
            reason = message == null ? name : name + ": " + message;
        }
    }

    /** What an implementation answers, unless it throws anything that is not a fault of the JVM's. */
    public static Reply unless(Implementation implementation, Operation operation, Inputs inputs) throws Crash {
        try {
            return Objects.requireNonNull(implementation.answer(operation, inputs), "no reply");
        } catch (StackOverflowError deep) {
            throw new Crash(deep);
        } catch (VirtualMachineError ours) {
            throw ours;
        } catch (Throwable theirs) {
            throw new Crash(theirs);
        }
    }

    /** What somebody caught. */
    public static Crash of(Throwable thrown) {
        return new Crash(thrown);
    }

    /** What kind of failure it is, in the same words whenever it happens. */
    public String symptom() {
        return symptom;
    }

    /** What happened, with the evidence. */
    public String reason() {
        return reason;
    }
}
