package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.recurrent.Lstm.Gates;
import org.goldgrad.analytic.recurrent.Lstm.State;
import org.goldgrad.properties.operation.Mistake;

/** A tanh that is right in exact arithmetic and loses small numbers in any other, and what is built on it. */
final class InaccurateTanh {
    /** An LSTM layer whose candidate and whose output are squashed by it. */
    static final Lstm LSTM = new Lstm(InaccurateTanh::step, InaccurateTanh::tanh);

    private InaccurateTanh() {}

    /** The mistake of whatever is built on it. */
    static Mistake mistake(Definition wrong) {
        return Mistake.mistake(
                        "tanh-that-cancels",
                        "computes tanh so that it is accurate absolutely but not relatively",
                        "tanh x = 1 - 2/(1 + e^{2x}), which cancels near 0",
                        wrong)
                .inRounding()
                .seenIn("ND4J 1.0.0-M2.1, tanh, and with it lstmLayer and Deeplearning4j's layers");
    }

    private static <R extends Real<R>> State<R> step(Gates<R> gates, State<R> previous) {
        Tensor<R> C = Lstm.step(gates, previous).c();
        return new State<>(C.map(InaccurateTanh::tanh).times(gates.o()), C);
    }

    /**
     * Its value cancels, with errors of about 8u however small x is; its derivative is taken as that of tanh, as everybody
     * does who writes a backward pass.
     */
    static <R extends Real<R>> R tanh(R x) {
        R one = x.arithmetic().one();
        R cancelling = one.minus(x.times(2).exp().plus(1).reciprocal().times(2));
        R tanh = x.tanh();
        return x.arithmetic()
                .honest(tanh, one.times(8))
                .plus(cancelling.minus(tanh).detach());
    }
}
