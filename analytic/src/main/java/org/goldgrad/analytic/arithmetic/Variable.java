package org.goldgrad.analytic.arithmetic;

/**
 * A number that remembers how it was computed: a node on a {@link Tape}.
 *
 * @param <R> the arithmetic underneath
 */
public final class Variable<R extends Real<R>> implements Real<Variable<R>> {
    private final Tape<R> tape;
    private final int index;
    private final R value;
    private final Step step;
    private final Variable<R>[] arguments;

    Variable(Tape<R> tape, int index, R value, Step step, Variable<R>[] arguments) {
        this.tape = tape;
        this.index = index;
        this.value = value;
        this.step = step;
        this.arguments = arguments;
    }

    /** The value in the arithmetic underneath. */
    public R value() {
        return value;
    }

    /** The position on the tape; arguments come before what is computed from them. */
    int index() {
        return index;
    }

    Step step() {
        return step;
    }

    /** Not copied, for speed: do not write to it. */
    Variable<R>[] arguments() {
        return arguments;
    }

    /** ∂this/∂argument for every argument. */
    R[] partials() {
        R[] x = tape.underlying().array(arguments.length);
        for (int i = 0; i < x.length; i++) {
            x[i] = arguments[i].value;
        }
        return step.partials(x, value);
    }

    @Override
    public Tape<R> arithmetic() {
        return tape;
    }

    @Override
    public Variable<R> plus(Variable<R> that) {
        return tape.record(value.plus(that.value), Step.PLUS, this, that);
    }

    @Override
    public Variable<R> minus(Variable<R> that) {
        return tape.record(value.minus(that.value), Step.MINUS, this, that);
    }

    @Override
    public Variable<R> times(Variable<R> that) {
        return tape.record(value.times(that.value), Step.TIMES, this, that);
    }

    @Override
    public Variable<R> dividedBy(Variable<R> that) {
        return tape.record(value.dividedBy(that.value), Step.DIVIDE, this, that);
    }

    @Override
    public Variable<R> negate() {
        return tape.record(value.negate(), Step.NEGATE, this);
    }

    @Override
    public Variable<R> sqrt() {
        return tape.record(value.sqrt(), Step.SQRT, this);
    }

    @Override
    public Variable<R> exp() {
        return tape.record(value.exp(), Step.EXP, this);
    }

    @Override
    public Variable<R> expm1() {
        return tape.record(value.expm1(), Step.EXPM1, this);
    }

    @Override
    public Variable<R> log() {
        return tape.record(value.log(), Step.LOG, this);
    }

    @Override
    public Variable<R> log1p() {
        return tape.record(value.log1p(), Step.LOG1P, this);
    }

    @Override
    public Variable<R> tanh() {
        return tape.record(value.tanh(), Step.TANH, this);
    }

    @Override
    public Variable<R> sigmoid() {
        return tape.record(value.sigmoid(), Step.SIGMOID, this);
    }

    @Override
    public Variable<R> relu() {
        return tape.record(value.relu(), Step.RELU, this);
    }

    @Override
    public Variable<R> abs() {
        return tape.record(value.abs(), Step.ABS, this);
    }

    @Override
    public Variable<R> max(Variable<R> that) {
        return tape.record(value.max(that.value), Step.MAX, this, that);
    }

    @Override
    public Variable<R> pow(int n) {
        return tape.record(value.pow(n), Step.POW, this, tape.of(n));
    }

    @Override
    public Variable<R> positive() {
        return tape.variable(value.positive());
    }

    @Override
    public Variable<R> detach() {
        return tape.variable(value);
    }

    @Override
    public double doubleValue() {
        return value.doubleValue();
    }

    @Override
    public String toString() {
        return step + " " + value;
    }
}
