package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Ragged;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of bidirectional layers. */
final class BidirectionalClaims {
    private BidirectionalClaims() {}

    static Check mirror(Subject subject, Draw draw) {
        Inputs in = BidirectionalOperation.OPERATION.inputs(draw);
        Measured right = subject.ask(BidirectionalOperation.OPERATION, in);
        Measured mirrored = subject.ask(BidirectionalOperation.OPERATION, exchanged(reversed(in, "x")));
        Check check = same(Check.NOTHING_YET, mirrored, "hb", reversed(in, right.array("hf")));
        check = same(check, mirrored, "hf", reversed(in, right.array("hb")));
        return same(check, mirrored, "merged", reversed(in, right.array("merged")));
    }

    static Check mirrorOfGradients(Subject subject, Draw draw) {
        Inputs in = BidirectionalOperation.GRADIENT.inputs(draw);
        Measured right = subject.ask(BidirectionalOperation.GRADIENT, in);
        Inputs other = exchanged(reversed(in, "x", "dhf", "dhb", "dmerged"));
        Array dhf = other.array("dhf");
        Measured mirrored = subject.ask(
                BidirectionalOperation.GRADIENT,
                other.with("dhf", other.array("dhb")).with("dhb", dhf));
        Check check = same(Check.NOTHING_YET, mirrored, "dx", reversed(in, right.array("dx")));
        for (String name : new String[] {"dh%s0", "dU%s", "dW%s", "db%s"}) {
            check = same(check, mirrored, name.replace("%s", "b"), right.array(name.replace("%s", "f")));
            check = same(check, mirrored, name.replace("%s", "f"), right.array(name.replace("%s", "b")));
        }
        return check;
    }

    /** The weights and states of one direction for those of the other. */
    private static Inputs exchanged(Inputs in) {
        Inputs exchanged = in;
        for (String name : new String[] {"h%s0", "U%s", "W%s", "b%s"}) {
            String f = name.replace("%s", "f");
            String b = name.replace("%s", "b");
            exchanged = exchanged.with(f, in.array(b)).with(b, in.array(f));
        }
        return exchanged;
    }

    private static Inputs reversed(Inputs in, String... names) {
        Inputs reversed = in;
        for (String name : names) {
            reversed = reversed.with(name, reversed(in, in.array(name)));
        }
        return reversed;
    }

    /** Each sequence of time×batch×anything backwards within its length. */
    private static Array reversed(Inputs in, Array array) {
        Tensor<DoubleDouble> steps =
                Inputs.empty().with("steps", array).in(DoubleDouble.ARITHMETIC).tensor("steps");
        return Array.nearest(
                Ragged.reversed(steps, in.in(DoubleDouble.ARITHMETIC).tensor("lengths")));
    }

    private static Check same(Check check, Measured answer, String output, Array expected) {
        return SequenceClaims.same(check, answer, output, expected);
    }
}
