package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ClipByNorm;
import org.goldgrad.analytic.optimization.ClipByValue;
import org.goldgrad.analytic.optimization.Norm;

/**
 * Something that is shortened to a limit in a wrong way.
 *
 * @param input what is shortened
 * @param limit the name of the limit
 * @param size what is taken for the norm
 * @param slip what is done with it
 */
record WrongLimit(String input, String limit, String output, Size size, Slip slip) implements Definition {
    enum Slip {
        NONE,
        ALWAYS,
        NEVER,
        ZERO_OVER_ZERO,
        TO_ONE,
        SQUARE_COMPARED,
        SQUASHED,
        INTERIOR,
        ADDED_BEYOND,
        BY_VALUE,
        NO_ROOT_OF_ZERO,
        NORM_CONSTANT,
        FLAT,
        RADIAL_ADDED;

        <R extends Real<R>> Tensor<R> of(Tensor<R> x, R n, R c) {
            R one = n.arithmetic().one();
            R above = n.minus(c).positive();
            Tensor<R> right = Norm.shortened(x, n, c);
            return switch (this) {
                case NONE, NO_ROOT_OF_ZERO -> right;
                case ALWAYS -> x.times(c.dividedBy(n));
                case NEVER -> x;
                case ZERO_OVER_ZERO -> x.map(xi -> xi.dividedBy(n)).times(lesser(n, c));
                case TO_ONE -> x.times(where(above, one.dividedBy(n.max(c)), one));
                case SQUARE_COMPARED -> x.times(where(n.square().minus(c).positive(), c.dividedBy(nonzero(n)), one));
                case SQUASHED -> x.times(c.dividedBy(c.plus(n)));
                case INTERIOR -> x.times(lesser(n, c).dividedBy(n.plus(1e-7)));
                case ADDED_BEYOND -> x.times(where(above, c.dividedBy(n.max(c).plus(1e-7)), one));
                case BY_VALUE -> x.map(xi -> ClipByValue.clipped(xi, c));
                case NORM_CONSTANT -> Norm.shortened(x, n.detach(), c);
                case FLAT ->
                    x.map(xi -> where(above, xi.detach(), xi))
                            .times(where(above, c.dividedBy(n.max(c)), one).detach());
                case RADIAL_ADDED -> {
                    R factor = c.dividedBy(n.max(c));
                    yield x.times(factor.detach().times(2).minus(factor));
                }
            };
        }

        private static <R extends Real<R>> R lesser(R n, R c) {
            return n.minus(n.minus(c).relu());
        }

        /** a where the condition is 1, b where it is 0. */
        private static <R extends Real<R>> R where(R condition, R a, R b) {
            return condition
                    .times(a)
                    .plus(condition.arithmetic().one().minus(condition).times(b));
        }

        /** n, or 1 where n = 0. */
        private static <R extends Real<R>> R nonzero(R n) {
            return n.plus(n.arithmetic().one().minus(n.positive()));
        }
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> x = q.tensor(input);
        boolean each = "tensor".equals(q.conventions().get("scope"));
        return Answer.of(
                output,
                each
                        ? Tensor.stack(x.slices().stream()
                                .map(row -> shortened(q, row))
                                .toList())
                        : shortened(q, x));
    }

    private <R extends Real<R>> Tensor<R> shortened(Question<R> q, Tensor<R> x) {
        R n = slip == Slip.NO_ROOT_OF_ZERO ? x.dot(x).sqrt() : size.of(x);
        R compared = q.conventions().containsKey("epsilon") ? ClipByNorm.compared(q, n) : n;
        return slip.of(x, compared, q.scalar(limit));
    }

    /** With the right norm. */
    static Definition of(String input, String limit, String output, Slip slip) {
        return new WrongLimit(input, limit, output, Size.EUCLIDEAN, slip);
    }
}
