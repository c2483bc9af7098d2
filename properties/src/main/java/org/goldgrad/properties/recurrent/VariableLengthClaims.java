package org.goldgrad.properties.recurrent;

import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of padded sequences. */
final class VariableLengthClaims {
    private static final Operation LAYER = VariableLengthOperation.OPERATION;
    private static final Operation GRADIENT = VariableLengthOperation.GRADIENT;

    private VariableLengthClaims() {}

    static Check padding(Subject subject, Draw draw) {
        return unchanged(LAYER, subject, LAYER.inputs(draw), "x");
    }

    static Check alone(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw);
        Measured whole = subject.ask(LAYER, in);
        Check check = Check.NOTHING_YET;
        for (int k = 0; k < in.array("lengths").size(); k++) {
            int n = (int) in.array("lengths").at(k);
            int[] steps = IntStream.range(0, n).toArray();
            Inputs sequence = Inputs.empty();
            for (Argument input : VanillaOperation.OPERATION.signature().inputs()) {
                sequence = sequence.with(input.name(), in.array(input.name()));
            }
            sequence = VanillaOperation.OPERATION.signature().take(sequence, "batch", k);
            sequence = VanillaOperation.OPERATION.signature().take(sequence, "time", steps);
            Measured alone = subject.ask(VanillaOperation.OPERATION, sequence.withConvention("nonlinearity", "tanh"));
            Array h = whole.array("h").take(1, k).take(0, steps);
            check = SequenceClaims.same(check, alone, "h", h);
            Array last = whole.array("last").take(0, k);
            for (int i = 0; i < last.size(); i++) {
                int at = (n - 1) * last.size() + i;
                check = check.near("last", last.at(i), alone.at("h", at), 2 * alone.allowed("h", at));
            }
        }
        return check;
    }

    static Check paddingGradient(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        Measured answer = subject.ask(GRADIENT, in);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < in.array("x").size(); i++) {
            if (isPadding(in, "x", i)) {
                check = check.equal("dx of padding", answer.at("dx", i) + 0.0, 0.0);
            }
        }
        return unchanged(GRADIENT, subject, in, "dh");
    }

    /** Whatever stands in the padding of an array, no answer changes. */
    private static Check unchanged(Operation operation, Subject subject, Inputs in, String name) {
        Array array = in.array(name);
        Array other = array;
        for (int i = 0; i < array.size(); i++) {
            other = isPadding(in, name, i) ? other.with(i, 3 - array.at(i)) : other;
        }
        Measured before = subject.ask(operation, in);
        Measured after = subject.ask(operation, in.with(name, other));
        Check check = Check.NOTHING_YET;
        for (Argument output : operation.signature().outputs()) {
            check = SequenceClaims.same(check, after, output.name(), before.array(output.name()));
        }
        return check;
    }

    /** Whether an element of time×batch×anything comes after the end of its sequence. */
    static boolean isPadding(Inputs in, String name, int element) {
        Array array = in.array(name);
        int width = array.size(2);
        int batch = array.size(1);
        int step = element / width / batch;
        return step >= (int) in.array("lengths").at(element / width % batch);
    }

    static Check lastAtEnd(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        Array dlast = in.array("dlast");
        Array dh = in.array("dh");
        int hidden = dlast.size(1);
        for (int i = 0; i < dlast.size(); i++) {
            int n = (int) in.array("lengths").at(i / hidden);
            int at = (n - 1) * dlast.size() + i;
            dh = dh.with(at, dh.at(at) + dlast.at(i));
        }
        Measured apart = subject.ask(GRADIENT, in);
        Measured together = subject.ask(GRADIENT, in.with("dh", dh).with("dlast", dlast.map(g -> 0)));
        Check check = Check.NOTHING_YET;
        for (Argument output : GRADIENT.signature().outputs()) {
            check = apart.agrees(check, output.name(), together, output.name());
        }
        return check;
    }
}
