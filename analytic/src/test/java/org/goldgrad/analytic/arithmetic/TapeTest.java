package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tape's derivatives against difference quotients, against enclosures, and where cancellation would ruin them. */
class TapeTest {
    private static final Arithmetic<DoubleDouble> DD = DoubleDouble.ARITHMETIC;

    @Test
    void every_step_is_tried() {
        Set<Step> tried = EnumSet.of(Step.LEAF);
        for (Slope slope : Slope.ALL) {
            Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
            slope.f().of(tape.of(slope.x()), tape.of(slope.y()));
            tape.nodes().forEach(node -> tried.add(node.step()));
            assertTrue(tape.nodes().stream().anyMatch(node -> node.step() == slope.step()), slope::toString);
        }
        assertEquals(EnumSet.allOf(Step.class), tried);
    }

    /**
     * Central differences with h = 2⁻³⁴: truncation h²|f‴|/6 ≤ 2⁻⁶⁷ because no third derivative here exceeds 10, rounding
     * 2·2⁻⁹⁸|f|/2h = 2⁻⁶⁴|f|, and as much again for the tape.
     */
    @Test
    void every_partial_derivative_is_a_difference_quotient() {
        double h = 0x1p-34;
        double worst = 0;
        for (Slope slope : Slope.ALL) {
            DoubleDouble x = DD.of(slope.x());
            DoubleDouble y = DD.of(slope.y());
            List<DoubleDouble> gradient = gradient(slope.f(), x, y);
            DoubleDouble alongX = slope.f()
                    .of(x.plus(h), y)
                    .minus(slope.f().of(x.minus(h), y))
                    .dividedBy(2 * h);
            DoubleDouble alongY = slope.f()
                    .of(x, y.plus(h))
                    .minus(slope.f().of(x, y.minus(h)))
                    .dividedBy(2 * h);
            double allowed = 0x1p-66 + 0x1p-63 * Math.abs(slope.f().of(x, y).doubleValue());
            double off = Math.max(distance(gradient.get(0), alongX), distance(gradient.get(1), alongY));
            worst = Math.max(worst, off / allowed);
            assertTrue(off <= allowed, () -> slope.step() + " off by " + off + ", allowed " + allowed);
        }
        System.out.println("tape and difference quotients: " + worst + " of what is allowed");
    }

    /** The argument is a ball of 2⁻⁴⁰ around the point; the truth is evaluated in it and at its ends with 512 bits. */
    @Test
    void over_balls_every_partial_derivative_encloses_the_truth() {
        Balls balls = new Balls(128);
        Balls fine = new Balls(512);
        double r = 0x1p-40;
        for (Slope slope : Slope.ALL) {
            Ball y = balls.of(slope.y());
            List<Ball> wide = gradient(slope.f(), balls.within(balls.of(slope.x()), balls.of(r)), y);
            List<Ball> narrow = gradient(slope.f(), balls.of(slope.x()), y);
            for (double x : new double[] {slope.x() - r, slope.x(), slope.x() + r}) {
                BigDecimal fx = value(slope.fx().of(fine.of(x), fine.of(slope.y())));
                BigDecimal fy = value(slope.fy().of(fine.of(x), fine.of(slope.y())));
                assertTrue(wide.get(0).contains(fx), () -> slope.step() + ": " + fx + " not in " + wide.get(0));
                assertTrue(wide.get(1).contains(fy), () -> slope.step() + ": " + fy + " not in " + wide.get(1));
                if (x == slope.x()) {
                    assertTrue(narrow.get(0).contains(fx), () -> slope.step() + ": " + fx + ", " + narrow.get(0));
                }
            }
        }
    }

    private static BigDecimal value(Ball ball) {
        return ball.midpoint().toBigDecimal();
    }

    private static <R extends Real<R>> List<R> gradient(Formula f, R x, R y) {
        Tape<R> tape = new Tape<>(x.arithmetic());
        Variable<R> u = tape.variable(x);
        Variable<R> v = tape.variable(y);
        return tape.gradient(List.of(f.of(u, v)), List.of(x.arithmetic().one()), List.of(u, v));
    }

    private static double distance(DoubleDouble a, DoubleDouble b) {
        return Math.abs(a.minus(b).doubleValue());
    }

    /** e⁻⁸⁰ is lost beside 1 in 106 bits; the tape forms both as products of sigmoids, whose relative error is 2⁻⁹⁹ each. */
    @Test
    void saturated_derivatives_keep_their_digits() {
        assertRelative(Slope::tanh, Slope::tanhSlope, 40);
        assertRelative(Slope::tanh, Slope::tanhSlope, -40);
        assertRelative(Slope::tanh, Slope::tanhSlope, 150);
        assertRelative(Slope::sigmoid, Slope::sigmoidSlope, -60);
        assertRelative(Slope::sigmoid, Slope::sigmoidSlope, 60);
        assertRelative(Slope::sigmoid, Slope::sigmoidSlope, 200);
        DoubleDouble naive = Slope.tanhSlope(DD.of(40), DD.zero());
        assertTrue(naive.doubleValue() == 0, "1 - tanh(40)^2 would have been 0");
    }

    private static void assertRelative(Formula f, Formula slope, double x) {
        Balls balls = new Balls(1024);
        Ball truth = slope.of(balls.of(x), balls.zero());
        DoubleDouble actual = gradient(f, DD.of(x), DD.zero()).get(0);
        Ball off = balls.of(actual.hi()).plus(actual.lo()).minus(truth).dividedBy(truth);
        assertTrue(Math.abs(off.doubleValue()) <= 0x1p-96, () -> "at " + x + " off by " + off);
    }

    @Test
    void a_tape_over_a_tape_gives_second_derivatives() {
        assertEquals(Rational.of(-9, 1), second(Slope::cube, Rational.of(-3, 2)), "6x");
        for (double x : new double[] {0.75, -3, 30}) {
            Balls balls = new Balls(512);
            Ball s = balls.of(x).sigmoid();
            Ball truth = s.times(s.negate().plus(1)).times(s.times(-2).plus(1));
            DoubleDouble actual = second(Slope::sigmoid, DD.of(x));
            double off = balls.of(actual.hi()).plus(actual.lo()).minus(truth).doubleValue();
            // Two terms s(1−s)² − s²(1−s), each of some five operations good to 2⁻⁹⁹.
            assertTrue(
                    Math.abs(off) <= 0x1p-95 * Math.abs(truth.doubleValue()), () -> "sigmoid'' at " + x + ": " + off);
        }
    }

    private static <R extends Real<R>> R second(Formula f, R x) {
        Tape<R> once = new Tape<>(x.arithmetic());
        Tape<Variable<R>> twice = new Tape<>(once);
        Variable<R> inner = once.variable(x);
        Variable<Variable<R>> outer = twice.variable(inner);
        Variable<R> slope = twice.gradient(List.of(f.of(outer, outer)), List.of(once.one()), List.of(outer))
                .get(0);
        return once.gradient(List.of(slope), List.of(x.arithmetic().one()), List.of(inner))
                .get(0);
    }

    @Test
    void detach_cuts_the_path_and_keeps_the_value() {
        Tape<Rational> tape = new Tape<>(Rational.ARITHMETIC);
        Variable<Rational> x = tape.variable(Rational.of(3, 2));
        Variable<Rational> y = x.times(x.detach());
        assertEquals(Rational.of(9, 4), y.value());
        assertEquals(List.of(Rational.of(3, 2)), tape.gradient(List.of(y), List.of(Rational.of(1, 1)), List.of(x)));
    }

    @Test
    void an_unused_variable_has_gradient_zero() {
        Tape<Rational> tape = new Tape<>(Rational.ARITHMETIC);
        Variable<Rational> x = tape.variable(Rational.of(2, 1));
        Variable<Rational> unused = tape.variable(Rational.of(5, 1));
        Variable<Rational> late = x.times(x).times(unused);
        Variable<Rational> y = x.times(x);
        assertEquals(
                List.of(Rational.of(0, 1), Rational.of(4, 1)),
                tape.gradient(List.of(y), List.of(Rational.of(1, 1)), List.of(unused, x)));
        assertEquals(Rational.of(20, 1), late.value());
    }

    @Test
    void several_outputs_are_weighted_by_their_upstream_gradients() {
        Tape<Rational> tape = new Tape<>(Rational.ARITHMETIC);
        Variable<Rational> x = tape.variable(Rational.of(2, 1));
        Variable<Rational> y = x.times(x);
        Variable<Rational> z = y.times(x);
        List<Rational> upstream = List.of(Rational.of(3, 1), Rational.of(-1, 1), Rational.of(1, 2));
        assertEquals(
                List.of(Rational.of(3 * 4 - 12, 1).plus(Rational.of(1, 2))),
                tape.gradient(List.of(y, z, x), upstream, List.of(x)));
    }

    @Test
    void at_a_kink_the_derivative_is_the_one_promised() {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Variable<Binary64> x = tape.of(0);
        Variable<Binary64> y = tape.of(0);
        for (Variable<Binary64> flat : List.of(x.relu(), x.abs())) {
            assertEquals(0, flat.partials()[0].value());
        }
        assertEquals(1, x.max(y).partials()[0].value(), "a tie goes to the first");
        assertEquals(0, x.max(y).partials()[1].value());
        assertEquals(List.of(false, false, true, true), tape.branches());
    }

    @Test
    void a_power_of_zero_has_the_right_derivatives() {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Variable<Binary64> x = tape.of(0);
        assertEquals(0, x.pow(0).partials()[0].value());
        assertEquals(1, x.pow(1).partials()[0].value());
        assertEquals(0, x.pow(2).partials()[0].value());
    }

    @Test
    void no_derivative_flows_through_a_proof() {
        Tape<Ball> tape = new Tape<>(new Balls(64));
        assertThrows(UnsupportedOperationException.class, () -> tape.within(tape.one(), tape.one()));
        Tape<Binary64> plain = new Tape<>(Binary64.ARITHMETIC);
        Variable<Binary64> x = plain.one();
        assertEquals(x, plain.within(x, x));
    }

    /** Both hold in double-double too: only the low parts differ. */
    @Test
    void the_derivative_of_a_maximum_flows_to_the_larger_one() {
        Formula max = Real::max;
        DoubleDouble larger = DoubleDouble.ofSum(1, 0x1p-80);
        assertEquals(1, gradient(max, DD.one(), larger).get(1).doubleValue());
    }

    /** The truth, relu′(−2⁻²⁰⁰) = 0, must be in the ball; √2·√2 − 2 is known to some 2⁻¹²⁸ only, of either sign. */
    @Test
    void the_derivative_of_an_undecided_kink_is_not_claimed() {
        for (int bits = 64; bits <= 160; bits++) {
            Balls balls = new Balls(bits);
            Tape<Ball> tape = new Tape<>(balls);
            Ball root = balls.of(2).sqrt();
            Variable<Ball> z = tape.variable(root.times(root).minus(2).minus(0x1p-200));
            Ball slope = z.relu().partials()[0];
            assertTrue(slope.contains(BigDecimal.ZERO), () -> "relu' of " + z + " is claimed to be " + slope);
        }
    }
}
