package org.goldgrad.analytic.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * A definition whose outputs are some of all that it computes, intermediates and outputs alike: what has a budget of its
 * own.
 *
 * @param names those that are wanted; one that is not computed, as under another convention, is left out
 */
public record Exposed(Definition definition, List<String> names) implements Definition {
    public Exposed {
        names = List.copyOf(names);
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> question) {
        Answer<R> answer = definition.of(question);
        Map<String, Tensor<R>> computed = new LinkedHashMap<>(answer.intermediates());
        computed.putAll(answer.outputs());
        computed.keySet().retainAll(names);
        return new Answer<>(computed, Map.of());
    }
}
