package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Classifier;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in classifiers of sequences; every mistake of the network is one of its gradient too. */
final class ClassifierMistakes {
    private static final Definition NETWORK = Classifier.NETWORK;

    private ClassifierMistakes() {}

    static List<Mistake> ofNetwork() {
        return of(UnaryOperator.identity());
    }

    /** The network's mistakes, each made by a definition derived from the wrong network. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
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
                                "probabilities-clipped",
                                "clips probabilities to [1e-10, 1 - 1e-10]",
                                "loss = -(mean of log min(max(p of the label, 1e-10), 1 - 1e-10))",
                                from.apply(new Clipped()))
                        .seenIn("Deeplearning4j 1.0.0-M2.1, LossMCXENT by default"),
                mistake(
                        "softmax-over-the-batch",
                        "normalises over the batch instead of the classes",
                        "log Σ exp over the sequences",
                        from.apply(new OverBatch())),
                mistake(
                        "sigmoid-for-each-class",
                        "takes each logit for a decision of its own",
                        "logp = log sigmoid(logits)",
                        from.apply(new Sigmoid())),
                mistake(
                        "no-output-bias",
                        "leaves out the bias of the linear layer",
                        "logits = h_T F",
                        from.apply(Twist.input(NETWORK, "f", Twist.zero())))));
        return mistakes;
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(NETWORK);
        List<Mistake> mistakes = new ArrayList<>(of(ClassifierMistakes::gradient));
        // Where only the last state is read off, the last step's contribution is what is left without a gradient
        // through time.
        TimeMistakes.backward(unrolling -> gradient(unrolled(unrolling))).stream()
                .filter(mistake -> !mistake.id().equals("weights-of-the-last-step-only"))
                .forEach(mistakes::add);
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b", "F", "f")));
        mistakes.add(GradientMistakes.lossUpstreamIgnored(right));
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

    private record Clipped() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            R least = q.arithmetic().of(1e-10).log();
            R most = q.arithmetic().of(1 - 1e-10).log().negate();
            return withLoss(
                    right,
                    q,
                    right.output("logp")
                            .map(logp -> logp.max(least).negate().max(most).negate()));
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

    private record Sigmoid() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            Tensor<R> logp = right.intermediate("logits").map(a -> a.sigmoid().log());
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
