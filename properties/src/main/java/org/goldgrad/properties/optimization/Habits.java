package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.optimization.Trajectory;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What may go wrong in any optimizer: whose settings, which gradient, which memory, which step. */
final class Habits {
    /** What a setting is where nobody passes it on. */
    private static final Map<String, Double> DEFAULTS = Map.ofEntries(
            Map.entry("lr", 1.0),
            Map.entry("delta", 1.0),
            Map.entry("epsilon", 1.0),
            Map.entry("alpha", 0.5),
            Map.entry("beta", 0.9),
            Map.entry("beta1", 0.9),
            Map.entry("beta2", 0.999),
            Map.entry("rho", 0.9),
            Map.entry("eps", 1e-8),
            Map.entry("psi", 0.004));

    /** Biases and normalizations, which should not decay, decay as weights do. */
    private static final String[] DECAYED_ALIKE = {
        "https://github.com/yandex-research/tabular-dl-tabr/issues/19",
        "https://github.com/tensorflow/benchmarks/issues/191",
        "https://github.com/CyberZHG/keras-bert/issues/60"
    };

    private Habits() {}

    static List<Mistake> of(Trajectory right, List<String> settings) {
        List<Mistake> habits = new ArrayList<>();
        for (String setting : settings) {
            double instead = DEFAULTS.getOrDefault(setting, 0.0);
            habits.add(mistake(
                    setting.replace('_', '-') + "-ignored",
                    "ignores " + setting,
                    setting + " = " + plain(instead) + ", whatever was asked",
                    Twist.input(right, setting, Twist.constant(instead))));
        }
        for (String setting : settings) {
            habits.add(mistake(
                            setting.replace('_', '-') + "-of-first-group",
                            "uses the first group's " + setting + " for every group",
                            setting + " of group 1 everywhere",
                            Twist.input(right, setting, firstForAll()))
                    .seenIn(
                            setting.equals("weight_decay")
                                    ? DECAYED_ALIKE
                                    : new String[] {"https://github.com/PaddlePaddle/Paddle/pull/43013"}));
        }
        if (settings.containsAll(List.of("beta1", "beta2"))) {
            habits.add(mistake(
                    "betas-swapped",
                    "takes β1 for β2 and β2 for β1",
                    "m = beta2 m + …, and beta1 in place of beta2",
                    Twist.swapped(right, "beta1", "beta2")));
        }
        habits.add(mistake(
                        "buffer-reset-every-step",
                        "starts from an empty memory at every step",
                        "0 in place of what the last step left",
                        new Emptied(right))
                .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/516"));
        habits.add(mistake(
                        "gradients-accumulate",
                        "never zeroes the gradient",
                        "g_1 + … + g_t in place of g_t",
                        Twist.input(right, "g", accumulated()))
                .seenIn("https://github.com/cbovar/ConvNetSharp/issues/29"));
        habits.add(mistake(
                "gradients-in-reverse",
                "takes the gradients from last to first",
                "g_{T+1-t} in place of g_t",
                Twist.input(right, "g", Twist.reversed())));
        habits.add(mistake(
                        "first-group-settings-for-all",
                        "uses the first group's settings for every group",
                        "the settings of group 1 everywhere",
                        new FirstSettings(right))
                .seenIn("https://github.com/PaddlePaddle/Paddle/pull/43013"));
        habits.add(mistake(
                "memory-shared-between-groups",
                "keeps one memory for all groups",
                "what group 1 has left in place of what this group has left",
                new OneMemory(right)));
        habits.add(mistake(
                "first-group-only",
                "moves the first group only",
                "θ_t = θ_0 in every other group",
                new FirstOnly(right)));
        habits.add(mistake(
                "counter-shared-between-groups",
                "advances one step counter for every group",
                "group k of n is at step n(t-1)+k",
                new SharedCounter(right)));
        habits.add(mistake(
                        "counts-from-two",
                        "counts the first step as the second",
                        "t + 1 in place of t",
                        new Late(right))
                .seenIn("https://github.com/karpathy/nanochat/pull/818"));
        habits.add(mistake(
                "counter-stands-still", "takes every step for the first", "1 in place of t", new Standstill(right)));
        return habits;
    }

    /** A default as people write it: 1, 0.9, 1e-8. */
    private static String plain(double x) {
        return x == 1e-8 ? "1e-8" : x == Math.rint(x) ? Integer.toString((int) x) : Double.toString(x);
    }

    /** Every element becomes the first. */
    private static Twist.Change firstForAll() {
        return new Twist.Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.map(x -> tensor.at(0));
            }
        };
    }

    /** Every part along the first axis becomes the sum of all up to it. */
    private static Twist.Change accumulated() {
        return new Twist.Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                List<Tensor<R>> sums = new ArrayList<>(tensor.slices());
                for (int t = 1; t < sums.size(); t++) {
                    sums.set(t, sums.get(t).plus(sums.get(t - 1)));
                }
                return Tensor.stack(sums);
            }
        };
    }

    private static final class Emptied extends Trajectory {
        private Emptied(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected boolean forgets() {
            return true;
        }
    }

    private static final class FirstSettings extends Trajectory {
        private FirstSettings(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected int settings(int group) {
            return 0;
        }
    }

    private static final class OneMemory extends Trajectory {
        private OneMemory(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected int memory(int i, int parameters) {
            return i % parameters;
        }
    }

    private static final class FirstOnly extends Trajectory {
        private FirstOnly(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected boolean steps(int group) {
            return group == 0;
        }
    }

    private static final class SharedCounter extends Trajectory {
        private SharedCounter(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected int count(int t, int group, int groups) {
            return groups * (t - 1) + group + 1;
        }
    }

    private static final class Late extends Trajectory {
        private Late(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected int count(int t, int group, int groups) {
            return t + 1;
        }
    }

    private static final class Standstill extends Trajectory {
        private Standstill(Trajectory right) {
            super(right, right.rule());
        }

        @Override
        protected int count(int t, int group, int groups) {
            return 1;
        }
    }
}
