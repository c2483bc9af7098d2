package org.goldgrad.properties.nd4j;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Regularized regression: the operation lstsq. */
final class Nd4jRegularization {
    private Nd4jRegularization() {}

    /** The penalty of lstsq is λ, not its square; its slow route always throws in M2.1. */
    static Reply ridge(Inputs inputs) {
        Array y = inputs.array("y");
        boolean fast = true;
        INDArray[] w = Nd4jArrays.run(DynamicCustomOp.builder("lstsq")
                .addInputs(Nd4jArrays.of(inputs.array("X")), Nd4jArrays.of(y, y.size(), 1))
                .addFloatingPointArguments(inputs.scalar("lambda"))
                .addBooleanArguments(fast));
        return new Reply.Answered(
                Outputs.of("w", Nd4jArrays.copy(w[0], inputs.array("X").size(1))));
    }
}
