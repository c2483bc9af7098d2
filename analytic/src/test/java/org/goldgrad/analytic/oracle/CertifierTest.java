package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.goldgrad.analytic.arithmetic.Ball;
import org.goldgrad.analytic.arithmetic.Balls;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.autoencoder.Pca;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.oracle.Certifier.Certificate;
import org.goldgrad.analytic.oracle.Certifier.Uncertifiable;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.regularization.Dropout;
import org.junit.jupiter.api.Test;

/** Certified values are the correctly rounded ones, and what cannot be proven is refused with its reason. */
class CertifierTest {
    private static final int TRIES = 200;

    private final SplittableRandom random = new SplittableRandom(20260709);

    @Test
    void momentum_is_the_fraction_correctly_rounded() {
        for (int i = 0; i < TRIES; i++) {
            Inputs in = Inputs.empty()
                    .with("g", tidy(1 + i % 5, 3))
                    .with("theta0", tidy(3))
                    .with("alpha", random.nextInt(1, 16) / 16.0)
                    .with("epsilon", i % 3 == 0 ? 0.1 : random.nextInt(1, 16) / 16.0)
                    .withConvention("rate", i % 2 == 0 ? "inside" : "outside");
            assertNearest(Momentum.DEFINITION, in);
        }
    }

    @Test
    void ridge_and_dropout_solutions_are_the_fractions_correctly_rounded() {
        for (int i = 0; i < TRIES; i++) {
            int d = 1 + i % 4;
            Inputs in = Inputs.empty()
                    .with("X", tidy(d + 1, d).map(x -> x == 0 ? 1 : x))
                    .with("y", tidy(d + 1))
                    .with("lambda", i % 3 == 0 ? 0.1 : random.nextInt(1, 16) / 16.0)
                    .with("p", random.nextInt(1, 16) / 16.0)
                    .withConvention("scaling", i % 2 == 0 ? "plain" : "inverted");
            assertNearest(Dropout::ridge, in);
            assertNearest(Dropout::solution, in);
            assertNearest(Dropout::expectedLoss, in.with("w", tidy(d)));
        }
    }

    private static void assertNearest(Definition definition, Inputs in) {
        Answer<Rational> truth = definition.of(in.in(Rational.ARITHMETIC));
        Outputs certified = Certifier.certify(definition, in).outputs();
        assertEquals(truth.outputs().keySet(), certified.arrays().keySet());
        truth.outputs().forEach((name, tensor) -> Nearest.assertNearest(tensor, certified.array(name)));
    }

    /** The double nearest to a 500-bit midpoint is the one nearest to the truth, unless that is a tie to 400 bits. */
    @Test
    void lstm_and_principal_components_are_what_500_bits_give() {
        Lstms lstms = new Lstms(20260710);
        for (int i = 0; i < 20; i++) {
            assertAsWith500Bits(Lstm.LAYER, lstms.draw(3, 2, 3));
            assertAsWith500Bits(Pca::define, pca(tidy(3, 5), 1 + i % 2));
        }
    }

    private static void assertAsWith500Bits(Definition definition, Inputs in) {
        Certificate certificate = Certifier.certify(definition, in);
        Answer<Ball> fine = definition.of(in.in(new Balls(500)));
        assertEquals(fine.nearest(), certificate.outputs());
        assertEquals(new Answer<>(fine.intermediates(), Map.of()).nearest(), certificate.intermediates());
    }

    /** Two routes: DoubleDouble knows nothing of balls, and is good to some 90 bits here. */
    @Test
    void an_lstm_of_16_units_and_20_steps_is_certified_and_agrees_with_double_double() {
        Inputs in = new Lstms(20260711).draw(20, 4, 16);
        long start = System.nanoTime();
        Certificate certificate = Certifier.certify(Lstm.LAYER, in);
        print("LSTM, 16 units, 20 steps", certificate, start);
        Outputs estimate = Lstm.LAYER.of(in.in(DoubleDouble.ARITHMETIC)).nearest();
        assertEquals(estimate, certificate.outputs());
    }

    @Test
    void the_gradient_of_an_lstm_of_50_steps_is_certified() {
        Inputs in = new Lstms(20260712).draw(50, 4, 16);
        Definition gradient = new Gradient(Lstm.LAYER, List.of("x", "h0", "c0", "U", "W", "b"));
        long start = System.nanoTime();
        Certificate certificate = Certifier.certify(gradient, in);
        print("gradient of an LSTM, 16 units, 50 steps", certificate, start);
        Outputs estimate = gradient.of(in.in(DoubleDouble.ARITHMETIC)).nearest();
        assertEquals(estimate, certificate.outputs());
    }

    private static void print(String what, Certificate certificate, long start) {
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        System.out.println(what + ": certified with " + certificate.bits() + " bits in " + milliseconds + " ms");
    }

    @Test
    void what_is_exactly_zero_is_certified_as_zero() {
        Inputs in = Inputs.empty()
                .with("g", Array.matrix(new double[] {0, 1}, new double[] {0, -0.5}))
                .with("theta0", 0.0, 1)
                .with("alpha", 0.5)
                .with("epsilon", 0.1)
                .withConvention("rate", "outside");
        Outputs outputs = Certifier.certify(Momentum.DEFINITION, in).outputs();
        assertEquals("[[0,1],[0,0]]", outputs.array("v").toString());
        assertEquals(0, outputs.array("theta").at(2));
    }

    /** 0 is no tie: a radius below 2⁻¹⁰⁷⁵ proves it, which takes 2048 bits. */
    @Test
    void a_zero_that_is_only_enclosed_takes_more_bits() {
        Certificate certificate = Certifier.certify(CertifierTest::cancelledExponentials, x(0));
        assertEquals(0, certificate.outputs().array("y").value());
        assertEquals(2048, certificate.bits());
    }

    /** y = x + (e⁻¹ − e⁻¹): as x, but known only to the precision. */
    private static <R extends Real<R>> Answer<R> cancelledExponentials(Question<R> q) {
        R e = q.arithmetic().of(-1).exp();
        R one = e.times(e.reciprocal());
        return scalar(q.scalar("x").plus(e.minus(e.times(one))));
    }

    @Test
    void a_result_close_to_a_tie_takes_more_bits_and_a_known_tie_goes_to_even() {
        assertEquals(
                256, Certifier.certify(CertifierTest::closeToATie, x(0x1p-140)).bits());
        assertEquals(Math.nextUp(1.0), value(CertifierTest::closeToATie, x(0x1p-140)));
        assertEquals(1, value(CertifierTest::closeToATie, x(-0x1p-140)));
        assertEquals(1, value(CertifierTest::closeToATie, x(0)), "the tie itself, of which no digit is in doubt");
    }

    private static double value(Definition definition, Inputs in) {
        return Certifier.certify(definition, in).outputs().array("y").value();
    }

    /** y = 1 + 2⁻⁵³ + x. */
    private static <R extends Real<R>> Answer<R> closeToATie(Question<R> q) {
        return scalar(q.arithmetic().one().plus(0x1p-53).plus(q.scalar("x")));
    }

    @Test
    void a_tie_that_is_only_enclosed_is_refused() {
        assertRefused("y element 0 is 1 ± ", CertifierTest::doubtfulTie, x(0));
    }

    /** y = 1 + 2⁻⁵³ + (e⁻¹ − e⁻¹). */
    private static <R extends Real<R>> Answer<R> doubtfulTie(Question<R> q) {
        R e = q.arithmetic().of(-1).exp();
        R doubt = e.minus(e.times(e.times(e.reciprocal())));
        return scalar(q.arithmetic().one().plus(0x1p-53).plus(doubt));
    }

    /** (x/3)·3 is no ball without a radius, but a fraction: 1 + 2⁻⁵³ goes to even, and is 54 bits long. */
    @Test
    void a_tie_that_a_quotient_has_put_in_doubt_is_decided_in_fractions() {
        Inputs in = Inputs.empty().with("x", 1.0).with("rest", 0x1p-53);
        Certificate certificate = Certifier.certify(CertifierTest::threeThirds, in);
        assertEquals(1, certificate.outputs().array("y").value());
        assertEquals(54, certificate.bits());
        assertEquals(Math.nextUp(1.0), value(CertifierTest::threeThirds, in.with("rest", 0x3p-54)));
    }

    private static <R extends Real<R>> Answer<R> threeThirds(Question<R> q) {
        R third = q.arithmetic().of(3).reciprocal();
        return scalar(q.scalar("x").plus(q.scalar("rest")).times(third).times(3));
    }

    @Test
    void a_result_outside_the_range_of_doubles_is_refused() {
        assertRefused("y element 0 is 1.97007111401704", CertifierTest::exponential, x(1000));
        assertEquals(Double.MIN_VALUE, value(CertifierTest::exponential, x(-745)), "but not below it");
        assertEquals(0, value(CertifierTest::exponential, x(-746)));
    }

    private static <R extends Real<R>> Answer<R> exponential(Question<R> q) {
        return scalar(q.scalar("x").exp());
    }

    @Test
    void a_division_by_zero_is_refused() {
        assertRefused("cannot divide 1 by exactly 0", CertifierTest::reciprocal, x(0));
        assertRefused("y element 0 is unbounded", CertifierTest::reciprocalOfCancelled, x(1));
    }

    private static <R extends Real<R>> Answer<R> reciprocal(Question<R> q) {
        return scalar(q.scalar("x").reciprocal());
    }

    private static <R extends Real<R>> Answer<R> reciprocalOfCancelled(Question<R> q) {
        R e = q.scalar("x").exp();
        return scalar(e.minus(e).reciprocal());
    }

    @Test
    void a_singular_system_is_refused() {
        Inputs in = Inputs.empty()
                .with("X", Array.matrix(new double[] {1, 2}, new double[] {2, 4}))
                .with("y", 1, 2)
                .with("lambda", 0.0);
        assertRefused("the linear system is singular: no unique solution", Dropout::ridge, in);
    }

    /** ±e₁, ±e₂, ±2e₃: the second and the third eigenvalue are equal, so k = 1 is a question and k = 2 is none. */
    @Test
    void principal_components_without_a_gap_are_refused() {
        Array octahedron = Array.matrix(
                new double[] {1, -1, 0, 0, 0, 0}, new double[] {0, 0, 1, -1, 0, 0}, new double[] {0, 0, 0, 0, 2, -2});
        Outputs unique = Certifier.certify(Pca::define, pca(octahedron, 1)).outputs();
        assertEquals("[[0,0,0],[0,0,0],[0,0,1]]", unique.array("projector").toString());
        assertRefused("projector element 0 is unbounded", Pca::define, pca(octahedron, 2));
    }

    /** The same turned by rational rotations, so that no eigenvalue is known exactly. */
    @Test
    void principal_components_without_a_gap_in_general_position_are_refused() {
        Array turned = Array.matrix(
                new double[] {3, -3, -4, 4, 0, 0}, new double[] {4, -4, 3, -3, 0, 0}, new double[] {0, 0, 0, 0, 7, -7});
        assertRefused("projector element 0 is unbounded", Pca::define, pca(turned, 2));
    }

    /** √x·√x − 3 − 2⁻²⁰⁰ is negative at x = 3, so the derivative of its relu is 0; 128 bits cannot see the sign. */
    @Test
    void the_derivative_beside_a_kink_takes_the_bits_that_decide_its_side() {
        Definition gradient = new Gradient(CertifierTest::besideAKink, List.of("x"));
        Inputs in = x(3).with("square", 3.0).with("dy", 1.0);
        assertEquals(0, Certifier.certify(gradient, in).outputs().array("dx").value());
    }

    private static <R extends Real<R>> Answer<R> besideAKink(Question<R> q) {
        R root = q.scalar("x").sqrt();
        return scalar(root.times(root).minus(q.scalar("square")).minus(0x1p-200).relu());
    }

    private static void assertRefused(String obstacle, Definition definition, Inputs in) {
        String message = String.valueOf(assertThrows(Uncertifiable.class, () -> Certifier.certify(definition, in))
                .getMessage());
        assertTrue(message.startsWith("cannot be certified with 4096 bits: " + obstacle), message);
    }

    private static <R extends Real<R>> Answer<R> scalar(R y) {
        return Answer.of("y", Tensor.scalar(y));
    }

    private static Inputs x(double x) {
        return Inputs.empty().with("x", x);
    }

    private static Inputs pca(Array X, int k) {
        return Inputs.empty().with("X", X).withInteger("k", k).withConvention("divisor", "n");
    }

    /** Multiples of ⅛ up to 4. */
    private Array tidy(int... shape) {
        int n = 1;
        for (int length : shape) {
            n *= length;
        }
        return Array.of(shape, random.ints(n, -32, 33).mapToDouble(i -> i / 8.0).toArray());
    }
}
