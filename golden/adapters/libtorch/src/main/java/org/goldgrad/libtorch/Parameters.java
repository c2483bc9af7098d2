package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What libtorch's recurrent layers have for parameters. They are views of a question's weights, so what is differentiated
 * by the weights needs no unpacking.
 *
 * <pre>
 *   inputWeights  gates·hidden×features      stateWeights  gates·hidden×hidden
 *   inputBias, stateBias  gates·hidden       the two are added, but in a GRU's candidate
 * </pre>
 */
record Parameters(Tensor inputWeights, Tensor stateWeights, Tensor inputBias, Tensor stateBias) {
    /** Of weights for rows: {@code U features×…hidden, W hidden×…hidden, b …hidden}, where … are gates or nothing. */
    static Parameters ofRows(Tensor U, Tensor W, Tensor b) {
        return ofRows(U, W, b, torch.zeros_like(b));
    }

    static Parameters ofRows(Tensor U, Tensor W, Tensor b, Tensor d) {
        return ofColumns(U.movedim(0, -1), W.movedim(0, -1), b, d);
    }

    /** Of weights for columns: {@code U …hidden×features, W …hidden×hidden, b, d …hidden}. */
    static Parameters ofColumns(Tensor U, Tensor W, Tensor b, Tensor d) {
        return new Parameters(U.flatten(0, -2), W.flatten(0, -2), b.flatten(), d.flatten());
    }

    /** Of the inputs U, W and b of a question. */
    static Parameters of(Question q) {
        return ofRows(q.tensor("U"), q.tensor("W"), q.tensor("b"));
    }

    /** Of a question's stack: U, W and b below, UA, WA and B for the layers above. */
    static List<Parameters> stack(Question q) {
        List<Parameters> layers = new ArrayList<>(List.of(of(q)));
        Tensor UA = q.tensor("UA");
        Tensor WA = q.tensor("WA");
        Tensor B = q.tensor("B");
        for (long above = 0; above < B.size(0); above++) {
            layers.add(ofRows(UA.select(0, above), WA.select(0, above), B.select(0, above)));
        }
        return layers;
    }

    /** In the order in which libtorch takes them: layer by layer, and of a layer forwards before backwards. */
    static TensorVector vector(List<Parameters> layers) {
        return Autograd.vector(layers.stream()
                .flatMap(layer -> Stream.of(layer.inputWeights, layer.stateWeights, layer.inputBias, layer.stateBias))
                .toList());
    }
}
