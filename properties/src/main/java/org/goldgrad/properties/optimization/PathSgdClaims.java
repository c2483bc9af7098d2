package org.goldgrad.properties.optimization;

import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Layers;
import org.goldgrad.analytic.optimization.PathSgd;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of Path-SGD. */
final class PathSgdClaims {
    private static final List<String> WEIGHTS = List.of("U", "V", "W");

    private PathSgdClaims() {}

    private static Operation operation() {
        return PathSgdOperation.OPERATION;
    }

    /**
     * A hidden node, rescaled.
     *
     * @param layer the layer of weights that leads into it: 0 is U, 1 is V
     * @param node its number there; a net without such a node stays as it is
     * @param c a power of two, so that doubles hold both nets
     */
    private record Rescaling(int layer, int node, double c) {
        /** Of the nets drawn after it. */
        static Rescaling drawn(Draw draw) {
            return new Rescaling(draw.choice(2), draw.choice(3), draw.of(2.0, 0.5, 8.0, 0x1p-4));
        }

        /** One that changes nothing where a net has no such node. */
        Inputs of(Inputs in) {
            Inputs rescaled = in;
            for (int l = 0; l < WEIGHTS.size(); l++) {
                String name = WEIGHTS.get(l) + "0";
                rescaled = rescaled.with(name, of(in.array(name), l));
            }
            return rescaled;
        }

        /** These weights of layer l, rescaled. */
        private Array of(Array weights, int l) {
            double[] elements = weights.elements();
            for (int e = 0; e < elements.length; e++) {
                elements[e] *= factor(weights, l, e);
            }
            return Array.of(weights.shape(), elements);
        }

        /** What an element of layer l, the last two axes of an array, is multiplied by. */
        double factor(Array weights, int l, int element) {
            int columns = weights.size(weights.rank() - 1);
            int row = element / columns % weights.size(weights.rank() - 2);
            return l == layer && row == node ? c : l == layer + 1 && element % columns == node ? 1 / c : 1;
        }
    }

    static Check invariance(Subject subject, Draw draw) {
        Rescaling rescaling = Rescaling.drawn(draw);
        Inputs in = operation().inputs(draw);
        Measured before = subject.ask(operation(), in);
        Measured after = subject.ask(operation(), rescaling.of(in));
        Check check = Check.NOTHING_YET;
        for (int l = 0; l < WEIGHTS.size(); l++) {
            String name = WEIGHTS.get(l);
            Array weights = before.array(name);
            for (int e = 0; e < weights.size(); e++) {
                double factor = rescaling.factor(weights, l, e);
                check = check.near(
                        name + weights.index(e) + " of the rescaled net",
                        after.at(name, e),
                        factor * weights.at(e),
                        after.allowed(name, e) + factor * before.allowed(name, e));
            }
        }
        return check;
    }

    /** In fractions; the subject, which is no plain descent, only says whether the step exists. */
    static Check plain(Subject subject, Draw draw) {
        Rescaling rescaling = Rescaling.drawn(draw);
        Inputs in = Steps.first(operation().inputs(draw), "x", "y");
        subject.ask(operation(), in);
        double[] before = plainly(in);
        double[] after = plainly(rescaling.of(in));
        Check check = Check.NOTHING_YET;
        for (int o = 0; o < before.length; o++) {
            check = check.near(
                    "f(x)[" + o + "] after a plain step with " + rescaling, after[o], before[o], Math.ulp(before[o]));
        }
        return check;
    }

    private static double[] plainly(Inputs in) {
        Question<Rational> q = in.in(Rational.ARITHMETIC);
        Layers<Rational> w = PathSgd.start(q);
        Layers<Rational> step = PathSgd.gradient(PathSgd.LOSS, q, w, 0).map(g -> g.times(q.scalar("lr")));
        return Array.nearest(PathSgd.prediction(q, w.zip(step, Tensor::minus), 0))
                .elements();
    }

    /** The step of every weight from the second difference of φ², which is exact for a quadratic, in fractions. */
    static Check kappa(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "x", "y");
        Measured answer = subject.ask(operation(), in);
        Question<Rational> q = in.in(Rational.ARITHMETIC);
        Layers<Rational> w = PathSgd.start(q);
        Layers<Rational> dw = PathSgd.gradient(PathSgd.LOSS, q, w, 0).map(g -> g.times(q.scalar("lr")));
        Layers<Rational> kappa = new Layers<>(
                halfCurvature(w.U(), u -> norm(new Layers<>(u, w.V(), w.W()))),
                halfCurvature(w.V(), v -> norm(new Layers<>(w.U(), v, w.W()))),
                halfCurvature(w.W(), last -> norm(new Layers<>(w.U(), w.V(), last))));
        Layers<Rational> expected = w.zip(dw.zip(kappa, Tensor::dividedBy), Tensor::minus);
        Check check = answer.agrees(
                Check.NOTHING_YET, "U", Array.nearest(expected.U()).elements());
        check = answer.agrees(check, "V", Array.nearest(expected.V()).elements());
        return answer.agrees(check, "W", Array.nearest(expected.W()).elements());
    }

    /** ½(φ²(w + 1) − 2φ²(w) + φ²(w − 1)) for every weight of a layer. */
    private static Tensor<Rational> halfCurvature(Tensor<Rational> layer, Function<Tensor<Rational>, Rational> norm) {
        return Tensor.of(
                layer.arithmetic(),
                layer.shape(),
                e -> norm.apply(moved(layer, e, 1))
                        .plus(norm.apply(moved(layer, e, -1)))
                        .dividedBy(2)
                        .minus(norm.apply(layer)));
    }

    private static Tensor<Rational> moved(Tensor<Rational> layer, int element, int by) {
        return Tensor.of(
                layer.arithmetic(),
                layer.shape(),
                e -> e == element ? layer.at(e).plus(by) : layer.at(e));
    }

    /** φ², layer by layer. */
    private static Rational norm(Layers<Rational> w) {
        Tensor<Rational> ones =
                Tensor.of(Rational.ARITHMETIC, new int[] {w.U().size(1)}, f -> Rational.ARITHMETIC.one());
        Layers<Rational> squares = w.map(each -> each.times(each));
        return PathSgd.layer(squares.W(), PathSgd.layer(squares.V(), PathSgd.layer(squares.U(), ones)))
                .sum();
    }
}
