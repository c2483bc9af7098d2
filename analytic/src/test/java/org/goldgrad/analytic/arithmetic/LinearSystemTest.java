package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The proven solution of a linear system against the exact one in fractions. */
class LinearSystemTest {
    private final SplittableRandom random = new SplittableRandom(20260707);

    @Test
    void in_fractions_the_solution_solves_the_system() {
        for (int i = 0; i < 100; i++) {
            Tensor<Rational> A = drawRegular(1 + i % 6);
            Tensor<Rational> b = draw(A.size(0));
            Tensor<Rational> x = LinearSystem.solve(A, b);
            Tensor<Rational> Ax = A.matmul(x.reshape(x.size(), 1)).reshape(x.size());
            assertArrayEquals(b.elements(), Ax.elements());
        }
    }

    @Test
    void the_proof_contains_the_exact_solution() {
        for (int i = 0; i < 200; i++) {
            Tensor<Rational> A = drawRegular(1 + i % 6);
            assertProven(A, draw(A.size(0)), 128);
        }
    }

    /** Condition numbers up to 4·10¹⁶, where a solution in doubles has no correct digit. */
    @Test
    void the_proof_contains_the_exact_solution_of_hilbert_systems() {
        for (int n = 1; n <= 12; n++) {
            Tensor<Rational> ones = Tensor.of(Rational.ARITHMETIC, new int[] {n}, i -> Rational.of(1, 1));
            for (int bits : new int[] {128, 256}) {
                assertProven(hilbert(n), ones, bits);
            }
        }
    }

    /**
     * Data and residual are good to 2^−bits relatively, so the radius is about κ = ‖A‖‖A⁻¹‖ times that and ‖x‖; C times the
     * residual has n² terms, each rounded a few times, hence 4n².
     */
    private static void assertProven(Tensor<Rational> A, Tensor<Rational> b, int bits) {
        int n = b.size();
        Tensor<Rational> exact = LinearSystem.solve(A, b);
        Balls balls = new Balls(bits);
        Tensor<Ball> proven = LinearSystem.solve(Fraction.balls(balls, A), Fraction.balls(balls, b));
        assertTrue(Fraction.contains(proven, exact), () -> "the solution is not in the balls for " + n + "x" + n);
        double condition = norm(A) * norm(inverse(A));
        double size = exact.map(Rational::abs).slices().stream()
                .mapToDouble(x -> x.value().doubleValue())
                .max()
                .orElse(0);
        double allowed = 4 * n * n * condition * Math.max(size, 1) * Math.scalb(1.0, -bits);
        for (Ball x : proven.elements()) {
            double radius = x.radius().toDyadic().doubleValue();
            assertTrue(radius <= allowed, () -> n + "x" + n + ": radius " + radius + ", allowed " + allowed);
        }
    }

    private static Tensor<Rational> inverse(Tensor<Rational> A) {
        Tensor<Rational> identity = LinearSystem.identity(Rational.ARITHMETIC, A.size(0));
        return Tensor.stack(identity.slices().stream()
                        .map(column -> LinearSystem.solve(A, column))
                        .toList())
                .transpose();
    }

    private static double norm(Tensor<Rational> M) {
        return M.slices().stream()
                .mapToDouble(row -> row.map(Rational::abs).sum().doubleValue())
                .max()
                .orElse(0);
    }

    @Test
    void a_forgotten_proof_is_noticed() {
        assertTrue(holds(new Balls(128), hilbert(8)));
        assertFalse(holds(new Careless(new Balls(128), 0), hilbert(8)), "within() ignored");
        assertFalse(holds(new Careless(new Balls(128), 0x1p-40), hilbert(8)), "a radius 2^-40 of what it should be");
    }

    @Test
    void a_wrong_matrix_is_noticed() {
        Tensor<Rational> wrong = Tensor.of(
                Rational.ARITHMETIC,
                new int[] {8, 8},
                i -> i == 63 ? hilbert(8).at(i).plus(0x1p-100) : hilbert(8).at(i));
        assertFalse(holds(new Balls(256), wrong));
    }

    /** Whether what is proven with this matrix contains the solution of the 8×8 Hilbert system. */
    private static boolean holds(Arithmetic<Ball> arithmetic, Tensor<Rational> A) {
        Tensor<Rational> b = Tensor.of(Rational.ARITHMETIC, new int[] {8}, i -> Rational.of(1, 1));
        Tensor<Ball> solution = LinearSystem.solve(Fraction.balls(arithmetic, A), Fraction.balls(arithmetic, b));
        return Fraction.contains(solution, LinearSystem.solve(hilbert(8), b));
    }

    /** A and b known to 2⁻²⁰ only: solutions of systems at the ends of the balls are all inside. */
    @Test
    void doubt_in_the_data_is_doubt_in_the_solution() {
        Balls balls = new Balls(128);
        Tensor<Rational> A = integers(new int[] {2, 2}, 2, 1, 1, 3);
        Tensor<Rational> b = integers(new int[] {2}, 1, -1);
        Ball r = balls.of(0x1p-20);
        Tensor<Ball> wideA = Fraction.balls(balls, A).map(a -> balls.within(a, r));
        Tensor<Ball> proven = LinearSystem.solve(wideA, Fraction.balls(balls, b).map(a -> balls.within(a, r)));
        for (int signs = 0; signs < 64; signs++) {
            int s = signs;
            Tensor<Rational> moved = Tensor.of(Rational.ARITHMETIC, A.shape(), i -> moved(A.at(i), s >> i));
            Tensor<Rational> movedB = Tensor.of(Rational.ARITHMETIC, b.shape(), i -> moved(b.at(i), s >> 4 + i));
            assertTrue(Fraction.contains(proven, LinearSystem.solve(moved, movedB)));
        }
        for (Ball x : proven.elements()) {
            assertTrue(x.radius().toDyadic().doubleValue() <= 0x1p-17, "‖A⁻¹‖(‖x‖ + 1)2^-20 is less than 2^-18.5");
        }
    }

    private static Rational moved(Rational x, int sign) {
        return x.plus((sign & 1) == 0 ? 0x1p-20 : -0x1p-20);
    }

    @Test
    void a_zero_pivot_is_exchanged() {
        Tensor<Rational> A = integers(new int[] {2, 2}, 0, 2, 1, 5);
        Tensor<Rational> x = LinearSystem.solve(A, integers(new int[] {2}, 4, 11));
        assertArrayEquals(new Rational[] {Rational.of(1, 1), Rational.of(2, 1)}, x.elements());
    }

    @Test
    void a_singular_system_is_refused() {
        assertRefused(Rational.ARITHMETIC);
        assertRefused(Binary64.ARITHMETIC);
        assertRefused(DoubleDouble.ARITHMETIC);
        assertRefused(new Balls(128));
    }

    private static <R extends Real<R>> void assertRefused(Arithmetic<R> arithmetic) {
        double[] A = {1, 2, 2, 4};
        Tensor<R> singular = Tensor.of(arithmetic, new int[] {2, 2}, i -> arithmetic.of(A[i]));
        Tensor<R> b = singular.slice(0);
        assertEquals(
                "the linear system is singular: no unique solution",
                assertThrows(ArithmeticException.class, () -> LinearSystem.solve(singular, b))
                        .getMessage());
    }

    /** [⅓ ⅔; 1 2] is singular, but no number of bits says so: rounding may hide it, and nothing must be claimed then. */
    @Test
    void nothing_is_claimed_where_singularity_is_in_doubt() {
        for (int bits : new int[] {64, 128, 256, 1024}) {
            Balls balls = new Balls(bits);
            Ball third = Fraction.ball(balls, Rational.of(1, 3));
            Ball[] A = {third, third.plus(third.times(0.5)).plus(third.times(0.5)), balls.one(), balls.of(2)};
            Tensor<Ball> doubtful = Tensor.of(balls, new int[] {2, 2}, i -> A[i]);
            Tensor<Ball> b = Tensor.of(balls, new int[] {2}, i -> balls.of(i + 1));
            assertTrue(isRefused(doubtful, b), () -> "with " + bits + " bits");
        }
    }

    private static boolean isRefused(Tensor<Ball> A, Tensor<Ball> b) {
        try {
            return LinearSystem.solve(A, b).slices().stream()
                    .allMatch(x -> x.value().isUnbounded());
        } catch (ArithmeticException refused) {
            return true;
        }
    }

    private static Tensor<Rational> hilbert(int n) {
        return Tensor.of(Rational.ARITHMETIC, new int[] {n, n}, i -> Rational.of(1, i / n + i % n + 1));
    }

    private static Tensor<Rational> integers(int[] shape, int... elements) {
        return Tensor.of(Rational.ARITHMETIC, shape, i -> Rational.of(elements[i], 1));
    }

    private Tensor<Rational> draw(int... shape) {
        return Tensor.of(Rational.ARITHMETIC, shape, i -> Rational.of(random.nextInt(-20, 21), random.nextInt(1, 8)));
    }

    private Tensor<Rational> drawRegular(int n) {
        while (true) {
            Tensor<Rational> A = draw(n, n);
            try {
                LinearSystem.solve(A, draw(n));
                return A;
            } catch (ArithmeticException singular) {
                // One in some hundred: draw again.
            }
        }
    }
}
