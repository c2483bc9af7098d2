package org.goldgrad.analytic.arithmetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** The factors that one summand adds to element i, j: as many from the left as from the right. */
    private record Term<R>(List<R[]> left, List<R[]> right, Index index) {}

    /** Where the factors of element i, j are. */
    @FunctionalInterface
    private interface Index {
        int of(int i, int j, boolean left);
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
        return and(new Term<>(vectors(x), vectors(U.transpose()), (i, j, left) -> left ? i : j));
    }

    /** This and r ⊙ s. */
    public Affine<R> plusElements(Tensor<R> r, Tensor<R> s) {
        int m = shape[1];
        return and(new Term<>(scalars(r), scalars(s), (i, j, left) -> i * m + j));
    }

    /** This and b, the same for every row if it has no rows. */
    public Affine<R> plus(Tensor<R> b) {
        int m = b.rank() == 1 ? 0 : shape[1];
        Tensor<R> one = Tensor.vector(List.of(b.arithmetic().one()));
        return and(new Term<>(scalars(one), scalars(b), (i, j, left) -> left ? 0 : i * m + j));
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
        Arithmetic<R> arithmetic = terms.get(0).left.get(0)[0].arithmetic();
        return Tensor.of(
                arithmetic, shape, p -> arithmetic.dot(factors(arithmetic, p, true), factors(arithmetic, p, false)));
    }

    private R[] factors(Arithmetic<R> arithmetic, int position, boolean left) {
        List<R> factors = new ArrayList<>();
        for (Term<R> term : terms) {
            List<R[]> all = left ? term.left : term.right;
            factors.addAll(Arrays.asList(all.get(term.index.of(position / shape[1], position % shape[1], left))));
        }
        return factors.toArray(arithmetic.array(factors.size()));
    }

    private static <R extends Real<R>> List<R[]> vectors(Tensor<R> rows) {
        return rows.slices().stream().map(Tensor::elements).toList();
    }

    private static <R extends Real<R>> List<R[]> scalars(Tensor<R> tensor) {
        List<R[]> scalars = new ArrayList<>();
        for (R element : tensor.elements()) {
            R[] alone = tensor.arithmetic().array(1);
            alone[0] = element;
            scalars.add(alone);
        }
        return scalars;
    }
}
