package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/** Sequences of different lengths in one array, time×batch×anything, of which sequence k has its first n_k steps. */
public final class Ragged {
    private Ragged() {}

    /** n_k as an integer. */
    static <R extends Real<R>> int length(Tensor<R> lengths, int k) {
        return (int) lengths.at(k).doubleValue();
    }

    /** Whether a row-major position of time×batch×anything comes after the end of its sequence. */
    public static <R extends Real<R>> boolean isPadding(Tensor<R> x, Tensor<R> lengths, int position) {
        int width = x.size(2);
        int batch = x.size(1);
        int step = position / width / batch;
        return step >= length(lengths, position / width % batch);
    }

    /** The steps of sequence k, as a batch of one: n_k×1×anything. */
    static <R extends Real<R>> Tensor<R> sequence(Tensor<R> x, Tensor<R> lengths, int k) {
        List<Tensor<R>> steps = x.transpose(1, 0, 2).slice(k).slices().subList(0, length(lengths, k));
        return Tensor.stack(steps).reshape(steps.size(), 1, x.size(2));
    }

    /** Batches of one, each padded with zeros to T steps, side by side: T×batch×anything. */
    static <R extends Real<R>> Tensor<R> padded(List<Tensor<R>> sequences, int T) {
        return Tensor.stack(sequences.stream()
                        .map(sequence -> Tensor.of(
                                sequence.arithmetic(),
                                new int[] {T, sequence.size(2)},
                                i -> i < sequence.size()
                                        ? sequence.at(i)
                                        : sequence.arithmetic().zero()))
                        .toList())
                .transpose(1, 0, 2);
    }

    /** Every sequence run backwards within its own length; padding stays where it is. */
    public static <R extends Real<R>> Tensor<R> reversed(Tensor<R> x, Tensor<R> lengths) {
        List<Tensor<R>> sequences = new ArrayList<>();
        for (int k = 0; k < x.size(1); k++) {
            List<Tensor<R>> steps =
                    new ArrayList<>(x.transpose(1, 0, 2).slice(k).slices());
            Collections.reverse(steps.subList(0, length(lengths, k)));
            sequences.add(Tensor.stack(steps));
        }
        return Tensor.stack(sequences).transpose(1, 0, 2);
    }
}
