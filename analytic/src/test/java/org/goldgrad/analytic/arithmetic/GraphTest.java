package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The flattened sweep against one plain gradient for every output, on small integers, where doubles are exact. */
class GraphTest {
    private final SplittableRandom random = new SplittableRandom(20260706);

    @Test
    void a_sweep_weighs_what_naive_adjoints_weigh() {
        for (int outputs : new int[] {1, 7, 8, 9, 20}) {
            Tape<Binary64> tape = draw(40);
            List<Variable<Binary64>> nodes = List.copyOf(tape.nodes());
            List<Variable<Binary64>> y = nodes.subList(nodes.size() - outputs, nodes.size());
            List<double[]> weights = List.of(weights(nodes.size()), weights(nodes.size()));

            double[][] sums = Graph.of(tape).weighed(y, weights);

            for (int w = 0; w < 2; w++) {
                for (int o = 0; o < outputs; o++) {
                    assertEquals(naive(tape, nodes, y.get(o), weights.get(w)), sums[w][o]);
                }
            }
        }
    }

    private static double naive(
            Tape<Binary64> tape, List<Variable<Binary64>> nodes, Variable<Binary64> y, double[] weights) {
        List<Binary64> adjoints = tape.gradient(List.of(y), List.of(new Binary64(1)), nodes);
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += Math.abs(adjoints.get(k).value()) * weights[k];
        }
        return sum;
    }

    /** Sums, products and dot products of a few earlier nodes, kept below 2¹⁰ by forgetting whatever grows. */
    private Tape<Binary64> draw(int steps) {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        List<Variable<Binary64>> pool = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pool.add(tape.of(random.nextInt(-2, 3)));
        }
        for (int i = 0; i < steps; i++) {
            Variable<Binary64> a = pool.get(random.nextInt(pool.size()));
            Variable<Binary64> b = pool.get(random.nextInt(pool.size()));
            Variable<Binary64> c = pool.get(random.nextInt(pool.size()));
            Variable<Binary64> next = switch (random.nextInt(4)) {
                case 0 -> a.plus(b);
                case 1 -> a.minus(b).relu();
                case 2 -> a.times(b);
                default -> tape.dot(vector(a, b), vector(c, a));
            };
            if (Math.abs(next.doubleValue()) < 16) {
                pool.set(random.nextInt(pool.size()), next);
            }
        }
        return tape;
    }

    private static Variable<Binary64>[] vector(Variable<Binary64> a, Variable<Binary64> b) {
        Variable<Binary64>[] vector = a.arithmetic().array(2);
        vector[0] = a;
        vector[1] = b;
        return vector;
    }

    private double[] weights(int n) {
        return random.ints(n, 0, 4).asDoubleStream().toArray();
    }

    @Test
    void exact_nodes_are_not_rounded_and_the_peak_is_the_largest_magnitude() {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Variable<Binary64> x = tape.of(-3);
        Variable<Binary64> product = x.negate().times(tape.of(4));
        Graph graph = Graph.of(tape);
        double[] rounded = new double[tape.nodes().size()];
        rounded[product.index()] = 1;
        assertEquals(list(rounded), list(graph.rounded()));
        assertEquals(12, graph.peak());
        assertEquals(12, graph.errors()[product.index()]);
        assertEquals(3, graph.magnitudes(List.of(x))[x.index()]);
    }

    /** √x at 0 has an infinite slope, which a factor 0 before it must not turn into NaN. */
    @Test
    void an_edge_of_slope_zero_carries_nothing() {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Variable<Binary64> x = tape.of(0);
        Variable<Binary64> root = x.times(x).sqrt();
        double[] weights = new double[tape.nodes().size()];
        weights[x.index()] = 1;
        assertEquals(0, Graph.of(tape).weighed(List.of(root), List.of(weights))[0][0]);
    }

    private static List<Double> list(double[] x) {
        return java.util.Arrays.stream(x).boxed().toList();
    }
}
