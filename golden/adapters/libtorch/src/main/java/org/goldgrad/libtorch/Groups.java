package org.goldgrad.libtorch;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The parameters of an optimizer, of which each is a group with settings of its own. */
record Groups(List<Tensor> parameters) {
    /** @param theta0 groups×parameters */
    static Groups of(Tensor theta0) {
        List<Tensor> parameters = List.of(theta0.unbind().get());
        parameters.forEach(parameter -> parameter.set_requires_grad(true));
        return new Groups(parameters);
    }

    /**
     * An optimizer with a parameter group for each. It is made over an empty group, so that its defaults are those of no
     * other; options are moved into the group that they are given to, and cannot be used again.
     */
    <O extends OptimizerOptions> Optimizer optimizer(
            BiFunction<TensorVector, O, Optimizer> constructor, O defaults, IntFunction<O> options) {
        Optimizer optimizer = constructor.apply(new TensorVector(), defaults);
        for (int i = 0; i < parameters.size(); i++) {
            TensorVector parameter = new TensorVector(parameters.get(i));
            optimizer.add_param_group(new OptimizerParamGroup(parameter, options.apply(i)));
        }
        return optimizer;
    }

    TensorVector vector() {
        return Autograd.vector(parameters);
    }

    /** Gives every parameter a gradient, or none where it is an undefined tensor. */
    void setGradients(List<Tensor> gradients) {
        for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            parameters.get(i).mutable_grad().put(gradient.defined() ? gradient.clone() : gradient);
        }
    }

    /** groups×parameters, as they are now. */
    Tensor gradients() {
        return Tensors.stack(parameters.stream().map(Tensor::grad).toList());
    }

    /** groups×parameters, as they are now. */
    Tensor values() {
        return Tensors.stack(parameters.stream().map(Tensor::detach).toList());
    }

    static Tensor copy(Tensor parameter) {
        return parameter.detach().clone();
    }
}
