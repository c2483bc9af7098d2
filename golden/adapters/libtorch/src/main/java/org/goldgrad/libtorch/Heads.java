package org.goldgrad.libtorch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What stands on a recurrent layer: libtorch's linear, mse_loss, log_softmax and nll_loss. */
final class Heads {
    private Heads() {}

    static Map<String, Tensor> regression(Question q) {
        Tensor prediction =
                prediction(q, Vanilla.run(q.choice("nonlinearity"), q).h());
        return Map.of("prediction", prediction, "loss", loss(q, prediction));
    }

    /** time×batch×outputs, of h time×batch×hidden */
    static Tensor prediction(Question q, Tensor h) {
        return Vanilla.linear(h, q.tensor("F").t(), q.tensor("f"));
    }

    /** Of all steps or of the last. */
    static Tensor loss(Question q, Tensor prediction) {
        Tensor z = q.tensor("z");
        return q.chooses("targets", "all")
                ? torch.mse_loss(prediction, z)
                : torch.mse_loss(prediction.select(0, -1), z.select(0, -1));
    }

    static Map<String, Tensor> classifier(Question q) {
        Tensor last = Vanilla.run("tanh", q).last().select(0, 0);
        Tensor logp = torch.log_softmax(prediction(q, last), -1);
        return Map.of("logp", logp, "loss", torch.nll_loss(logp, q.integers("labels")));
    }
}
