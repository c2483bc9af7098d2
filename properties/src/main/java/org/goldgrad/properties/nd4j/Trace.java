package org.goldgrad.properties.nd4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an optimizer's answer is written into: steps×groups×parameters for every output, row by row. */
public final class Trace {
    private final int[] shape;
    private final Map<String, double[]> outputs = new LinkedHashMap<>();

    public Trace(Inputs inputs) {
        shape = new int[] {Group.steps(inputs), Group.groups(inputs), Group.size(inputs)};
    }

    /** @param step from 0 */
    public void put(String output, int step, int group, INDArray row) {
        double[] all = outputs.computeIfAbsent(output, name -> new double[shape[0] * shape[1] * shape[2]]);
        System.arraycopy(Nd4jArrays.elements(row), 0, all, (step * shape[1] + group) * shape[2], shape[2]);
    }

    public Outputs outputs() {
        Map<String, Array> arrays = new LinkedHashMap<>();
        outputs.forEach((name, elements) -> arrays.put(name, Array.of(shape, elements)));
        return new Outputs(arrays);
    }
}
