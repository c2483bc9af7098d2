package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.recurrent.LstmInColumns;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in LSTM layers whose weights multiply columns: all that does in rows, and the storage of weights. */
final class ColumnLstmMistakes {
    private static final List<String> INPUTS = List.of("x", "h0", "c0", "U", "W", "b", "d");

    private ColumnLstmMistakes() {}

    static List<Mistake> ofLayer() {
        return ofStorage(LstmMistakes.of(LstmInColumns::new), UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = new Gradient(LstmInColumns.LAYER, INPUTS);
        List<Mistake> mistakes = ofStorage(
                LstmMistakes.ofGradient(
                        right, layer -> new Gradient(new LstmInColumns(layer), INPUTS), List.of("U", "W", "b", "d")),
                layer -> new Gradient(layer, INPUTS));
        mistakes.add(mistake(
                "recurrent-gradient-transposed",
                "transposes dW within each gate",
                "dW = Σ h_{t-1} δ_tᵀ instead of Σ δ_t h_{t-1}ᵀ",
                Twist.output(right, "dW", Twist.transposed(0, 2, 1))));
        mistakes.add(mistake(
                "no-second-bias-gradient",
                "gives no gradient to the second bias",
                "dd = 0 instead of Σ_t Σ_batch δ_t",
                Twist.output(right, "dd", Twist.zero())));
        return mistakes;
    }

    /** Those of the layer in rows, without those about its single bias and its stored forget bias, and those of storage. */
    private static List<Mistake> ofStorage(List<Mistake> ofRows, UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(ofRows);
        mistakes.removeIf(
                each -> List.of("no-bias", "bias-twice", "forget-bias-added").contains(each.id()));
        LstmInColumns right = LstmInColumns.LAYER;
        mistakes.add(mistake(
                "no-first-bias",
                "leaves out the first bias",
                "b = 0",
                from.apply(Twist.input(right, "b", Twist.zero()))));
        mistakes.add(mistake(
                        "no-second-bias",
                        "leaves out the second bias",
                        "d = 0",
                        from.apply(Twist.input(right, "d", Twist.zero())))
                .seenIn("https://github.com/pytorch/pytorch/issues/750"));
        mistakes.add(mistake(
                "input-weights-stored-by-rows",
                "reads U as features×4·hidden",
                "the elements of U in memory taken for those of its transpose",
                from.apply(Twist.input(right, "U", storedByRows()))));
        mistakes.add(mistake(
                "recurrent-weights-stored-by-rows",
                "reads W as hidden×4·hidden",
                "the elements of W in memory taken for those of its transpose",
                from.apply(Twist.input(right, "W", storedByRows()))));
        mistakes.add(mistake(
                        "forget-bias-in-both-biases",
                        "adds the forget bias to both biases",
                        "f = sigmoid(z^f + 2)",
                        from.apply(new LstmInColumns(new LstmMistakes.ForgetBias())))
                .under("forget_bias", "added"));
        return mistakes;
    }

    /** Gates×m×n in memory, taken for n×gates×m. */
    private static Twist.Change storedByRows() {
        return new Twist.Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                int n = tensor.size(2);
                return tensor.reshape(n, tensor.size() / n).transpose().reshape(tensor.shape());
            }
        };
    }
}
