package org.goldgrad.analytic.arithmetic;

import java.util.Arrays;
import java.util.List;

/**
 * A tape in doubles, flattened for many reverse sweeps: who was computed from whom, and how strongly.
 *
 * <pre>
 *   ȳₖ = ∂y/∂vₖ    for every node vₖ and each of many outputs y
 * </pre>
 */
public final class Graph {
    /** Outputs swept together, so that one pass over the edges serves several of them. */
    private static final int BLOCK = 8;

    private final List<Variable<Binary64>> list;
    private final int nodes;
    private final int[] firstEdge;
    private final int[] argument;
    private final double[] partial;
    private final double[] value;
    private final double[] error;

    private Graph(Tape<Binary64> tape) {
        list = tape.nodes();
        nodes = list.size();
        firstEdge = new int[nodes + 1];
        for (int k = 0; k < nodes; k++) {
            firstEdge[k + 1] = firstEdge[k] + list.get(k).arguments().length;
        }
        argument = new int[firstEdge[nodes]];
        partial = new double[firstEdge[nodes]];
        value = new double[nodes];
        error = new double[nodes];
        list.forEach(this::flatten);
    }

    public static Graph of(Tape<Binary64> tape) {
        return new Graph(tape);
    }

    private void flatten(Variable<Binary64> node) {
        int k = node.index();
        value[k] = node.doubleValue();
        Variable<Binary64>[] arguments = node.arguments();
        if (arguments.length == 0) {
            return;
        }
        double[] x = new double[arguments.length];
        Binary64[] slopes = node.partials();
        for (int i = 0; i < x.length; i++) {
            x[i] = arguments[i].doubleValue();
            argument[firstEdge[k] + i] = arguments[i].index();
            partial[firstEdge[k] + i] = slopes[i].value();
        }
        error[k] = node.step().error(x, value[k]);
    }

    /** The error of each node's honest evaluation from exact arguments, in units of u. */
    public double[] errors() {
        return error.clone();
    }

    /** 1 for every node that is rounded, 0 for inputs, constants and exact results (which cannot underflow). */
    public double[] rounded() {
        double[] ones = new double[nodes];
        Arrays.setAll(ones, k -> error[k] > 0 ? 1 : 0);
        return ones;
    }

    /**
     * What the errors of its arguments cost a node in second order, in units of u², for every node; and the largest reach.
     *
     * @param base the weights whose sums are the first-order errors δ of the arguments, in units of u
     */
    public Bend bend(double[] base) {
        boolean[] needed = new boolean[nodes];
        for (Variable<Binary64> node : list) {
            if (node.step().bends()) {
                for (Variable<Binary64> argument : node.arguments()) {
                    needed[argument.index()] |= argument.arguments().length > 0 || base[argument.index()] > 0;
                }
            }
        }
        List<Variable<Binary64>> bent =
                list.stream().filter(node -> needed[node.index()]).toList();
        double[] first = weighed(bent, List.of(base))[0];
        double[] delta = new double[nodes];
        for (int i = 0; i < first.length; i++) {
            delta[bent.get(i).index()] = first[i];
        }
        double[] second = new double[nodes];
        double reach = 0;
        for (Variable<Binary64> node : list) {
            if (node.step().bends()) {
                int n = node.arguments().length;
                double[] x = new double[n];
                double[] errors = new double[n];
                for (int i = 0; i < n; i++) {
                    x[i] = node.arguments()[i].doubleValue();
                    errors[i] = delta[node.arguments()[i].index()];
                }
                second[node.index()] = node.step().curvature(x, node.doubleValue(), errors);
                reach = Math.max(reach, node.step().reach(x, node.doubleValue(), errors));
            }
        }
        return new Bend(second, reach);
    }

    /** Second-order errors by node, and the largest reach of any node. */
    @SuppressWarnings("ArrayRecordComponent") // passed once from the sweep to the budget
    public record Bend(double[] second, double reach) {}

    /** The largest magnitude of any node: a format that cannot hold it cannot be asked. */
    public double peak() {
        return Arrays.stream(value).map(Math::abs).max().orElse(0);
    }

    /** |vⱼ| for the given variables, 0 for every other node. */
    public double[] magnitudes(List<Variable<Binary64>> variables) {
        double[] magnitudes = new double[nodes];
        variables.forEach(x -> magnitudes[x.index()] = Math.abs(value[x.index()]));
        return magnitudes;
    }

    /** Σₖ |ȳₖ| wₖ for every list of weights w and every output y, as [weights][output]. */
    public double[][] weighed(List<Variable<Binary64>> outputs, List<double[]> weights) {
        double[][] sums = new double[weights.size()][outputs.size()];
        double[] adjoint = new double[nodes * BLOCK];
        for (int from = 0; from < outputs.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, outputs.size());
            Arrays.fill(adjoint, 0);
            int last = 0;
            for (int o = from; o < to; o++) {
                int k = outputs.get(o).index();
                adjoint[k * BLOCK + o - from] = 1;
                last = Math.max(last, k);
            }
            for (int k = last; k >= 0; k--) {
                if (pushBack(adjoint, k)) {
                    add(adjoint, k, weights, sums, from, to);
                }
            }
        }
        return sums;
    }

    /** Passes the adjoints of a node on to its arguments; false if they are all zero. */
    private boolean pushBack(double[] adjoint, int k) {
        int at = k * BLOCK;
        boolean any = false;
        for (int b = 0; b < BLOCK; b++) {
            any |= adjoint[at + b] != 0;
        }
        if (!any) {
            return false;
        }
        for (int edge = firstEdge[k]; edge < firstEdge[k + 1]; edge++) {
            int to = argument[edge] * BLOCK;
            double slope = partial[edge];
            if (slope != 0) { // an edge of slope 0 carries nothing, not even an infinite adjoint (√x at 0)
                for (int b = 0; b < BLOCK; b++) {
                    adjoint[to + b] += slope * adjoint[at + b];
                }
            }
        }
        return true;
    }

    private static void add(double[] adjoint, int k, List<double[]> weights, double[][] sums, int from, int to) {
        for (int w = 0; w < sums.length; w++) {
            double weight = weights.get(w)[k];
            if (weight != 0) {
                for (int o = from; o < to; o++) {
                    sums[w][o] += Math.abs(adjoint[k * BLOCK + o - from]) * weight;
                }
            }
        }
    }
}
