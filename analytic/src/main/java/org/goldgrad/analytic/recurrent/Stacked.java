package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * Recurrent layers on top of each other: the inputs of each are the hidden states of the one below.
 *
 * <pre>
 *   h¹ = layer(x)      h^{ℓ+1} = layer(h^ℓ)      h = h^{above+1}      last0 = h¹_T      last = h²_T, h³_T, …
 *   the first layer's arrays as the layer has them; those of all others along a first axis "above"
 *   h  time×batch×hidden       last0  batch×hidden       last  above×batch×hidden
 * </pre>
 *
 * @param names what the arrays of the layers above are called, by their names in the layer
 * @param finals whether last0 and last are outputs
 */
public record Stacked(Definition layer, Map<String, String> names, boolean finals) implements Definition {
    /** Plain layers. */
    public static final Stacked VANILLA = vanilla(VanillaRnn.LAYER);

    /** Layers of long short-term memory. */
    public static final Stacked LSTM =
            new Stacked(Lstm.LAYER, Map.of("h0", "H0", "c0", "C0", "U", "UA", "W", "WA", "b", "B"), false);

    public Stacked {
        names = Collections.unmodifiableMap(new TreeMap<>(names));
    }

    /** A stack of layers that have the arrays of a plain one. */
    public static Stacked vanilla(Definition layer) {
        return new Stacked(layer, Map.of("h0", "H0", "U", "UA", "W", "WA", "b", "B"), true);
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        List<Tensor<R>> h = new ArrayList<>(List.of(layer.of(q).output("h")));
        for (int above = 0; above < q.tensor("H0").size(0); above++) {
            h.add(layer.of(layer(q, above).with("x", h.get(above))).output("h"));
        }
        int top = h.size() - 1;
        Answer<R> answer = Answer.of("h", h.get(top)).through("below", Tensor.stack(h.subList(0, top)));
        return finals ? answer.and("last0", last(h.get(0))).and("last", Tensor.stack(above(h))) : answer;
    }

    /** The question to one of the layers above the first, but for its inputs. */
    public <R extends Real<R>> Question<R> layer(Question<R> q, int above) {
        Question<R> one = q;
        for (Map.Entry<String, String> name : names.entrySet()) {
            one = one.with(name.getKey(), q.tensor(name.getValue()).slice(above));
        }
        return one;
    }

    private static <R extends Real<R>> List<Tensor<R>> above(List<Tensor<R>> h) {
        return h.subList(1, h.size()).stream().map(Stacked::last).toList();
    }

    private static <R extends Real<R>> Tensor<R> last(Tensor<R> h) {
        return h.slice(h.size(0) - 1);
    }
}
