package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong on the way into a recurrent layer: an argument is forgotten, or read in another order. */
final class ArgumentMistakes {
    private ArgumentMistakes() {}

    /**
     * Those about the arguments of these names, among x, h0, U, W and b.
     *
     * @param from makes the operation of a definition: itself, or its gradient
     */
    static List<Mistake> of(Definition right, UnaryOperator<Definition> from, String... names) {
        Set<String> wanted = Set.of(names);
        return Stream.of(
                        new About(
                                "x",
                                mistake(
                                        "sequence-in-reverse",
                                        "runs through the sequence backwards",
                                        "x_{T+1-t} in place of x_t",
                                        from.apply(Twist.input(right, "x", Twist.reversed())))),
                        new About(
                                "x",
                                mistake(
                                        "batch-first",
                                        "reads time×batch as batch×time",
                                        "element tB + k of x taken for step t of sequence k of time×batch with the axes exchanged",
                                        from.apply(Twist.input(right, "x", Twist.leadingAxesSwapped())))),
                        new About(
                                "h0",
                                mistake(
                                        "ignores-h0",
                                        "ignores the initial state",
                                        "h_0 = 0",
                                        from.apply(Twist.input(right, "h0", Twist.zero())))),
                        new About(
                                "U",
                                mistake(
                                        "input-weights-stored-by-columns",
                                        "reads U column by column",
                                        "the elements of U in memory taken for those of its transpose",
                                        from.apply(Twist.input(right, "U", Twist.storedByColumns())))),
                        new About(
                                "W",
                                mistake(
                                        "recurrent-weights-transposed",
                                        "multiplies by the transposed recurrent weights",
                                        "h_{t-1} Wᵀ in place of h_{t-1} W",
                                        from.apply(Twist.input(right, "W", Twist.transposed())))),
                        new About(
                                "b",
                                mistake(
                                        "no-bias",
                                        "leaves out the bias",
                                        "b = 0",
                                        from.apply(Twist.input(right, "b", Twist.zero())))),
                        new About(
                                "b",
                                mistake(
                                        "bias-twice",
                                        "adds the bias twice, once for the input and once for the state",
                                        "2b in place of b",
                                        from.apply(Twist.input(right, "b", Twist.scaled(2))))))
                .filter(about -> wanted.contains(about.name))
                .map(About::mistake)
                .toList();
    }

    private record About(String name, Mistake mistake) {}
}
