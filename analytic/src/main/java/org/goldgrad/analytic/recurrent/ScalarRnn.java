package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * The linear recurrence with one weight: every node, and every derivative of the last one.
 *
 * <pre>
 *   z_t = u_t + h_{t−1}     h_t = w z_t     y = h_T
 *   edges_t = ∂y/∂w through the edge at step t alone     dw = Σ edges_t     ddw = d²y/dw²
 *   u, z, h, edges, du  length T        w, h0, y, dw, dh0, ddw  scalars
 * </pre>
 */
public record ScalarRnn(Cell cell) implements Definition {
    /** The network as defined above. */
    public static final ScalarRnn NETWORK = new ScalarRnn(ScalarRnn::step);

    /** The two nodes of a step, z_t and h_t. */
    public record Nodes<R extends Real<R>>(R z, R h) {}

    /** One step of a network. */
    @FunctionalInterface
    public interface Cell {
        <R extends Real<R>> Nodes<R> step(R w, R u, R previous);
    }

    /** z_t = u_t + h_{t−1}, h_t = w z_t. */
    public static <R extends Real<R>> Nodes<R> step(R w, R u, R previous) {
        R z = u.plus(previous);
        return new Nodes<>(z, w.times(z));
    }

    /** Derivatives by the chain rule: each step has its own copy of w, and dw is differentiated once more. */
    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tape<R> once = new Tape<>(q.arithmetic());
        Tape<Variable<R>> twice = new Tape<>(once);
        Variable<R> w = once.variable(q.scalar("w"));
        Variable<Variable<R>> h0 = twice.variable(once.variable(q.scalar("h0")));
        List<Variable<Variable<R>>> copies = new ArrayList<>();
        List<Variable<Variable<R>>> u = new ArrayList<>();
        List<Variable<Variable<R>>> z = new ArrayList<>();
        List<Variable<Variable<R>>> h = new ArrayList<>();
        Variable<Variable<R>> state = h0;
        for (R ut : q.tensor("u").elements()) {
            u.add(twice.variable(once.variable(ut)));
            copies.add(twice.variable(w));
            Nodes<Variable<Variable<R>>> nodes = cell.step(copies.get(copies.size() - 1), u.get(u.size() - 1), state);
            state = nodes.h();
            z.add(nodes.z());
            h.add(state);
        }
        int T = u.size();

        List<Variable<Variable<R>>> variables = new ArrayList<>(copies);
        variables.addAll(u);
        variables.add(h0);
        List<Variable<R>> gradient = twice.gradient(List.of(state), List.of(once.one()), variables);
        Variable<R> dw = once.sum(gradient.subList(0, T).toArray(once.array(T)));
        R ddw = once.gradient(List.of(dw), List.of(q.arithmetic().one()), List.of(w))
                .get(0);

        return Answer.of(
                        "z",
                        values(q.arithmetic(), z.stream().map(Variable::value).toList()))
                .and("h", values(q.arithmetic(), h.stream().map(Variable::value).toList()))
                .and("y", state.value().value())
                .and("edges", values(q.arithmetic(), gradient.subList(0, T)))
                .and("dw", dw.value())
                .and("du", values(q.arithmetic(), gradient.subList(T, 2 * T)))
                .and("dh0", gradient.get(2 * T).value())
                .and("ddw", ddw);
    }

    private static <R extends Real<R>> Tensor<R> values(Arithmetic<R> arithmetic, List<Variable<R>> variables) {
        return Tensor.of(
                arithmetic, new int[] {variables.size()}, i -> variables.get(i).value());
    }

    /** y = Σₖ wᵏ u_{T+1−k} + w^T h₀, k = 1…T. */
    public static <R extends Real<R>> R closedForm(Question<R> q) {
        R w = q.scalar("w");
        Tensor<R> u = q.tensor("u");
        int T = u.size();
        R y = w.pow(T).times(q.scalar("h0"));
        for (int k = 1; k <= T; k++) {
            y = y.plus(w.pow(k).times(u.at(T - k)));
        }
        return y;
    }

    /** dy/dw = Σₖ k wᵏ⁻¹ u_{T+1−k} + T w^{T−1} h₀, k = 1…T. */
    public static <R extends Real<R>> R closedFormDerivative(Question<R> q) {
        R w = q.scalar("w");
        Tensor<R> u = q.tensor("u");
        int T = u.size();
        R dw = w.pow(T - 1).times(T).times(q.scalar("h0"));
        for (int k = 1; k <= T; k++) {
            dw = dw.plus(w.pow(k - 1).times(k).times(u.at(T - k)));
        }
        return dw;
    }
}
