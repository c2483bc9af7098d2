package org.goldgrad.properties.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Stacked;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Law;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/**
 * The laws of stacks, of whatever layers: running the layers one after another is itself an honest computation of the
 * stack, so each of the two may be off by what the stack is allowed.
 */
final class StackedClaims {
    private StackedClaims() {}

    static Law composition(Supplier<Operation> stack, Operation layer, Stacked definition) {
        return (subject, draw) -> {
            Inputs in = stack.get().inputs(draw);
            List<Inputs> layers = layers(subject, in, layer, definition);
            Array top = subject.ask(layer, layers.get(layers.size() - 1)).array("h");
            return SequenceClaims.same(Check.NOTHING_YET, subject.ask(stack.get(), in), "h", top);
        };
    }

    static Law gradientComposition(Supplier<Operation> stack, Operation layer, Operation gradient, Stacked definition) {
        return (subject, draw) -> {
            Inputs in = without(stack.get().inputs(draw), "dlast0", "dlast");
            List<Inputs> layers = layers(subject, in, layer, definition);
            Measured whole = subject.ask(stack.get(), in);
            Array dh = in.array("dh");
            Check check = Check.NOTHING_YET;
            for (int i = layers.size() - 1; i >= 0; i--) {
                Measured one = subject.ask(gradient, upstream(gradient, layers.get(i), dh));
                for (Map.Entry<String, String> name : definition.names().entrySet()) {
                    String mine = Gradient.nameFor(i == 0 ? name.getKey() : name.getValue());
                    check = part(check, whole, mine, Math.max(0, i - 1), one.array(Gradient.nameFor(name.getKey())));
                }
                dh = one.array("dx");
            }
            return part(check, whole, "dx", 0, dh);
        };
    }

    /** The questions to the layers, from the first up. */
    private static List<Inputs> layers(Subject subject, Inputs in, Operation layer, Stacked definition) {
        Inputs question = new Inputs(Map.of(), Map.of(), in.conventions());
        for (Argument input : layer.signature().inputs()) {
            question = question.with(input.name(), in.array(input.name()));
        }
        List<Inputs> questions = new ArrayList<>(List.of(question));
        for (int above = 0; above < in.array("H0").size(0); above++) {
            question = question.with("x", subject.ask(layer, question).array("h"));
            for (Map.Entry<String, String> name : definition.names().entrySet()) {
                Array all = in.array(name.getValue());
                int[] shape = Arrays.copyOfRange(all.shape(), 1, all.rank());
                question = question.with(
                        name.getKey(), Array.of(shape, all.take(0, above).elements()));
            }
            questions.add(question);
        }
        return questions;
    }

    /** A layer's question with dh, and 0 for whatever else it gives. */
    private static Inputs upstream(Operation gradient, Inputs question, Array dh) {
        Inputs with = question.with("dh", dh);
        for (Argument input : gradient.signature().inputs()) {
            if (!with.arrays().containsKey(input.name())) {
                with = with.with(input.name(), question.array("h0").map(h -> 0));
            }
        }
        return with;
    }

    private static Inputs without(Inputs in, String... upstream) {
        Inputs silent = in;
        for (String name : upstream) {
            if (in.arrays().containsKey(name)) {
                silent = silent.with(name, in.array(name).map(g -> 0));
            }
        }
        return silent;
    }

    /** One layer's part of an output, or all of it, is this array. */
    private static Check part(Check check, Measured answer, String output, int layer, Array expected) {
        Check result = check;
        for (int i = 0; i < expected.size(); i++) {
            int at = layer * expected.size() + i;
            result = result.near(
                    output + answer.array(output).index(at),
                    answer.at(output, at),
                    expected.at(i),
                    2 * answer.allowed(output, at));
        }
        return result;
    }
}
