package org.goldgrad.analytic.arithmetic;

import java.util.ArrayList;
import java.util.List;

/**
 * Reverse-mode automatic differentiation over any arithmetic.
 *
 * <pre>
 *   v̄ₖ = Σⱼ v̄ⱼ ∂vⱼ/∂vₖ      over the nodes vⱼ computed from vₖ;  v̄ of an output is its upstream gradient
 * </pre>
 *
 * <p>Each adjoint is one dot product in the arithmetic underneath, so over balls it is an enclosure, and over another tape
 * it is itself recorded and can be differentiated and given an error budget (Griewank and Walther 2008, §3.2).
 *
 * @param <R> the arithmetic underneath
 */
public final class Tape<R extends Real<R>> implements Arithmetic<Variable<R>> {
    private final Arithmetic<R> underlying;
    private final List<Variable<R>> nodes = new ArrayList<>();

    public Tape(Arithmetic<R> underlying) {
        this.underlying = underlying;
    }

    /** The arithmetic that values and adjoints are computed in. */
    public Arithmetic<R> underlying() {
        return underlying;
    }

    /** A new independent variable. */
    public Variable<R> variable(R value) {
        return record(value, Step.LEAF);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Variable is not generic at run time
    final Variable<R> record(R value, Step step, Variable<R>... arguments) {
        Variable<R> node = new Variable<>(this, nodes.size(), value, step, arguments);
        nodes.add(node);
        return node;
    }

    /** All nodes in the order of their computation; arguments come before what is computed from them. */
    List<Variable<R>> nodes() {
        return nodes;
    }

    @Override
    public Variable<R> of(double value) {
        return variable(underlying.of(value));
    }

    @Override
    public Variable<R> sum(Variable<R>[] x) {
        return record(underlying.sum(values(x)), Step.SUM, x.clone());
    }

    @Override
    public Variable<R> dot(Variable<R>[] x, Variable<R>[] y) {
        Variable<R>[] both = array(x.length + y.length);
        System.arraycopy(x, 0, both, 0, x.length);
        System.arraycopy(y, 0, both, x.length, y.length);
        return record(underlying.dot(values(x), values(y)), Step.DOT, both);
    }

    private R[] values(Variable<R>[] x) {
        R[] values = underlying.array(x.length);
        for (int i = 0; i < x.length; i++) {
            values[i] = x[i].value();
        }
        return values;
    }

    @Override
    public int precision() {
        return underlying.precision();
    }

    @Override
    public boolean encloses() {
        return underlying.encloses();
    }

    /** Refuses where it matters: a proven radius says nothing about the derivative of the error it bounds. */
    @Override
    public Variable<R> within(Variable<R> estimate, Variable<R> radius) {
        if (encloses()) {
            throw new UnsupportedOperationException(
                    "no proof of a derivative through an iteration; state the derivative in closed form");
        }
        return estimate;
    }

    @Override
    public Variable<R> honest(Variable<R> x, Variable<R> size) {
        return record(underlying.honest(x.value(), size.value()), Step.HONEST, x, size);
    }

    @Override
    @SuppressWarnings("unchecked") // Variable is not generic at run time
    public Variable<R>[] array(int n) {
        return (Variable<R>[]) new Variable<?>[n];
    }

    /**
     * Which way every relu, abs and max went, in the order of their computation: two evaluations with different branches
     * lie on different sides of a kink.
     */
    public List<Boolean> branches() {
        List<Boolean> branches = new ArrayList<>();
        for (Variable<R> node : nodes) {
            switch (node.step()) {
                case RELU, ABS -> branches.add(node.arguments()[0].doubleValue() > 0);
                case MAX ->
                    branches.add(node.arguments()[0]
                                    .value()
                                    .minus(node.arguments()[1].value())
                                    .doubleValue()
                            >= 0);
                default -> {}
            }
        }
        return branches;
    }

    /** Whether some relu, abs or max stands exactly where it bends. */
    public boolean onKink() {
        return nodes.stream().anyMatch(node -> switch (node.step()) {
            case RELU, ABS -> node.arguments()[0].doubleValue() == 0;
            case MAX ->
                node.arguments()[0].value().minus(node.arguments()[1].value()).doubleValue() == 0;
            default -> false;
        });
    }

    /** The gradient of Σ outputᵢ·upstreamᵢ with respect to the given variables. */
    public List<R> gradient(List<Variable<R>> outputs, List<R> upstream, List<Variable<R>> variables) {
        boolean[] wanted = dependents(variables);
        List<Terms<R>> terms = new ArrayList<>(nodes.size());
        for (boolean node : wanted) {
            terms.add(new Terms<>(node ? 8 : 0));
        }
        for (int i = 0; i < outputs.size(); i++) {
            terms.get(outputs.get(i).index()).add(upstream.get(i), underlying.one());
        }
        List<R> adjoints = new ArrayList<>(nodes.size());
        nodes.forEach(node -> adjoints.add(underlying.zero()));
        for (int k = nodes.size() - 1; k >= 0; k--) {
            Terms<R> sum = terms.get(k);
            if (!wanted[k] || sum.isEmpty()) {
                continue;
            }
            R adjoint = sum.total(underlying);
            adjoints.set(k, adjoint);
            Variable<R> node = nodes.get(k);
            R[] partials = node.arguments().length == 0 ? underlying.array(0) : node.partials();
            for (int i = 0; i < partials.length; i++) {
                int argument = node.arguments()[i].index();
                if (wanted[argument]) {
                    terms.get(argument).add(adjoint, partials[i]);
                }
            }
        }
        return variables.stream().map(x -> adjoints.get(x.index())).toList();
    }

    /** Which nodes are computed from one of the variables. */
    private boolean[] dependents(List<Variable<R>> variables) {
        boolean[] depends = new boolean[nodes.size()];
        variables.forEach(x -> depends[x.index()] = true);
        for (Variable<R> node : nodes) {
            for (Variable<R> argument : node.arguments()) {
                depends[node.index()] |= depends[argument.index()];
            }
        }
        return depends;
    }

    /** The terms v̄ⱼ ∂vⱼ/∂vₖ of one adjoint. */
    private static final class Terms<R extends Real<R>> {
        private final List<R> adjoints;
        private final List<R> partials;

        Terms(int capacity) {
            adjoints = new ArrayList<>(capacity);
            partials = new ArrayList<>(capacity);
        }

        void add(R adjoint, R partial) {
            adjoints.add(adjoint);
            partials.add(partial);
        }

        boolean isEmpty() {
            return adjoints.isEmpty();
        }

        R total(Arithmetic<R> arithmetic) {
            if (adjoints.size() == 1) {
                return adjoints.get(0).times(partials.get(0));
            }
            int n = adjoints.size();
            return arithmetic.dot(adjoints.toArray(arithmetic.array(n)), partials.toArray(arithmetic.array(n)));
        }
    }
}
