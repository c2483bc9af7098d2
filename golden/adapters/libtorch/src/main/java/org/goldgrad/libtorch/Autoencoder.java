package org.goldgrad.libtorch;

import java.util.Map;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Autoencoders and their linear limit: cov and linalg_eigh. */
final class Autoencoder {
    private Autoencoder() {}

    static Map<String, Tensor> pca(Question q) {
        long correction = q.chooses("divisor", "n") ? 0 : 1;
        Tensor S = torch.cov(q.tensor("X"), correction, new TensorOptional(), new TensorOptional());
        T_TensorTensor_T eigen = torch.linalg_eigh(S); // the smallest first
        Tensor Uk = eigen.get1().flip(1).narrow(1, 0, q.integer("k"));
        return Map.of("eigenvalues", eigen.get0().flip(0), "projector", Uk.matmul(Uk.t()));
    }
}
