package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class SequenceClassifierTest {
    private final Drawn drawn = new Drawn();
    private final SimpleMatrix U = drawn.matrix(3, 2);
    private final SimpleMatrix W = drawn.matrix(2, 2);
    private final SimpleMatrix b = drawn.matrix(1, 2);
    private final SimpleMatrix F = drawn.matrix(2, 4);
    private final SimpleMatrix f = drawn.matrix(1, 4);
    private final SimpleMatrix h0 = drawn.matrix(2, 2);
    private final List<SimpleMatrix> x = drawn.sequence(3, 2, 3);

    private SequenceClassifier classifier() {
        return SequenceClassifier.of(VanillaRnn.of(U, W, b, Activation.TANH), F, f);
    }

    /** Scores f, whatever has been read. */
    private SequenceClassifier indifferent(double... scores) {
        return SequenceClassifier.of(
                VanillaRnn.of(U, W, b, Activation.TANH), new SimpleMatrix(2, scores.length), row(scores));
    }

    @Test
    void without_scores_all_classes_are_equally_likely() {
        SequenceClassifier.Output output = indifferent(0, 0, 0, 0).forward(x, h0, List.of(0, 3));
        assertEquals(StrictMath.log(4), output.loss(), Math.ulp(StrictMath.log(4)));
        SequenceClassifierGradient gradient =
                SequenceClassifierGradient.of(indifferent(0, 0, 0, 0), x, h0, List.of(0, 3), new SimpleMatrix(2, 4), 1);
        // (softmax − onehot)/2, over both rows
        assertEntries(gradient.df(), -0.25, 0.25, 0.25, -0.25);
    }

    @Test
    void certainty_keeps_its_digits() {
        SequenceClassifier certain = indifferent(0, 50);
        double doubt = StrictMath.exp(-50); // log(1 + e^{−50}) and 1/(1 + e^{50}), to an ulp
        SequenceClassifier.Output output = certain.forward(x, h0, List.of(1, 1));
        assertEquals(doubt, output.loss(), 2 * Math.ulp(doubt));
        assertEquals(-50, output.logp().get(0, 0));
        SequenceClassifierGradient gradient =
                SequenceClassifierGradient.of(certain, x, h0, List.of(1, 1), new SimpleMatrix(2, 2), 1);
        assertEquals(doubt, gradient.df().get(0), 4 * Math.ulp(doubt));
        assertEquals(-doubt, gradient.df().get(1), 4 * Math.ulp(doubt));
    }

    @Test
    void large_scores_do_not_overflow() {
        SequenceClassifier.Output output = indifferent(-1e300, 1e300, 2000).forward(x, h0, List.of(1, 2));
        assertEntries(output.logp().getRow(0), -2e300, 0, -1e300);
        assertEquals(0.5e300, output.loss());
    }

    @Test
    void agrees_with_differences_of_the_loss() {
        List<Integer> labels = List.of(2, 0);
        SimpleMatrix dlogp = drawn.matrix(2, 4);
        double dloss = 0.75;
        SequenceClassifierGradient gradient = SequenceClassifierGradient.of(classifier(), x, h0, labels, dlogp, dloss);
        new Differences(() -> {
                    SequenceClassifier.Output output = classifier().forward(x, h0, labels);
                    return Differences.inner(List.of(dlogp), List.of(output.logp())) + dloss * output.loss();
                })
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db())
                .agree("F", F, gradient.dF())
                .agree("f", f, gradient.df());
    }

    @Test
    void refuses_labels_that_are_no_classes() {
        assertRefusal(
                "labels must be from 0 to classes − 1 = 3, one is 4",
                () -> classifier().forward(x, h0, List.of(0, 4)));
        assertRefusal(
                "labels must be from 0 to classes − 1 = 3, one is -1",
                () -> classifier().forward(x, h0, List.of(-1, 0)));
        assertRefusal(
                "labels must have 2 entries, one for each sequence of the batch, has 1",
                () -> classifier().forward(x, h0, List.of(0)));
    }
}
