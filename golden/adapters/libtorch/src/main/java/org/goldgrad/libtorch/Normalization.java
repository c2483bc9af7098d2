package org.goldgrad.libtorch;

import java.util.List;
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

    static Map<String, Tensor> layerNorm(Question q) {
        Normalized out = Normalized.of(q);
        return Map.of("y", out.y, "mean", out.mean, "variance", out.variance);
    }

    static Map<String, Tensor> layerNormGradient(Question q) {
        Normalized out = Normalized.of(q);
        List<Tensor> d = Autograd.gradients(
                List.of(out.y, out.mean, out.variance),
                List.of(q.tensor("dy"), q.tensor("dmean"), q.tensor("dvariance")),
                List.of(out.x, out.gamma, out.beta));
        return Map.of("dx", d.get(0), "dgamma", d.get(1), "dbeta", d.get(2));
    }

    /** The last axis normalized, and its moments. */
    private record Normalized(Tensor x, Tensor gamma, Tensor beta, Tensor y, Tensor mean, Tensor variance) {
        static Normalized of(Question q) {
            Tensor x = q.variable("x");
            Tensor gamma = q.variable("gamma");
            Tensor beta = q.variable("beta");
            Tensor y = torch.layer_norm(
                    x,
                    new long[] {gamma.size(0)},
                    new TensorOptional(gamma),
                    new TensorOptional(beta),
                    q.setting("eps"),
                    !CUDNN);
            T_TensorTensor_T moments = torch.var_mean(x, new long[] {-1}, !UNBIASED, !KEEP_AXIS);
            return new Normalized(x, gamma, beta, y, moments.get1(), moments.get0());
        }
    }
}
