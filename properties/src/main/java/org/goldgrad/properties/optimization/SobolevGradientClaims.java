package org.goldgrad.properties.optimization;

import java.util.Arrays;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the Sobolev gradient. Smoothed functions are read from one step at the rate 1, from 0: θ_1 = −d. */
final class SobolevGradientClaims {
    private SobolevGradientClaims() {}

    private static Operation operation() {
        return SobolevGradientOperation.OPERATION;
    }

    /** One step at the rate 1 from 0. */
    private static Inputs alone(Inputs drawn) {
        return Steps.first(drawn, "g")
                .with("theta0", drawn.array("theta0").map(x -> 0))
                .with("lr", 1);
    }

    private static Array gradient(Array values) {
        return Array.of(new int[] {1, values.size()}, values.elements());
    }

    private static DoubleDouble dot(Measured smoothed, Array f) {
        return DoubleDouble.ARITHMETIC.dot(numbers(smoothed.array("theta")), numbers(f));
    }

    private static DoubleDouble[] numbers(Array array) {
        return Arrays.stream(array.elements()).mapToObj(DoubleDouble::of).toArray(DoubleDouble[]::new);
    }

    /** What an inner product with f inherits from what the smoothed function is allowed. */
    private static double allowed(Measured smoothed, Array f) {
        double sum = 0;
        for (int i = 0; i < f.size(); i++) {
            sum += Math.abs(f.at(i)) * smoothed.allowed("theta", i);
        }
        return sum;
    }

    static Check selfAdjoint(Subject subject, Draw draw) {
        Inputs in = alone(operation().inputs(draw));
        Array g = in.array("g");
        Array f = g.map(x -> draw.choice(33) - 16);
        Measured ofG = subject.ask(operation(), in);
        Measured ofF = subject.ask(operation(), in.with("g", f));
        double left = dot(ofG, f).doubleValue();
        double right = dot(ofF, g).doubleValue();
        return Check.NOTHING_YET.near(
                "-⟨f, (I - Δ)^{-s} g⟩", left, right, allowed(ofG, f) + allowed(ofF, g) + Math.ulp(left));
    }

    static Check mean(Subject subject, Draw draw) {
        Inputs in = alone(operation().inputs(draw));
        Measured answer = subject.ask(operation(), in);
        Array ones = in.array("g").map(x -> 1);
        DoubleDouble sum = DoubleDouble.ARITHMETIC.dot(numbers(in.array("g")), numbers(ones));
        double expected = -sum.doubleValue();
        return Check.NOTHING_YET.near(
                "-Σd", dot(answer, ones).doubleValue(), expected, allowed(answer, ones) + Math.ulp(expected));
    }

    /** The error of the first smoothing passes through the second, which magnifies none: its rows add up to 1, all positive. */
    static Check composes(Subject subject, Draw draw) {
        Inputs drawn = alone(operation().inputs(draw));
        int most = drawn.integer("s");
        int first = draw.choice(most + 1);
        Measured once = subject.ask(operation(), drawn.withInteger("s", first));
        Array d = gradient(once.array("theta").map(x -> -x));
        Measured twice = subject.ask(operation(), drawn.with("g", d).withInteger("s", most - first));
        Measured whole = subject.ask(operation(), drawn);
        double passed = 0;
        for (int i = 0; i < d.size(); i++) {
            passed = Math.max(passed, once.allowed("theta", i));
        }
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < d.size(); i++) {
            check = check.near(
                    "-d_" + i + " smoothed " + first + " times and " + (most - first) + " times",
                    twice.at("theta", i),
                    whole.at("theta", i),
                    twice.allowed("theta", i) + whole.allowed("theta", i) + passed);
        }
        return check;
    }

    static Check smooths(Subject subject, Draw draw) {
        Inputs in = alone(operation().inputs(draw));
        Array g = in.array("g");
        Measured answer = subject.ask(operation(), in);
        Array d = answer.array("theta").map(x -> -x);
        double most = Arrays.stream(g.elements()).max().orElse(0);
        double least = Arrays.stream(g.elements()).min().orElse(0);
        double squares = 0;
        double bound = 0;
        double doubt = 0;
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < g.size(); i++) {
            double off = answer.allowed("theta", i);
            check = check.atMost("d_" + i, d.at(i), most, off).atMost("-d_" + i, -d.at(i), -least, off);
            squares += d.at(i) * d.at(i);
            bound += g.at(i) * g.at(i);
            doubt += (2 * Math.abs(d.at(i)) + off) * off;
        }
        return check.atMost("‖d‖²", squares, bound, doubt + 2 * g.size() * Math.ulp(bound));
    }

    static Check off(Subject subject, Draw draw) {
        Inputs in = operation().inputs(draw).withInteger("s", 0);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> theta = q.tensor("theta0");
        double[] expected = new double[in.array("g").size()];
        for (int t = 0; t < in.array("g").size(0); t++) {
            theta = theta.minus(q.tensor("g").slice(t).times(q.scalar("lr")));
            double[] now = Array.nearest(theta).elements();
            System.arraycopy(now, 0, expected, t * now.length, now.length);
        }
        return subject.ask(operation(), in).agrees(Check.NOTHING_YET, "theta", expected);
    }
}
