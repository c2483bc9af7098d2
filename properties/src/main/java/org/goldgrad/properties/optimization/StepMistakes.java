package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in any optimiser with a rate called lr, whatever it steps along. */
final class StepMistakes {
    private StepMistakes() {}

    /**
     * Those of a definition.
     *
     * @param data what it is given step by step
     */
    static List<Mistake> of(Definition right, String... data) {
        Definition reversed = right;
        for (String name : data) {
            reversed = Twist.input(reversed, name, Twist.reversed());
        }
        return List.of(
                mistake("ascends", "adds the step", "-lr in place of lr", Twist.input(right, "lr", Twist.scaled(-1))),
                mistake("rate-ignored", "ignores the rate", "lr = 1", Twist.input(right, "lr", Twist.constant(1))),
                mistake(
                        "steps-in-reverse",
                        "takes what is given step by step from last to first",
                        "T+1-t in place of t",
                        reversed));
    }
}
