package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.RunningAverage;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;

/** {@code recurrent.running_average}: the targets of the averaging task. */
public final class AveragingOperation {
    private static final String SOURCE = VanillaOperation.SOURCE + "(c)";
    private static final Definition AVERAGE = RunningAverage::define;

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.running_average", "Running average of a sequence")
            .formula("""
                    y_t = (1/t) Σ_{s≤t} x_s      last = y_T""")
            .source(SOURCE)
            .input("x", "time,batch", Domain.REAL)
            .output("y", "time,batch")
            .output("last", "batch")
            .size("time", 1, 6)
            .size("batch", 1, 4)
            .definition(AVERAGE)
            .reference(AveragingOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "running-average-recursion",
                            "y_1 = x_1 and t y_t = (t-1) y_{t-1} + x_t",
                            SOURCE,
                            AveragingOperation::recursion),
                    holds(
                            "running-average-order",
                            "last does not depend on the order of the inputs",
                            SOURCE,
                            AveragingOperation::order))
            .example("five sequences of nine steps", Map.of("time", 9, "batch", 5))
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private AveragingOperation() {}

    private static Outputs refer(Inputs in) {
        var out = org.goldgrad.reference.recurrent.RunningAverage.of(Ejml.matrix(in.array("x")));
        return Outputs.of("y", Ejml.array(out.y(), in.array("x").shape()))
                .and("last", Ejml.array(out.last(), in.array("x").size(1)));
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake(
                        "divides-by-the-whole-length",
                        "divides every partial sum by the length of the sequence",
                        "y_t = (1/T) Σ_{s≤t} x_s",
                        new Averaged((t, T) -> T)),
                mistake(
                        "counts-from-zero",
                        "divides by one less, the first sum by 1",
                        "y_t = (1/max(t-1, 1)) Σ_{s≤t} x_s",
                        new Averaged((t, T) -> Math.max(t - 1, 1))),
                mistake(
                        "counts-one-more",
                        "divides by one more",
                        "y_t = (1/(t+1)) Σ_{s≤t} x_s",
                        new Averaged((t, T) -> t + 1)),
                mistake("running-sum", "adds up and does not divide", "y_t = Σ_{s≤t} x_s", new Averaged((t, T) -> 1)),
                mistake(
                        "averages-from-the-end",
                        "averages what is still to come",
                        "y_t over s > T - t in place of s ≤ t",
                        Twist.input(AVERAGE, "x", Twist.reversed())),
                mistake(
                        "last-is-the-first",
                        "returns the average after the first step for that after the last",
                        "last = y_1",
                        new FirstForLast()),
                mistake(
                        "batch-first",
                        "reads time×batch as batch×time",
                        "element tB + k of x taken for step t of sequence k of time×batch with the axes exchanged",
                        Twist.input(AVERAGE, "x", Twist.storedByColumns())));
    }

    /** What step t of T is divided by. */
    @FunctionalInterface
    private interface Divisor {
        int at(int t, int T);
    }

    private record Averaged(Divisor divisor) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> right = AVERAGE.of(q).output("y");
            List<Tensor<R>> y = new ArrayList<>();
            for (int t = 1; t <= right.size(0); t++) {
                R factor = q.arithmetic().of(t).dividedBy(divisor.at(t, right.size(0)));
                y.add(right.slice(t - 1).times(factor));
            }
            return Answer.of("y", Tensor.stack(y)).and("last", y.get(y.size() - 1));
        }
    }

    private record FirstForLast() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = AVERAGE.of(q);
            return right.and("last", right.output("y").slice(0));
        }
    }

    private static Check recursion(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Measured answer = subject.ask(OPERATION, in);
        int batch = in.array("x").size(1);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < in.array("x").size(); i++) {
            int t = i / batch + 1;
            double before = t == 1 ? 0 : (t - 1) * answer.at("y", i - batch);
            double expected = before + in.array("x").at(i);
            double allowed = t * answer.allowed("y", i)
                    + (t == 1 ? 0 : (t - 1) * answer.allowed("y", i - batch))
                    + 2 * Math.ulp(Math.abs(before) + Math.abs(in.array("x").at(i)));
            check = check.near("t y_t", t * answer.at("y", i), expected, allowed);
        }
        return check;
    }

    private static Check order(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        int T = in.array("x").size(0);
        int turn = draw.choice(T);
        int[] order = new int[T];
        for (int t = 0; t < T; t++) {
            order[t] = (t + turn) % T;
        }
        Inputs turned = OPERATION.signature().take(in, "time", order);
        return subject.ask(OPERATION, turned).agrees(Check.NOTHING_YET, "last", subject.ask(OPERATION, in), "last");
    }
}
