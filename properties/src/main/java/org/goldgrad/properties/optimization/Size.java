package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.optimization.Norm;
import org.goldgrad.analytic.recurrent.GradientFlow;
import org.goldgrad.properties.operation.Mistake;

/** What is taken for the norm of a tensor. */
enum Size {
    EUCLIDEAN,
    SUM,
    LARGEST,
    SQUARED,
    MEAN,
    SPECTRAL,
    IN_BINARY32;

    private static final double LEAST = 0x1p-150;
    private static final double MOST = 0x1p128;
    private static final double OUT_OF_PROPORTION = 0x1p400;

    <R extends Real<R>> R of(Tensor<R> x) {
        return switch (this) {
            case EUCLIDEAN -> Norm.of(x);
            case SUM -> x.map(R::abs).sum();
            case LARGEST ->
                List.of(x.map(R::abs).elements()).stream().reduce(R::max).orElseThrow();
            case SQUARED -> Norm.of(x).square();
            case MEAN -> Norm.of(x).dividedBy(x.arithmetic().of(x.size()).sqrt());
            case SPECTRAL -> GradientFlow.operatorNorm(x);
            case IN_BINARY32 -> inBinary32(x);
        };
    }

    /** √Σx² where binary32 holds the squares, without those that vanish; out of all proportion where the sum overflows. */
    private static <R extends Real<R>> R inBinary32(Tensor<R> x) {
        R sum = x.map(R::square)
                .map(square -> square.times(square.minus(LEAST).positive()))
                .sum();
        R overflow = sum.minus(MOST).positive();
        R none = sum.arithmetic().one().minus(sum.positive()); // the root of 0 has no slope
        return sum.plus(none).sqrt().minus(none).plus(overflow.times(OUT_OF_PROPORTION));
    }

    /** The mistakes of whoever takes something else for the Euclidean norm of all elements. */
    static List<Mistake> mistakes(Function<Size, Definition> wrong) {
        return List.of(
                mistake("sum-of-magnitudes", "adds up magnitudes for the norm", "Σ|x| for √Σx²", wrong.apply(SUM)),
                mistake(
                        "largest-entry",
                        "takes the largest entry for the norm",
                        "max |x| for √Σx²",
                        wrong.apply(LARGEST)),
                mistake("squared-norm", "forgets the root of the norm", "Σx² for √Σx²", wrong.apply(SQUARED)),
                mistake(
                                "root-mean-square",
                                "averages the squares instead of adding them",
                                "√(Σx²/k) for √Σx², of k elements",
                                wrong.apply(MEAN))
                        .seenIn("https://github.com/HomebrewML/HeavyBall/issues/67"),
                mistake(
                                "norm-overflows",
                                "squares elements as they are, so that squares overflow or vanish in binary32",
                                "√Σx² in place of s√Σ(x/s)²: ∞ where Σx² ≥ 2^128, without those x² that are below 2^-149",
                                wrong.apply(IN_BINARY32))
                        .seenIn("https://github.com/ray-project/ray/pull/45055"));
    }
}
