package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.properties.optimization.WrongLimit.Slip;

/**
 * What goes wrong wherever something is shortened to a limit by its norm, and in the gradient of that.
 *
 * @param right the right definition
 * @param input what is shortened
 * @param limit the name of the limit
 * @param from what is made of a wrong definition: itself or its gradient
 */
record LimitMistakes(Definition right, String input, String limit, String output, UnaryOperator<Definition> from) {

    List<Mistake> all() {
        List<Mistake> mistakes = new ArrayList<>(
                Size.mistakes(size -> from.apply(new WrongLimit(input, limit, output, size, Slip.NONE))));
        mistakes.add(mistake(
                "shortened-always",
                "rescales to the limit what is shorter than it, too",
                "x c/‖x‖ whatever ‖x‖ is, 0/0 at 0",
                wrong(Slip.ALWAYS)));
        mistakes.add(
                mistake("never-shortened", "leaves everything as it is", "x for x c/max(‖x‖, c)", wrong(Slip.NEVER)));
        mistakes.add(mistake(
                "shortened-to-one",
                "divides by the norm what is longer than the limit, without multiplying by the limit",
                "x/‖x‖ for x c/‖x‖ where ‖x‖ > c",
                wrong(Slip.TO_ONE)));
        mistakes.add(mistake(
                "square-compared-with-the-limit",
                "compares the squared norm with the limit",
                "‖x‖² > c for ‖x‖ > c",
                wrong(Slip.SQUARE_COMPARED)));
        mistakes.add(
                mistake("squashed", "shortens smoothly, however short it is", "x c/(c + ‖x‖)", wrong(Slip.SQUASHED)));
        mistakes.add(mistake(
                "element-by-element",
                "clips every element by itself",
                "min(max(x, -c), c), which changes the direction",
                wrong(Slip.BY_VALUE)));
        mistakes.add(mistake("limit-ignored", "takes 1 for the limit", "c = 1", twisted(limit, Twist.constant(1))));
        mistakes.add(mistake("limit-squared", "squares the limit", "c² for c", twisted(limit, Twist.squared())));
        mistakes.add(mistake("sign-lost", "shortens magnitudes", "|x| for x", twisted(input, Magnitudes.CHANGE)));
        return List.copyOf(mistakes);
    }

    /** A slip of its own kind. */
    Definition wrong(Slip slip) {
        return from.apply(WrongLimit.of(input, limit, output, slip));
    }

    private Definition twisted(String changed, Twist.Change change) {
        return from.apply(Twist.input(right, changed, change));
    }
}
