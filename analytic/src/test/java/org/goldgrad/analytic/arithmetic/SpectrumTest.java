package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proven eigenvalues and projectors against spectra that are known. */
class SpectrumTest {
    private final Balls balls = new Balls(128);
    private final SplittableRandom random = new SplittableRandom(20260708);

    @Test
    void a_diagonal_matrix_shows_its_spectrum() {
        Tensor<Rational> S = diagonal(3, -1, 2);
        Spectrum<Ball> spectrum = Spectrum.of(Fraction.balls(balls, S));
        assertEquals("[3, 2, -1]", Arrays.toString(spectrum.values().elements()));
        assertEquals(
                "[1, 0, 0, 0, 0, 0, 0, 0, 0]",
                Arrays.toString(spectrum.projector(1).elements()));
        assertEquals(
                "[1, 0, 0, 0, 0, 0, 0, 0, 1]",
                Arrays.toString(spectrum.projector(2).elements()));
    }

    /** λ = (a + d ± √((a−d)² + 4b²))/2 and P = (S − λ₂I)/(λ₁ − λ₂), with 512 bits. */
    @Test
    void two_by_two_matrices_have_a_closed_form() {
        Balls fine = new Balls(512);
        for (int i = 0; i < 200; i++) {
            int[] s = random.ints(3, -40, 41).toArray();
            Ball a = fine.of(s[0]).times(0.125);
            Ball b = fine.of(s[1] == 0 ? 1 : s[1]).times(0.125);
            Ball d = fine.of(s[2]).times(0.125);
            Ball root = a.minus(d).square().plus(b.square().times(4)).sqrt();
            Ball low = a.plus(d).minus(root).times(0.5);
            Ball high = a.plus(d).plus(root).times(0.5);

            double[] S = {a.doubleValue(), b.doubleValue(), b.doubleValue(), d.doubleValue()};
            Spectrum<Ball> spectrum = Spectrum.of(Tensor.of(balls, new int[] {2, 2}, p -> balls.of(S[p])));

            assertContains(spectrum.values().at(0), high);
            assertContains(spectrum.values().at(1), low);
            Tensor<Ball> P = spectrum.projector(1);
            assertContains(P.get(0, 0), a.minus(low).dividedBy(root));
            assertContains(P.get(0, 1), b.dividedBy(root));
            assertContains(P.get(1, 1), d.minus(low).dividedBy(root));
        }
    }

    /** The truth is known to 2⁻⁵⁰⁰ or so: far inside a radius of 2⁻¹²⁰. */
    private static void assertContains(Ball ball, Ball truth) {
        assertFalse(ball.isUnbounded(), "nothing is known");
        assertTrue(ball.contains(truth.midpoint().toBigDecimal()), () -> truth + " is not in " + ball);
    }

    /** The condition is 10⁷ for 6×6 and 10¹³ for 10×10; trace and determinant are fractions. */
    @Test
    void hilbert_matrices_have_their_trace_and_determinant_and_the_spectrum_of_higher_precision() {
        for (int n : new int[] {2, 6, 10}) {
            Tensor<Rational> hilbert =
                    Tensor.of(Rational.ARITHMETIC, new int[] {n, n}, i -> Rational.of(1, i / n + i % n + 1));
            Tensor<Ball> values = Spectrum.of(Fraction.balls(balls, hilbert)).values();
            Tensor<Ball> truth =
                    Spectrum.of(Fraction.balls(new Balls(512), hilbert)).values();
            for (int i = 0; i < n; i++) {
                assertContains(values.at(i), truth.at(i));
                assertTrue(values.at(i).radius().toDyadic().doubleValue() < 0x1p-110, "the radius is vacuous");
            }
            Rational trace = Rational.ARITHMETIC.zero();
            for (int i = 0; i < n; i++) {
                trace = trace.plus(hilbert.get(i, i));
            }
            assertTrue(Fraction.contains(truth.sum(), trace));
            Ball product = Arrays.stream(truth.elements()).reduce(Ball::times).orElseThrow();
            assertTrue(Fraction.contains(product, hilbertDeterminant(n)), product::toString);
        }
    }

    /** det = c_n⁴/c_2n with c_n = 1!·2!⋯(n−1)! (Hilbert 1894). */
    private static Rational hilbertDeterminant(int n) {
        return superfactorial(n).pow(4).dividedBy(superfactorial(2 * n));
    }

    private static Rational superfactorial(int n) {
        Rational c = Rational.of(1, 1);
        for (int i = 1; i < n; i++) {
            c = c.times(Rational.of(i, 1).pow(n - i));
        }
        return c;
    }

    @Test
    void rotated_diagonal_matrices_keep_their_spectrum_and_rotate_their_projectors() {
        for (int i = 0; i < 60; i++) {
            int n = 2 + i % 5;
            int[] lambda = random.ints(n, -50, 51)
                    .distinct()
                    .map(x -> -x)
                    .sorted()
                    .map(x -> -x)
                    .toArray();
            Tensor<Rational> Q = rotation(lambda.length);
            Spectrum<Ball> spectrum = Spectrum.of(Fraction.balls(balls, rotated(Q, diagonal(lambda))));
            for (int j = 0; j < lambda.length; j++) {
                assertTrue(Fraction.contains(spectrum.values().at(j), Rational.of(lambda[j], 1)));
            }
            for (int k = 1; k < lambda.length; k++) {
                assertTrue(Fraction.contains(spectrum.projector(k), projector(Q, k)));
                assertTrue(isUseful(spectrum.projector(k)));
            }
        }
    }

    /** A gap of at least 1 below eigenvalues of at most 50, in at most 6 dimensions: 2⁻¹²⁸ grows to no more than 2⁻¹¹⁰. */
    private static boolean isUseful(Tensor<Ball> P) {
        return Arrays.stream(P.elements())
                .allMatch(p -> !p.isUnbounded() && p.radius().toDyadic().doubleValue() < 0x1p-110);
    }

    @Test
    void a_double_eigenvalue_has_a_value_but_no_projector_across_it() {
        Tensor<Rational> Q = rotation(4);
        Spectrum<Ball> spectrum = Spectrum.of(Fraction.balls(balls, rotated(Q, diagonal(5, 2, 2, 1))));
        int[] lambda = {5, 2, 2, 1};
        for (int j = 0; j < 4; j++) {
            assertTrue(Fraction.contains(spectrum.values().at(j), Rational.of(lambda[j], 1)));
        }
        for (int k : new int[] {1, 3}) {
            assertTrue(Fraction.contains(spectrum.projector(k), projector(Q, k)), "a gap is beside the double one");
            assertTrue(isUseful(spectrum.projector(k)));
        }
        assertTrue(isRefused(spectrum, 2));
        assertTrue(isRefused(Spectrum.of(Fraction.balls(balls, diagonal(2, 2, 1))), 1), "exactly double");
    }

    @Test
    void eigenvalues_that_differ_by_less_than_a_double_can_tell_are_ordered() {
        Ball larger = balls.one().plus(0x1p-60);
        Tensor<Ball> S = Fraction.balls(balls, diagonal(1, 0))
                .plus(Tensor.of(balls, new int[] {2, 2}, i -> i == 3 ? larger : balls.zero()));
        Spectrum<Ball> spectrum = Spectrum.of(S);
        assertContains(spectrum.values().at(0), larger);
        assertFalse(isRefused(spectrum, 1), "there is a gap of 2^-60");
    }

    private static boolean isRefused(Spectrum<Ball> spectrum, int k) {
        try {
            return Arrays.stream(spectrum.projector(k).elements()).allMatch(Ball::isUnbounded);
        } catch (ArithmeticException refused) {
            return true;
        }
    }

    /** 0 ± r in every entry: r everywhere is r·11ᵀ, whose eigenvalue nr is the Frobenius norm. Weyl's bound is attained. */
    @Test
    void weyls_radius_contains_the_worst_case_and_no_smaller_one_does() {
        double r = 0x1p-30;
        BigDecimal worst = new BigDecimal(3 * r);
        assertTrue(doubtful(balls, r, 0, 0, 0).values().at(0).contains(worst));
        assertFalse(
                doubtful(new Careless(balls, 0.9), r, 0, 0, 0).values().at(0).contains(worst));
    }

    /** diag(2, 1, 0) ± r: an r at (1, 2) turns the first eigenvector by about r/1, and bounds are never 32 times too wide. */
    @Test
    void davis_and_kahans_radius_contains_the_turned_projector_and_a_thirty_second_of_it_does_not() {
        double r = 0x1p-30;
        Tensor<Rational> turned = Tensor.of(
                Rational.ARITHMETIC,
                new int[] {3, 3},
                i -> i == 1 || i == 3 ? Rational.ARITHMETIC.of(r) : Rational.of(i == 0 ? 2 : i == 4 ? 1 : 0, 1));
        Tensor<Ball> truth = Spectrum.of(Fraction.balls(new Balls(512), turned)).projector(1);
        BigDecimal corner = truth.get(0, 1).midpoint().toBigDecimal();
        assertEquals(r, corner.doubleValue(), r * r, "to first order");
        assertTrue(doubtful(balls, r, 2, 1, 0).projector(1).get(0, 1).contains(corner));
        assertFalse(doubtful(new Careless(balls, 1 / 32.0), r, 2, 1, 0)
                .projector(1)
                .get(0, 1)
                .contains(corner));
    }

    /** The spectrum of a diagonal matrix whose every entry is in doubt by r. */
    private static Spectrum<Ball> doubtful(Arithmetic<Ball> arithmetic, double r, int... diagonal) {
        Balls exact = new Balls(arithmetic.precision());
        Tensor<Ball> S = Fraction.balls(arithmetic, diagonal(diagonal));
        return Spectrum.of(S.map(s -> exact.within(s, exact.of(r))));
    }

    @Test
    void forgotten_proofs_are_noticed() {
        Tensor<Rational> Q = rotation(4);
        Careless careless = new Careless(balls, 0);
        Spectrum<Ball> spectrum = Spectrum.of(Fraction.balls(careless, rotated(Q, diagonal(5, 3, 2, 1))));
        Tensor<Rational> lambda =
                Tensor.of(Rational.ARITHMETIC, new int[] {4}, i -> Rational.of(i == 0 ? 5 : 4 - i, 1));
        assertFalse(Fraction.contains(spectrum.values(), lambda), "Weyl's radius forgotten");
        assertFalse(isContained(spectrum, Q, careless), "Davis and Kahan's radius forgotten");
    }

    /** Without radii of their own, the elements of a projector are as exact as the rounding of VVᵀ. */
    private static boolean isContained(Spectrum<Ball> spectrum, Tensor<Rational> Q, Careless careless) {
        Tensor<Ball> P = spectrum.projector(2);
        assertEquals(careless, P.arithmetic());
        return Fraction.contains(P, projector(Q, 2));
    }

    /** In double-double, 25 digits of a spectrum of order 1: some hundred operations good to 2⁻⁹⁹. */
    @Test
    void without_proof_the_same_algorithm_gives_good_estimates() {
        Tensor<Rational> Q = rotation(4);
        Tensor<Rational> S = rotated(Q, diagonal(5, 3, 2, 1));
        Tensor<DoubleDouble> estimate = Tensor.of(DoubleDouble.ARITHMETIC, S.shape(), i -> quotient(S.at(i)));
        Spectrum<DoubleDouble> spectrum = Spectrum.of(estimate);
        double off = spectrum.values().at(1).minus(3).abs().doubleValue();
        assertTrue(off <= 0x1p-88, () -> "λ₂ off by " + off);
        DoubleDouble p = spectrum.projector(2).get(0, 1);
        double distance = p.minus(quotient(projector(Q, 2).get(0, 1))).abs().doubleValue();
        assertTrue(distance <= 0x1p-88, () -> "P₁₂ off by " + distance);
    }

    /** Fractions with numerators and denominators that are sums of a few doubles, divided. */
    private static DoubleDouble quotient(Rational x) {
        double numerator = x.value().getNumerator().doubleValue();
        double denominator = x.value().getDenominator().doubleValue();
        return DoubleDouble.of(numerator).dividedBy(denominator);
    }

    private static Tensor<Rational> diagonal(int... lambda) {
        int n = lambda.length;
        return Tensor.of(
                Rational.ARITHMETIC, new int[] {n, n}, i -> Rational.of(i / n == i % n ? lambda[i / n] : 0, 1));
    }

    private static Tensor<Rational> rotated(Tensor<Rational> Q, Tensor<Rational> D) {
        return Q.matmul(D).matmul(Q.transpose());
    }

    /** The first k columns of Q times their transposes. */
    private static Tensor<Rational> projector(Tensor<Rational> Q, int k) {
        int n = Q.size(0);
        int[] ones = IntStream.range(0, n).map(i -> i < k ? 1 : 0).toArray();
        return rotated(Q, diagonal(ones));
    }

    /** A product of plane rotations by the angles of the triangles 3, 4, 5 and 5, 12, 13: orthogonal and rational. */
    private static Tensor<Rational> rotation(int n) {
        Tensor<Rational> Q = LinearSystem.identity(Rational.ARITHMETIC, n);
        for (int p = 0; p + 1 < n; p++) {
            int at = p;
            Rational c = p % 2 == 0 ? Rational.of(3, 5) : Rational.of(12, 13);
            Rational s = p % 2 == 0 ? Rational.of(4, 5) : Rational.of(5, 13);
            Tensor<Rational> plane = Tensor.of(Rational.ARITHMETIC, Q.shape(), i -> {
                int row = i / n;
                int column = i % n;
                if (row == column) {
                    return row == at || row == at + 1 ? c : Rational.of(1, 1);
                }
                boolean inPlane = Math.min(row, column) == at && Math.max(row, column) == at + 1;
                return inPlane ? (row < column ? s.negate() : s) : Rational.of(0, 1);
            });
            Q = Q.matmul(plane);
        }
        return Q;
    }
}
