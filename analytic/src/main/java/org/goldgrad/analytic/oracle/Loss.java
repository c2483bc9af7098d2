package org.goldgrad.analytic.oracle;

import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/** The scalar whose gradient is asked for: L = Σ_y ⟨dy, y⟩ over the outputs y that have an upstream gradient dy. */
record Loss(Definition function) {
    <R extends Real<R>> R of(Question<R> question) {
        Arithmetic<R> arithmetic = question.arithmetic();
        Answer<R> answer = function.of(question);
        R[] parts = arithmetic.array(answer.outputs().size());
        int i = 0;
        for (var output : answer.outputs().entrySet()) {
            Tensor<R> dy = question.tensors().get(Gradient.nameFor(output.getKey()));
            parts[i++] = dy == null ? arithmetic.zero() : output.getValue().dot(dy);
        }
        return arithmetic.sum(parts);
    }
}
