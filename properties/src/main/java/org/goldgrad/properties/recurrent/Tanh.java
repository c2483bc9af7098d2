package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/** A recurrence whose nonlinearity is tanh, so that no question names one. */
record Tanh(Definition recurrence) implements Definition {
    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        return recurrence.of(q.withConvention("nonlinearity", "tanh"));
    }
}
