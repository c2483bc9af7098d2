package org.goldgrad.libtorch;

import org.bytedeco.pytorch.Tensor;
import org.goldgrad.analytic.definition.Inputs;

/** A question in libtorch's tensors. They live until the innermost PointerScope around them closes. */
record Question(Inputs inputs, Tensors tensors) {
    Tensor tensor(String name) {
        return tensors.of(inputs.array(name));
    }

    /** One that will be differentiated by. */
    Tensor variable(String name) {
        return tensor(name).set_requires_grad(true);
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

    /** Whether a convention is to be followed in this way. */
    boolean chooses(String convention, String choice) {
        return inputs.convention(convention).equals(choice);
    }
}
