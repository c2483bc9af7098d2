package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.reference.optimization.ClipByNorm.Epsilon;
import org.goldgrad.reference.optimization.ClipByNorm.Scope;

/** In what correct implementations of clipping by norm differ. */
final class Clipping {
    static final Convention SCOPE = Convention.of(
            "scope",
            "What has one norm",
            "https://github.com/huggingface/transformers/issues/581; "
                    + "https://github.com/carpedm20/MemN2N-tensorflow/issues/19; keras#13575",
            "global",
            "all tensors together: the direction stays (PyTorch, clip_by_global_norm, global_clipnorm)",
            "tensor",
            "each tensor for itself (TensorFlow's clip_by_norm, Keras' clipnorm)");

    static final Convention EPSILON = Convention.of(
            "epsilon",
            "What is added to the norm",
            "PyTorch clip_grad.py, Optax _clipping.py",
            "none",
            "nothing: g c/max(‖g‖, c), a norm of exactly c (TensorFlow, Optax)",
            "added",
            "10^-6: g min(1, c/(‖g‖ + 10^-6)), a norm below c (PyTorch's clip_grad_norm_)");

    private Clipping() {}

    /** The reference's rule for a question. */
    static org.goldgrad.reference.optimization.ClipByNorm rule(Inputs in, Scope scope) {
        return new org.goldgrad.reference.optimization.ClipByNorm(
                in.scalar("limit"), scope, EPSILON.of(in, Epsilon.class));
    }
}
