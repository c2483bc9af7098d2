package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Classifier;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Whole;
import org.goldgrad.reference.recurrent.Activation;
import org.goldgrad.reference.recurrent.SequenceClassifier;
import org.goldgrad.reference.recurrent.SequenceClassifierGradient;

/** {@code recurrent.classifier} and its gradient: which class a sequence belongs to, read off its last state. */
public final class ClassifierOperation {
    private static final String SOURCE = "EECS 182 (Fall 2023), homework 8, question 3";
    private static final Definition NETWORK = Classifier.NETWORK;
    private static final Map<String, Integer> WIDE =
            Map.of("time", 6, "batch", 3, "features", 7, "hidden", 5, "classes", 4);

    /** The declaration of the network. */
    public static final Operation OPERATION = Operation.named("recurrent.classifier", "Recurrent classifier")
            .formula("""
                    h_t = tanh(x_t U + h_{t-1} W + b), h_0 = h0      logits = h_T F + f
                    logp = logits - log Σ exp(logits) over the classes      loss = -(mean of logp of the label over the batch)
                    x may hold characters, one-hot; labels count from 0""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .input("F", "hidden,classes", Domain.REAL)
            .input("f", "classes", Domain.REAL)
            .input("labels", "batch", new Whole(0, "classes", 1))
            .intermediate("h", "time,batch,hidden")
            .intermediate("logits", "batch,classes")
            .output("logp", "batch,classes")
            .output("loss", "")
            .size("time", 1, 3)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("classes", 2, 4)
            .definition(NETWORK)
            .reference(ClassifierOperation::refer)
            .mistakes(ClassifierMistakes.ofNetwork())
            .claims(
                    holds(
                            "classifier-probabilities",
                            "the probabilities e^logp of a sequence add up to 1, and the loss is not negative",
                            SOURCE,
                            ClassifierClaims::probabilities),
                    holds(
                            "classifier-shift",
                            "adding a constant to all of f changes nothing",
                            SOURCE,
                            ClassifierClaims::shift))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("U", "W", "b", "F", "f")
            .reference(ClassifierOperation::referGradient)
            .mistakes(ClassifierMistakes.ofGradient())
            .claims(holds(
                    "classifier-gradient",
                    "with dlogp = 0 the gradient by the logits is (dloss/batch)(softmax - onehot), whose rows add up to 0: "
                            + "df is its sum over the batch and dF its product with h_Tᵀ",
                    SOURCE,
                    ClassifierClaims::gradient))
            .example("three sequences of six steps through a wide layer", WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private ClassifierOperation() {}

    private static SequenceClassifier network(Inputs in) {
        return SequenceClassifier.of(
                VanillaOperation.layer(in, Activation.TANH), Ejml.matrix(in.array("F")), Ejml.row(in.array("f")));
    }

    private static Outputs refer(Inputs in) {
        var out = network(in)
                .forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.integers(in.array("labels")));
        return Outputs.of(
                        "logp",
                        Ejml.array(
                                out.logp(),
                                in.array("labels").size(),
                                in.array("f").size()))
                .and("loss", Array.scalar(out.loss()));
    }

    private static Outputs referGradient(Inputs in) {
        SequenceClassifierGradient d = SequenceClassifierGradient.of(
                network(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.integers(in.array("labels")),
                Ejml.matrix(in.array("dlogp")),
                in.scalar("dloss"));
        return ByInput.of(in)
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .and("F", d.dF())
                .and("f", d.df())
                .outputs();
    }
}
