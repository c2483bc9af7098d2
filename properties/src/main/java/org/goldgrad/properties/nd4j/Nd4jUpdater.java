package org.goldgrad.properties.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import org.goldgrad.analytic.definition.Inputs;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * One of ND4J's updaters as an answer.
 *
 * @param configuration by the settings of a group
 * @param outputs which of its arrays they are after a step
 * @param beginnings the inputs that its states begin with, by ND4J's names; all others begin at 0
 * @param refusal why it cannot be asked a question, where it cannot
 */
public record Nd4jUpdater(
        Function<Group, IUpdater> configuration,
        Map<String, Function<Step, INDArray>> outputs,
        Map<String, String> beginnings,
        Function<Inputs, Optional<String>> refusal) {

    static Nd4jUpdater of(Function<Group, IUpdater> configuration) {
        return new Nd4jUpdater(configuration, Map.of(), Map.of(), inputs -> Optional.empty());
    }

    /** An output that is a state of the updater. */
    Nd4jUpdater state(String output, String name) {
        return output(output, step -> step.state(name));
    }

    Nd4jUpdater output(String output, Function<Step, INDArray> array) {
        return new Nd4jUpdater(configuration, with(outputs, output, array), beginnings, refusal);
    }

    /** A state that the question gives. */
    Nd4jUpdater beginning(String state, String input) {
        return new Nd4jUpdater(configuration, outputs, with(beginnings, state, input), refusal);
    }

    /** @param reason a sentence on what it does not have, for questions in which a number of an input is another */
    Nd4jUpdater only(String input, DoublePredicate possible, String reason) {
        Function<Inputs, Optional<String>> more =
                inputs -> Arrays.stream(inputs.array(input).elements()).allMatch(possible)
                        ? refusal.apply(inputs)
                        : Optional.of(reason);
        return new Nd4jUpdater(configuration, outputs, beginnings, more);
    }

    /** Writes the states that the question gives over those that there are. */
    public void begin(Group group, Map<String, INDArray> states) {
        beginnings.forEach((state, input) ->
                Objects.requireNonNull(states.get(state), state).assign(group.row(input)));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /**
     * What there is after a step.
     *
     * @param states by ND4J's names
     * @param gradient as the updater got it, with the decay in it that comes before
     * @param update as the updater left it, without the decay that comes after
     */
    public record Step(Map<String, INDArray> states, INDArray gradient, INDArray update) {
        INDArray state(String name) {
            return Objects.requireNonNull(
                    states.get(name), () -> "the updater has no " + name + ", but " + states.keySet());
        }
    }
}
