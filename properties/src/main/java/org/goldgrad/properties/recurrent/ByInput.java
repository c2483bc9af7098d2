package org.goldgrad.properties.recurrent;

import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Ejml;

/** Gradients as outputs, each in the shape of the input that it is a gradient by. */
record ByInput(Inputs in, Outputs outputs) {
    static ByInput of(Inputs in) {
        return new ByInput(in, new Outputs(Map.of()));
    }

    ByInput and(String input, SimpleMatrix gradient) {
        return and(input, List.of(gradient));
    }

    ByInput and(String input, List<SimpleMatrix> gradient) {
        int[] shape = in.array(input).shape();
        return new ByInput(in, outputs.and(Gradient.nameFor(input), Ejml.array(gradient, shape)));
    }
}
