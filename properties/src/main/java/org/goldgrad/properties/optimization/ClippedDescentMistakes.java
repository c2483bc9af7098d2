package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ClipByNorm;
import org.goldgrad.analytic.optimization.ClipByValue;
import org.goldgrad.analytic.optimization.ClippedDescent;
import org.goldgrad.analytic.optimization.Norm;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong where scaling, clipping, decay, descent and projection are put together. */
final class ClippedDescentMistakes {
    private ClippedDescentMistakes() {}

    static List<Mistake> all() {
        List<Mistake> mistakes = new ArrayList<>(ofClipping());
        mistakes.addAll(ofProjection());
        mistakes.addAll(ofTheStep());
        return mistakes;
    }

    private static List<Mistake> ofClipping() {
        return List.of(
                wrong(
                        "clips-before-unscaling",
                        "clips the scaled gradient",
                        "clip(S x)/S for clip(x)",
                        Slip.CLIPS_SCALED),
                mistake("never-unscaled", "does not unscale", "g_t for g_t/S", twisted("scale", Twist.constant(1))),
                wrong(
                        "scaled-again",
                        "multiplies by the loss scale instead of dividing",
                        "S g_t for g_t/S",
                        Slip.SCALED_AGAIN),
                wrong("never-clipped", "does not clip", "k_t = g_t/S", Slip.UNCLIPPED),
                wrong(
                                "clips-each-tensor",
                                "clips every tensor by its own norm",
                                "‖x_i‖ for ‖x‖ in clip",
                                Slip.CLIPS_EACH)
                        .seenIn(
                                "https://github.com/huggingface/transformers/issues/581",
                                "https://github.com/carpedm20/MemN2N-tensorflow/issues/19"),
                wrong(
                                "clips-each-group",
                                "clips by a norm for each group of tensors, the first one and the others",
                                "x_1 by ‖x_1‖, the others by √Σ_{i>1} ‖x_i‖²",
                                Slip.CLIPS_GROUPS)
                        .seenIn("https://github.com/huggingface/transformers/pull/614"),
                wrong("clips-by-value", "clips every element by itself", "min(max(x, -c), c)", Slip.CLIPS_VALUES),
                wrong(
                        "clips-the-step",
                        "clips the step instead of the gradient",
                        "clip(α x) for α clip(x)",
                        Slip.CLIPS_STEP));
    }

    private static List<Mistake> ofProjection() {
        return List.of(
                wrong("projects-before-the-step", "projects, then moves", "P(θ_{t-1}) - α d_t", Slip.PROJECTS_BEFORE),
                wrong(
                        "projects-all-together",
                        "projects by one norm over all tensors",
                        "‖θ‖ for ‖θ_i‖ in P",
                        Slip.PROJECTS_TOGETHER),
                wrong(
                        "projects-to-norm-one",
                        "divides by the norm what is longer than the radius",
                        "x/‖x‖ for x r/‖x‖",
                        Slip.PROJECTS_TO_ONE),
                wrong(
                        "projects-to-the-sphere",
                        "rescales what is inside the ball, too",
                        "x r/‖x‖",
                        Slip.PROJECTS_ALWAYS),
                wrong("never-projects", "does not project", "P(x) = x", Slip.NEVER_PROJECTS),
                wrong("projects-once", "projects after the first step only", "P(x) = x for t > 1", Slip.PROJECTS_ONCE),
                wrong(
                        "projects-a-copy",
                        "goes on from what it has not projected",
                        "θ̃_t = θ̃_{t-1} - α d_t, θ_t = P(θ̃_t)",
                        Slip.PROJECTS_COPY),
                wrong(
                        "projects-the-gradient",
                        "projects the step instead of the parameters",
                        "θ_{t-1} - P(α d_t)",
                        Slip.PROJECTS_STEP));
    }

    private static List<Mistake> ofTheStep() {
        return List.of(
                wrong("decay-scaled", "divides the decay by the loss scale, too", "λθ/S for λθ", Slip.DECAY_SCALED),
                mistake("decay-ignored", "ignores the weight decay", "λ = 0", twisted("weight_decay", Twist.zero())),
                mistake(
                        "decay-subtracted",
                        "subtracts the weight decay from the gradient",
                        "-λθ for λθ",
                        twisted("weight_decay", Twist.scaled(-1))),
                wrong(
                        "decay-without-the-rate",
                        "takes the decay off the parameters as it is, beside the step",
                        "θ_{t-1} - α clip(g_t/S) - λθ_{t-1}",
                        Slip.DECAY_UNRATED),
                wrong(
                        "decay-of-the-start",
                        "decays towards 0 by what the parameters were at first",
                        "λθ_0",
                        Slip.DECAY_START),
                wrong("ascends", "adds the step", "θ_{t-1} + α d_t", Slip.ASCENDS),
                mistake("rate-ignored", "ignores the rate", "α = 1", twisted("lr", Twist.constant(1))));
    }

    private static Mistake wrong(String id, String did, String formula, Slip slip) {
        return mistake(id, did, formula, new Wrong(slip));
    }

    private static Definition twisted(String input, Twist.Change change) {
        return Twist.input(ClippedDescent::define, input, change);
    }

    private enum Slip {
        CLIPS_SCALED,
        SCALED_AGAIN,
        UNCLIPPED,
        CLIPS_EACH,
        CLIPS_GROUPS,
        CLIPS_VALUES,
        CLIPS_STEP,
        PROJECTS_BEFORE,
        PROJECTS_TOGETHER,
        PROJECTS_TO_ONE,
        PROJECTS_ALWAYS,
        NEVER_PROJECTS,
        PROJECTS_ONCE,
        PROJECTS_COPY,
        PROJECTS_STEP,
        DECAY_SCALED,
        DECAY_UNRATED,
        DECAY_START,
        ASCENDS
    }

    /** The loop with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            boolean before = q.convention("decay").equals("before");
            R S = q.scalar("scale");
            R alpha = q.scalar("lr");
            R lambda = q.scalar("weight_decay");
            Tensor<R> theta = q.tensor("theta0");
            List<Tensor<R>> clipped = new ArrayList<>();
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> gt : q.tensor("g").slices()) {
                Tensor<R> g = slip == Slip.SCALED_AGAIN ? gt.times(S) : gt.map(x -> x.dividedBy(S));
                Tensor<R> decay = (slip == Slip.DECAY_START ? q.tensor("theta0") : theta).times(lambda);
                Tensor<R> added = slip == Slip.DECAY_SCALED ? decay.map(x -> x.dividedBy(S)) : decay;
                boolean unrated = slip == Slip.DECAY_UNRATED;
                Tensor<R> whole = before && !unrated ? g.plus(added) : g;
                Tensor<R> k = clipped(q, whole);
                Tensor<R> d = before || unrated ? k : k.plus(added);
                Tensor<R> step = slip == Slip.CLIPS_STEP ? stepClipped(q, whole, before, added) : d.times(alpha);
                Tensor<R> way = slip == Slip.PROJECTS_STEP ? projected(q, step, 0) : step;
                Tensor<R> from = slip == Slip.PROJECTS_BEFORE ? projected(q, theta, 0) : theta;
                Tensor<R> moved = slip == Slip.ASCENDS ? from.plus(way) : from.minus(way);
                moved = unrated ? moved.minus(decay) : moved;
                boolean left = slip == Slip.PROJECTS_BEFORE || slip == Slip.PROJECTS_STEP;
                Tensor<R> result = left ? moved : projected(q, moved, thetas.size());
                theta = slip == Slip.PROJECTS_COPY ? moved : result;
                clipped.add(slip == Slip.CLIPS_STEP ? step : k);
                thetas.add(result);
            }
            return Answer.of("clipped", Tensor.stack(clipped)).and("theta", Tensor.stack(thetas));
        }

        private <R extends Real<R>> Tensor<R> stepClipped(
                Question<R> q, Tensor<R> whole, boolean before, Tensor<R> decay) {
            R alpha = q.scalar("lr");
            Tensor<R> d = before ? whole : whole.plus(decay);
            return byNorm(q, d.times(alpha));
        }

        private <R extends Real<R>> Tensor<R> clipped(Question<R> q, Tensor<R> x) {
            return switch (slip) {
                case CLIPS_SCALED ->
                    byNorm(q, x.times(q.scalar("scale"))).map(each -> each.dividedBy(q.scalar("scale")));
                case UNCLIPPED -> x;
                case CLIPS_EACH ->
                    Tensor.stack(
                            x.slices().stream().map(each -> byNorm(q, each)).toList());
                case CLIPS_GROUPS -> {
                    List<Tensor<R>> tensors = new ArrayList<>();
                    tensors.add(byNorm(q, x.slice(0)));
                    if (x.size(0) > 1) {
                        tensors.addAll(byNorm(q, Tensor.stack(x.slices().subList(1, x.size(0))))
                                .slices());
                    }
                    yield Tensor.stack(tensors);
                }
                case CLIPS_VALUES -> x.map(each -> ClipByValue.clipped(each, q.scalar("limit")));
                default -> byNorm(q, x);
            };
        }

        private static <R extends Real<R>> Tensor<R> byNorm(Question<R> q, Tensor<R> x) {
            return Norm.shortened(x, ClipByNorm.compared(q, Norm.of(x)), q.scalar("limit"));
        }

        /** The parameters after a step, with this many before it. */
        private <R extends Real<R>> Tensor<R> projected(Question<R> q, Tensor<R> x, int steps) {
            R r = q.scalar("radius");
            return switch (slip) {
                case PROJECTS_TOGETHER -> Norm.shortened(x, Norm.of(x), r);
                case NEVER_PROJECTS -> x;
                case PROJECTS_TO_ONE -> each(x, WrongLimit.Slip.TO_ONE, r);
                case PROJECTS_ALWAYS -> each(x, WrongLimit.Slip.ALWAYS, r);
                case PROJECTS_ONCE -> steps == 0 ? each(x, WrongLimit.Slip.NONE, r) : x;
                default -> each(x, WrongLimit.Slip.NONE, r);
            };
        }

        private static <R extends Real<R>> Tensor<R> each(Tensor<R> x, WrongLimit.Slip slip, R r) {
            return Tensor.stack(x.slices().stream()
                    .map(row -> slip.of(row, Norm.of(row), r))
                    .toList());
        }
    }
}
