package org.goldgrad.analytic.arithmetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A sum of matrix products, products of elements, and biases, every element of which is one dot product.
 *
 * <pre>
 *   (x U + h W + r ⊙ s + b)ᵢⱼ = Σₖ xᵢₖ Uₖⱼ + Σₖ hᵢₖ Wₖⱼ + rᵢⱼ sᵢⱼ + 1·bⱼ       x  n×k, U  k×m, b  m or n×m, all else n×m
 * </pre>
 *
 * So its terms may be added in any order: a library that begins with the bias rounds at the size of the bias every time,
 * and is as right as one that adds it at the end.
 */
public final class Affine<R extends Real<R>> {
    private final int[] shape;
    private final List<Term<R>> terms;

    private Affine(int[] shape, List<Term<R>> terms) {
        this.shape = shape;
        this.terms = terms;
    }

    /** What one summand adds to every element: as many factors from the left as from the right. */
    private record Term<R>(Factors<R> left, Factors<R> right) {}

    /** The factors of element i, j on one side. */
    @FunctionalInterface
    private interface Factors<R> {
        R[] of(int i, int j);
    }

    /** x U. */
    public static <R extends Real<R>> Affine<R> of(Tensor<R> x, Tensor<R> U) {
        return new Affine<R>(new int[] {x.size(0), U.size(1)}, List.of()).plus(x, U);
    }

    /** This and x U. */
    public Affine<R> plus(Tensor<R> x, Tensor<R> U) {
        if (x.size(1) != U.size(0)) {
            throw new IllegalArgumentException(
                    "cannot multiply " + Tensor.describe(x.shape()) + " by " + Tensor.describe(U.shape()));
        }
        List<R[]> rows = vectors(x);
        List<R[]> columns = vectors(U.transpose());
        return and(new Term<>((i, j) -> rows.get(i), (i, j) -> columns.get(j)));
    }

    /** This and r ⊙ s. */
    public Affine<R> plusElements(Tensor<R> r, Tensor<R> s) {
        return and(new Term<>((i, j) -> alone(r.get(i, j)), (i, j) -> alone(s.get(i, j))));
    }

    /** This and b, the same for every row if it has no rows. */
    public Affine<R> plus(Tensor<R> b) {
        R one = b.arithmetic().one();
        return and(new Term<>((i, j) -> alone(one), (i, j) -> alone(b.rank() == 1 ? b.at(j) : b.get(i, j))));
    }

    /** This and another sum. */
    public Affine<R> plus(Affine<R> that) {
        Affine<R> sum = this;
        for (Term<R> term : that.terms) {
            sum = sum.and(term);
        }
        return sum;
    }

    private Affine<R> and(Term<R> term) {
        List<Term<R>> more = new ArrayList<>(terms);
        more.add(term);
        return new Affine<>(shape, more);
    }

    /** The sum, n×m. */
    public Tensor<R> sum() {
        Arithmetic<R> arithmetic = terms.get(0).left.of(0, 0)[0].arithmetic();
        int m = shape[1];
        return Tensor.of(
                arithmetic,
                shape,
                p -> arithmetic.dot(
                        factors(arithmetic, term -> term.left.of(p / m, p % m)),
                        factors(arithmetic, term -> term.right.of(p / m, p % m))));
    }

    private R[] factors(Arithmetic<R> arithmetic, Function<Term<R>, R[]> side) {
        return terms.stream().flatMap(term -> Arrays.stream(side.apply(term))).toArray(arithmetic::array);
    }

    private static <R extends Real<R>> List<R[]> vectors(Tensor<R> rows) {
        return rows.slices().stream().map(Tensor::elements).toList();
    }

    private static <R extends Real<R>> R[] alone(R x) {
        R[] alone = x.arithmetic().array(1);
        alone[0] = x;
        return alone;
    }
}
