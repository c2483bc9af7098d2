package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Reduction;

/** Networks that run both ways: rnn_tanh, bidirectional and packed; its linear and sigmoid, unrolled, where σ is logistic. */
final class Bidirectional {
    private Bidirectional() {}

    static Map<String, Tensor> layer(Question q) {
        Tensor x = q.tensor("x");
        Tensor lengths = q.integers("lengths");
        List<Tensor> h0 = List.of(q.tensor("hf0"), q.tensor("hb0"));
        List<Parameters> ways = List.of(
                Parameters.ofRows(q.tensor("Uf"), q.tensor("Wf"), q.tensor("bf")),
                Parameters.ofRows(q.tensor("Ub"), q.tensor("Wb"), q.tensor("bb")));
        Tensor h = q.chooses("nonlinearity", "tanh")
                ? Vanilla.packed(x, lengths, h0, ways).h()
                : sigmoid(x, lengths, h0, ways);
        Tensor[] halves = h.chunk(2, -1).get();
        return Map.of("hf", halves[0], "hb", halves[1], "merged", merged(q.choice("merge"), halves));
    }

    private static Tensor merged(String merge, Tensor[] halves) {
        return switch (merge) {
            case "sum" -> torch.add(halves[0], halves[1]);
            case "mean" -> Tensors.stack(List.of(halves)).mean(0);
            case "product" -> torch.mul(halves[0], halves[1]);
            default -> throw new IllegalArgumentException("no merge " + merge);
        };
    }

    /** Each sequence alone, as far as it goes; then zeros. */
    private static Tensor sigmoid(Tensor x, Tensor lengths, List<Tensor> h0, List<Parameters> ways) {
        List<Tensor> sequences = new ArrayList<>();
        for (long i = 0; i < x.size(1); i++) {
            long n = lengths.select(0, i).item_long();
            Tensor sequence = x.narrow(1, i, 1).narrow(0, 0, n);
            Tensor h = sigmoid(sequence, h0.get(0).narrow(0, i, 1), h0.get(1).narrow(0, i, 1), ways);
            sequences.add(torch.constant_pad_nd(h, new long[] {0, 0, 0, 0, 0, x.size(0) - n}));
        }
        return Tensors.cat(sequences, 1);
    }

    /** time×batch×2·hidden, forwards first, as libtorch's layers have it. */
    private static Tensor sigmoid(Tensor x, Tensor hf0, Tensor hb0, List<Parameters> ways) {
        Tensor hf = Vanilla.run("sigmoid", x, hf0, ways.get(0)).h();
        Tensor hb = Vanilla.run("sigmoid", x.flip(0), hb0, ways.get(1)).h().flip(0);
        return Tensors.cat(List.of(hf, hb), -1);
    }

    /** One linear over the states of both ways, and mse_loss, added up. */
    static Map<String, Tensor> regression(Question q) {
        Tensor x = q.tensor("x");
        Tensor Wf = q.tensor("Wf");
        Tensor Wb = q.tensor("Wb");
        Tensor none = Wf.new_zeros(Wf.size(0));
        Tensor h0 = Wf.new_zeros(x.size(1), Wf.size(0));
        List<Parameters> ways =
                List.of(Parameters.ofRows(q.tensor("Uf"), Wf, none), Parameters.ofRows(q.tensor("Ub"), Wb, none));
        Tensor V = Tensors.cat(List.of(q.tensor("Vf"), q.tensor("Vb")), 0);
        Tensor y = torch.linear(sigmoid(x, h0, h0, ways), V.t());
        return Map.of("y", y, "loss", torch.mse_loss(y, q.tensor("z"), Reduction.Sum.value));
    }
}
