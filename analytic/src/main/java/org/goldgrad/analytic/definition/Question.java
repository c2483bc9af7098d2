package org.goldgrad.analytic.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;

/**
 * A question in some arithmetic: what a definition is asked.
 *
 * @param <R> the number type
 */
public record Question<R extends Real<R>>(
        Arithmetic<R> arithmetic,
        Map<String, Tensor<R>> tensors,
        Map<String, Integer> integers,
        Map<String, String> conventions) {

    public Tensor<R> tensor(String name) {
        return Inputs.require(tensors, name);
    }

    /** The only element of a tensor of rank 0. */
    public R scalar(String name) {
        return tensor(name).value();
    }

    public int integer(String name) {
        return Inputs.require(integers, name);
    }

    /** The choice made for a convention. */
    public String convention(String name) {
        return Inputs.require(conventions, name);
    }

    /** The same question on a tape over this arithmetic. */
    public Question<Variable<R>> on(Tape<R> tape) {
        Map<String, Tensor<Variable<R>>> variables = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                variables.put(name, Tensor.of(tape, tensor.shape(), i -> tape.variable(tensor.at(i)))));
        return new Question<>(tape, variables, integers, conventions);
    }

    /** The same question with one tensor changed. */
    public Question<R> with(String name, Tensor<R> tensor) {
        Map<String, Tensor<R>> changed = new LinkedHashMap<>(tensors);
        changed.put(name, tensor);
        return new Question<>(arithmetic, changed, integers, conventions);
    }

    public Question<R> withInteger(String name, int value) {
        Map<String, Integer> changed = new LinkedHashMap<>(integers);
        changed.put(name, value);
        return new Question<>(arithmetic, tensors, changed, conventions);
    }

    public Question<R> withConvention(String convention, String choice) {
        Map<String, String> changed = new LinkedHashMap<>(conventions);
        changed.put(convention, choice);
        return new Question<>(arithmetic, tensors, integers, changed);
    }
}
