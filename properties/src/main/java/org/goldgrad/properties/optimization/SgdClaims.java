package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of gradient descent, among them what the low-rank RNN's source says of norms. */
final class SgdClaims {
    static final String LOW_RANK = "the low-rank RNN's regularisation of U and V";

    private SgdClaims() {}

    private static Operation sgd() {
        return SgdOperation.OPERATION;
    }

    /** The question with some inputs 0. */
    private static Inputs without(Inputs in, String... names) {
        Inputs changed = in;
        for (String name : names) {
            changed = changed.with(name, in.array(name).map(x -> 0));
        }
        return changed;
    }

    static Check l2IsDecoupled(Subject subject, Draw draw) {
        Inputs in = without(sgd().inputs(draw), "momentum", "dampening");
        Measured coupled = subject.ask(sgd(), in.withConvention("decay", "coupled"));
        Measured decoupled = subject.ask(sgd(), in.withConvention("decay", "decoupled"));
        return coupled.agrees(Check.NOTHING_YET, "theta", decoupled, "theta");
    }

    static Check isMomentum(Subject subject, Draw draw) {
        Inputs drawn = sgd().inputs(draw);
        Inputs in = without(sgd().signature().take(drawn, "groups", 0), "weight_decay", "dampening");
        Array g = in.array("g");
        Inputs momentum = new Inputs(Map.of(), Map.of(), Map.of("rate", "outside"))
                .with("theta0", in.array("theta0").elements())
                .with("g", Array.of(new int[] {g.size(0), g.size(2)}, g.elements()))
                .with("alpha", in.array("momentum").at(0))
                .with("epsilon", in.array("lr").at(0));
        Measured answer = subject.ask(sgd(), in);
        Measured other = subject.ask(MomentumOperation.OPERATION, momentum);
        Check check = Check.NOTHING_YET;
        for (String output : new String[] {"v", "theta"}) {
            for (int i = 0; i < g.size(); i++) {
                check = check.near(
                        output + answer.array(output).index(i),
                        answer.at(output, i),
                        other.at(output, i),
                        answer.allowed(output, i) + other.allowed(output, i));
            }
        }
        return check;
    }

    /** (1 − lr λ)^t θ_0 in double-double. */
    static Check decayShrinks(Subject subject, Draw draw) {
        Inputs in = without(sgd().inputs(draw), "g", "momentum", "dampening");
        Array theta0 = in.array("theta0");
        double[] expected = new double[in.array("g").size()];
        for (int i = 0; i < expected.length; i++) {
            DoubleDouble factor = DoubleDouble.ARITHMETIC
                    .one()
                    .minus(DoubleDouble.ARITHMETIC
                            .of(GroupClaims.setting(in, "lr", i))
                            .times(GroupClaims.setting(in, "weight_decay", i)));
            expected[i] = factor.pow(i / theta0.size() + 1)
                    .times(theta0.at(i % theta0.size()))
                    .doubleValue();
        }
        return subject.ask(sgd(), in).agrees(Check.NOTHING_YET, "theta", expected);
    }

    static Check decayKeepsOrderOne(Subject subject, Draw draw) {
        int steps = 1 + draw.choice(12);
        double decay = (1 + draw.choice(31)) / 32.0;
        Inputs in = one(steps, decay, 1);
        Measured answer = subject.ask(sgd(), in);
        double last = answer.at("theta", steps - 1);
        return Check.NOTHING_YET
                .atMost(
                        "1/2 - ‖U‖ after " + steps + " steps",
                        0.5 - Math.abs(last),
                        0,
                        answer.allowed("theta", steps - 1))
                .atMost("‖U‖ - 2", Math.abs(last) - 2, 0, answer.allowed("theta", steps - 1));
    }

    /** A matrix U of one element, 1, without a gradient from the data. */
    private static Inputs one(int steps, double decay, double lr) {
        return new Inputs(Map.of(), Map.of(), Map.of("decay", "coupled", "first_step", "undamped"))
                .with("theta0", Array.of(new int[] {1, 1}, 1))
                .with("g", Array.of(new int[] {steps, 1, 1}, new double[steps]))
                .with("lr", new double[] {lr})
                .with("momentum", new double[] {0})
                .with("dampening", new double[] {0})
                .with("weight_decay", new double[] {decay});
    }

    /** ∂/∂u of λ/(2u + 2v) is −2λ/(2u + 2v)². */
    static Check penaltyAsPrinted(Subject subject, Draw draw) {
        double u = (1 + draw.choice(16)) / 4.0;
        double v = (1 + draw.choice(16)) / 4.0;
        double lambda = (1 + draw.choice(8)) / 8.0;
        double gradient = -2 * lambda / ((2 * u + 2 * v) * (2 * u + 2 * v));
        return afterOneStep(subject, u, gradient);
    }

    static Check penaltyAsMeant(Subject subject, Draw draw) {
        double u = (1 + draw.choice(16)) / 4.0;
        double lambda = (1 + draw.choice(7)) / 8.0;
        double lr = 0.5;
        Inputs in = one(1, 0, lr)
                .with("theta0", Array.of(new int[] {1, 1}, u))
                .with("g", Array.of(new int[] {1, 1, 1}, 2 * lambda * u));
        return subject.ask(sgd(), in).agrees(Check.NOTHING_YET, "theta", new double[] {(1 - 2 * lr * lambda) * u});
    }

    private static Check afterOneStep(Subject subject, double u, double gradient) {
        Inputs in = one(1, 0, 0x1p-4)
                .with("theta0", Array.of(new int[] {1, 1}, u))
                .with("g", Array.of(new int[] {1, 1, 1}, gradient));
        Measured answer = subject.ask(sgd(), in);
        return Check.NOTHING_YET.atMost("‖U‖ after a step", answer.at("theta", 0), u, answer.allowed("theta", 0));
    }
}
