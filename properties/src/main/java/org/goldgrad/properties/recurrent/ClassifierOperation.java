package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Classifier;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
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
            .output("logp", "batch,classes")
            .output("loss", "")
            .size("time", 1, 3)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("classes", 2, 4)
            .definition(NETWORK)
            .reference(ClassifierOperation::refer)
            .mistakes(mistakes(UnaryOperator.identity()))
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
            .mistakes(gradientMistakes())
            .claims(holds(
                    "classifier-gradient",
                    "with dlogp = 0 the gradient by the logits is (dloss/batch)(softmax - onehot), whose rows add up to 0: "
                            + "df is its sum over the batch and dF its product with h_Tᵀ",
                    SOURCE,
                    ClassifierClaims::gradient))
            .example("three sequences of six steps through a wide layer", WIDE)
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

    /** The network's mistakes, each made by a definition derived from the wrong network. */
    private static List<Mistake> mistakes(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(ArgumentMistakes.of(NETWORK, from, "h0", "W", "b"));
        mistakes.addAll(List.of(
                mistake(
                        "sums-over-the-batch",
                        "adds the losses of a batch instead of averaging them",
                        "loss = -Σ_k logp of label k",
                        from.apply(new Scaled(false))),
                mistake(
                        "divides-by-the-classes-too",
                        "averages over batch and classes",
                        "loss divided by batch · classes",
                        from.apply(new Scaled(true))),
                mistake(
                        "labels-from-one",
                        "counts the classes from 1",
                        "class label - 1 in place of class label, the last for the first",
                        from.apply(new OtherLabels())),
                mistake(
                        "likelihood-without-its-sign",
                        "forgets the minus sign",
                        "loss = mean of logp",
                        from.apply(Twist.output(NETWORK, "loss", Twist.scaled(-1)))),
                mistake(
                        "probability-of-the-label",
                        "averages probabilities instead of their logarithms",
                        "loss = -(mean of p of the label)",
                        from.apply(new Probability())),
                mistake(
                        "softmax-over-the-batch",
                        "normalises over the batch instead of the classes",
                        "log Σ exp over the sequences",
                        from.apply(new OverBatch())),
                mistake(
                        "no-output-bias",
                        "leaves out the bias of the linear layer",
                        "logits = h_T F",
                        from.apply(Twist.input(NETWORK, "f", Twist.zero())))));
        return mistakes;
    }

    private static List<Mistake> gradientMistakes() {
        Gradient right = gradient(NETWORK);
        List<Mistake> mistakes = new ArrayList<>(mistakes(ClassifierOperation::gradient));
        // Where only the last state is read off, the last step's contribution is what is left without a gradient
        // through time.
        TimeMistakes.backward(unrolling -> gradient(unrolled(unrolling))).stream()
                .filter(mistake -> !mistake.id().equals("weights-of-the-last-step-only"))
                .forEach(mistakes::add);
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b", "F", "f")));
        mistakes.add(mistake(
                "ignores-upstream-of-the-loss",
                "takes the upstream gradient of the loss for 1",
                "dloss = 1",
                Twist.input(right, "dloss", Twist.constant(1))));
        mistakes.add(mistake(
                "log-softmax-as-a-shift",
                "treats log Σ exp as a constant",
                "the gradient by the logits without the softmax",
                gradient(new ConstantSum())));
        return mistakes;
    }

    private static Gradient gradient(Definition network) {
        return new Gradient(network, List.of("U", "W", "b", "F", "f"));
    }

    private static Classifier unrolled(Unrolling unrolling) {
        return new Classifier(VanillaMistakes.unrolled(unrolling));
    }

    private record Scaled(boolean down) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            int batch = right.output("logp").size(0);
            int classes = right.output("logp").size(1);
            return right.changing("loss", loss -> loss.map(x -> down ? x.dividedBy(classes) : x.times(batch)));
        }
    }

    private record OtherLabels() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int classes = q.tensor("f").size();
            return NETWORK.of(q.with(
                    "labels",
                    q.tensor("labels")
                            .map(label -> label.arithmetic().of((label.doubleValue() + classes - 1) % classes))));
        }
    }

    /** The loss made from the logarithms of the probabilities in another way. */
    private static <R extends Real<R>> Answer<R> withLoss(Answer<R> right, Question<R> q, Tensor<R> likely) {
        List<Tensor<R>> picked = new ArrayList<>();
        for (int k = 0; k < likely.size(0); k++) {
            int label = (int) q.tensor("labels").at(k).doubleValue();
            picked.add(Tensor.scalar(likely.get(k, label)));
        }
        return right.and(
                "loss", Tensor.stack(picked).sum().dividedBy(picked.size()).negate());
    }

    private record Probability() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            return withLoss(right, q, right.output("logp").map(R::exp));
        }
    }

    private record OverBatch() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            Tensor<R> logp = Classifier.logSoftmax(right.intermediate("logits").transpose())
                    .transpose();
            return withLoss(right.and("logp", logp), q, logp);
        }
    }

    private record ConstantSum() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            Tensor<R> logits = right.intermediate("logits");
            Tensor<R> sums = logits.minus(right.output("logp")).map(R::detach);
            Tensor<R> logp = logits.minus(sums);
            return withLoss(right.and("logp", logp), q, logp);
        }
    }
}
