package org.goldgrad.libtorch;

import java.util.Map;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalization: layer_norm and var_mean. */
final class Normalization {
    private static final boolean UNBIASED = true;
    private static final boolean KEEP_AXIS = true;
    private static final boolean CUDNN = true;

    private Normalization() {}

    /** The last axis normalized, and its moments. */
    static Map<String, Tensor> layerNorm(Question q) {
        Tensor x = q.tensor("x");
        Tensor gamma = q.tensor("gamma");
        Tensor y = torch.layer_norm(
                x,
                new long[] {gamma.size(0)},
                new TensorOptional(gamma),
                new TensorOptional(q.tensor("beta")),
                q.setting("eps"),
                !CUDNN);
        T_TensorTensor_T moments = torch.var_mean(x, new long[] {-1}, !UNBIASED, !KEEP_AXIS);
        return Map.of("y", y, "mean", moments.get1(), "variance", moments.get0());
    }
}
