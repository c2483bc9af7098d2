package org.goldgrad.libtorch;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Signature;

/**
 * A question in libtorch's tensors. They live until the innermost PointerScope around them closes.
 *
 * @param variables the inputs that are differentiated by, which are the same tensors whenever they are asked for
 */
record Question(Signature signature, Inputs inputs, Tensors tensors, Map<String, Tensor> variables) {
    Tensor tensor(String name) {
        Tensor variable = variables.get(name);
        return variable == null ? tensors.of(inputs.array(name)) : variable;
    }

    /** One that will be differentiated by. */
    Tensor variable(String name) {
        return tensor(name).set_requires_grad(true);
    }

    /** The same question, with these inputs to differentiate by. */
    Question with(Map<String, Tensor> differentiated) {
        return new Question(signature, inputs, tensors, differentiated);
    }

    /** Of a stack: what the lowest layer has, and what the layers above have, of which the first axis is layers. */
    Tensor onTop(String lowest, String above) {
        return Tensors.cat(List.of(tensor(lowest).unsqueeze(0), tensor(above)), 0);
    }

    /** Lengths or labels, which libtorch wants as integers. */
    Tensor integers(String name) {
        return tensors.integers(inputs.array(name));
    }

    /** A number as it was asked, which an optimizer takes in double precision whatever it steps in. */
    double setting(String name) {
        return inputs.scalar(name);
    }

    /** The i-th of several. */
    double setting(String name, int i) {
        return inputs.array(name).at(i);
    }

    int integer(String name) {
        return inputs.integer(name);
    }

    String choice(String convention) {
        return inputs.convention(convention);
    }

    /** Whether a convention is to be followed in this way. */
    boolean chooses(String convention, String choice) {
        return choice(convention).equals(choice);
    }
}
