package org.goldgrad.libtorch;

import java.util.Map;
import org.bytedeco.pytorch.FanModeType;
import org.bytedeco.pytorch.Nonlinearity;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kFanIn;
import org.bytedeco.pytorch.kLinear;
import org.bytedeco.pytorch.kReLU;

/** Initial weights: torch::nn::init, from libtorch's generator. */
final class Initialization {
    /** The slope that only a leaky relu has. */
    private static final double NO_SLOPE = 0;

    private Initialization() {}

    static Map<String, Tensor> gaussian(Question q) {
        Tensor W = seeded(q);
        return Map.of(
                "W",
                q.chooses("variance", "glorot")
                        ? torch.xavier_normal_(W)
                        : torch.kaiming_normal_(W, NO_SLOPE, new FanModeType(new kFanIn()), before(q)));
    }

    static Map<String, Tensor> uniform(Question q) {
        Tensor W = seeded(q);
        return Map.of(
                "W",
                q.chooses("variance", "glorot")
                        ? torch.xavier_uniform_(W)
                        : torch.kaiming_uniform_(W, NO_SLOPE, new FanModeType(new kFanIn()), before(q)));
    }

    /** What the weights make up for: he for relus, lecun for nothing. */
    private static Nonlinearity before(Question q) {
        return q.chooses("variance", "he") ? new Nonlinearity(new kReLU()) : new Nonlinearity(new kLinear());
    }

    /** Weights to fill, outputs×inputs×height×width, after the generator has got the question's seed. */
    private static Tensor seeded(Question q) {
        torch.manual_seed(q.integer("seed"));
        long[] shape = {q.integer("outputs"), q.integer("inputs"), q.integer("height"), q.integer("width")};
        return torch.zeros(shape, new TensorOptions(q.tensors().type()));
    }
}
