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
        Edges edges = towards(weights);
        double[][] sums = new double[weights.size()][outputs.size()];
        double[][] block = new double[weights.size()][BLOCK];
        double[] adjoint = new double[nodes * BLOCK]; // all zero before and after every sweep
        double[] passed = new double[BLOCK];
        for (int from = 0; from < outputs.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, outputs.size());
            int last = 0;
            for (int o = from; o < to; o++) {
                int k = outputs.get(o).index();
                adjoint[k * BLOCK + o - from] = 1;
                last = Math.max(last, k);
            }
            for (int k = last; k >= 0; k--) {
                if (edges.pushBack(adjoint, k, passed)) {
                    add(passed, k, weights, block);
                }
            }
            for (int w = 0; w < sums.length; w++) {
                System.arraycopy(block[w], 0, sums[w], from, to - from);
                Arrays.fill(block[w], 0);
            }
        }
        return sums;
    }

    /** The edges that lead to a weight: all that an adjoint has to pass. */
    private Edges towards(List<double[]> weights) {
        boolean[] leads = new boolean[nodes]; // whether a node has a weight or is computed from one that has
        Edges edges = new Edges(new int[nodes + 1], new int[argument.length], new double[partial.length]);
        for (int k = 0; k < nodes; k++) {
            for (double[] w : weights) {
                leads[k] |= w[k] != 0;
            }
            int end = edges.first[k];
            for (int edge = firstEdge[k]; edge < firstEdge[k + 1]; edge++) {
                // an edge of slope 0 carries nothing, not even an infinite adjoint (√x at 0)
                if (leads[argument[edge]] && partial[edge] != 0) {
                    leads[k] = true;
                    edges.argument[end] = argument[edge];
                    edges.partial[end++] = partial[edge];
                }
            }
            edges.first[k + 1] = end;
        }
        return edges;
    }

    /** The edges from node k to its arguments are those from first[k] up to first[k + 1]. */
    @SuppressWarnings("ArrayRecordComponent") // passed once from the pruning to the sweeps
    private record Edges(int[] first, int[] argument, double[] partial) {
        /** Moves the adjoints of a node to {@code passed} and on to its arguments; false if they are all zero. */
        boolean pushBack(double[] adjoint, int k, double[] passed) {
            int at = k * BLOCK;
            boolean any = false;
            for (int b = 0; b < BLOCK; b++) {
                any |= adjoint[at + b] != 0;
            }
            if (!any) {
                return false;
            }
            for (int b = 0; b < BLOCK; b++) {
                passed[b] = adjoint[at + b];
                adjoint[at + b] = 0;
            }
            for (int edge = first[k]; edge < first[k + 1]; edge++) {
                int to = argument[edge] * BLOCK;
                double slope = partial[edge];
                for (int b = 0; b < BLOCK; b++) {
                    adjoint[to + b] += slope * passed[b];
                }
            }
            return true;
        }
    }

    private static void add(double[] passed, int k, List<double[]> weights, double[][] sums) {
        for (int w = 0; w < sums.length; w++) {
            double weight = weights.get(w)[k];
            if (weight != 0) {
                double[] sum = sums[w];
                for (int b = 0; b < BLOCK; b++) {
                    sum[b] += Math.abs(passed[b]) * weight;
                }
            }
        }
    }
}
