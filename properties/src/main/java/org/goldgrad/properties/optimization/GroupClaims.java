package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.Arrays;
import java.util.function.Supplier;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The law of parameter groups. */
final class GroupClaims {
    private static final String AXIS = "groups";

    private GroupClaims() {}

    /** The setting of the group that an element of g is in. */
    static double setting(Inputs in, String name, int element) {
        int parameters = in.array("theta0").size(1);
        return in.array(name).at(element / parameters % in.array("theta0").size(0));
    }

    /** For an optimizer that is being declared. */
    static Claim independent(String prefix, Supplier<Operation> optimizer) {
        return holds(
                prefix + "groups-independent",
                "an optimizer over groups equals one optimizer for each group, bit by bit, and their order does not matter",
                "the low-rank RNN's groups",
                (subject, draw) -> independent(optimizer.get(), subject, draw));
    }

    /** The groups in reverse, and each alone. */
    private static Check independent(Operation optimizer, Subject subject, Draw draw) {
        Signature signature = optimizer.signature();
        Inputs in = optimizer.inputs(draw);
        int groups = signature.sizesOf(in).getOrDefault(AXIS, 1);
        int[] backwards = new int[groups];
        Arrays.setAll(backwards, i -> groups - 1 - i);
        Measured together = subject.ask(optimizer, in);
        Measured other = subject.ask(optimizer, signature.take(in, AXIS, backwards));
        Check check = Check.NOTHING_YET;
        for (String output : together.outputs().arrays().keySet()) {
            check = check.equal(
                    output + " in another order",
                    other.array(output),
                    signature.take(output, together.array(output), AXIS, backwards));
            for (int group = 0; group < groups; group++) {
                Measured alone = subject.ask(optimizer, signature.take(in, AXIS, group));
                check = check.equal(
                        output + " of group " + group,
                        alone.array(output),
                        signature.take(output, together.array(output), AXIS, group));
            }
        }
        return check;
    }
}
