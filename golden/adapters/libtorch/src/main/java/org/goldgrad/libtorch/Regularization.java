package org.goldgrad.libtorch;

import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Regularized regression: linalg_lstsq. */
final class Regularization {
    private Regularization() {}

    /** ‖y − Xw‖² + λ‖w‖². */
    static Map<String, Tensor> ridge(Question q) {
        Tensor X = q.tensor("X");
        return Map.of("w", penalized(X, q.tensor("y"), q.tensor("lambda").sqrt().expand(X.size(1))));
    }

    /**
     * The w that dropout has in expectation.
     *
     * <pre>
     *   inverted  ‖y − Xw‖² + (1−p)/p ‖Γw‖²      plain  the same for pw      Γ² = diag(XᵀX)
     * </pre>
     */
    static Map<String, Tensor> dropout(Question q) {
        Tensor X = q.tensor("X");
        Tensor p = q.tensor("p");
        Tensor gamma = torch.linalg_vector_norm(X, new Scalar(2.0), new long[] {0}, false, new ScalarTypeOptional());
        Tensor w = penalized(
                X, q.tensor("y"), torch.rsub(p, new Scalar(1.0)).div(p).sqrt().mul(gamma));
        return Map.of("w", q.chooses("scaling", "inverted") ? w : w.div(p));
    }

    /**
     * The w that minimises ‖y − Xw‖² + ‖penalty ⊙ w‖², by least squares on both stacked, whose columns are independent
     * where w is unique.
     *
     * <p>By gels, because gelsy, the default, takes what it happens to find in memory for columns that it may not
     * exchange: its answer changes from call to call (<a
     * href="https://github.com/pytorch/pytorch/issues/187411">pytorch#187411</a>).
     */
    private static Tensor penalized(Tensor X, Tensor y, Tensor penalty) {
        Tensor left = torch.cat(new TensorVector(X, torch.diag(penalty)));
        Tensor right = torch.cat(new TensorVector(y, torch.zeros_like(penalty)));
        // Held by the scope: a StringViewOptional of a Java String would look at memory that is free already.
        BytePointer driver = new BytePointer("gels");
        return torch.linalg_lstsq(left, right.unsqueeze(1), new DoubleOptional(), new StringViewOptional(driver))
                .get0()
                .squeeze(1);
    }
}
