package org.goldgrad.golden.vectors;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/** y = 2x. */
record Doubling() implements Definition {
    static final Definition DEFINITION = new Doubling();

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        return Answer.of("y", q.tensor("x").map(x -> x.plus(x)));
    }
}
