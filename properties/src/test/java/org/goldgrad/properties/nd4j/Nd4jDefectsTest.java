package org.goldgrad.properties.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.dimensionalityreduction.PCA;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Defects listed in golden/findings/nd4j.md: a test that fails here says that one of them has been mended. */
class Nd4jDefectsTest {
    @BeforeAll
    static void start() {
        // The first answer sets the data types and silences what ND4J prints.
        Inputs question = Inputs.empty().with("u", 1.0, 2.0).with("w", 0.5).with("h0", 0);
        assertTrue(
                new Nd4jImplementation().answer(Catalogue.operation("recurrent.scalar"), question)
                        instanceof Reply.Answered);
    }

    @Test
    void tanh_is_accurate_absolutely_but_not_relatively() {
        assertEquals(0.0, Transforms.tanh(Nd4j.createFromArray(0x1p-60, 1.0)).getDouble(0));
    }

    @Test
    void layer_norm_of_a_constant_row_is_infinite() {
        INDArray x = Nd4j.createFromArray(new double[][] {{0.1, 0.1, 0.1}});
        INDArray y = Nd4j.exec(DynamicCustomOp.builder("layer_norm")
                .addInputs(x, Nd4j.createFromArray(1.0, 1.0, 1.0), Nd4j.createFromArray(0.0, 0.0, 0.0))
                .addIntegerArguments(1)
                .addBooleanArguments(false)
                .build())[0];
        assertEquals(Double.NEGATIVE_INFINITY, y.getDouble(0));
    }

    @Test
    void layer_norm_swallows_a_nan() {
        INDArray x = Nd4j.createFromArray(new double[][] {{1, Double.NaN, 3}});
        INDArray y = Nd4j.exec(DynamicCustomOp.builder("layer_norm")
                .addInputs(x, Nd4j.createFromArray(1.0, 1.0, 1.0), Nd4j.createFromArray(0.5, 0.5, 0.5))
                .addIntegerArguments(1)
                .addBooleanArguments(false)
                .build())[0];
        assertEquals(0.5, y.getDouble(0));
    }

    @Test
    void the_gradient_of_a_biased_variance_is_that_of_the_unbiased_one() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(-2.0, -1.0, 0.0, 1.0, 2.0));
        SDVariable variance = graph.variance("v", x, false, 0);
        graph.setLossVariables(variance.name());
        graph.calculateGradients(Map.of(), "x");
        double first = graph.grad("x").getArr().getDouble(0);
        assertEquals(-1.0, first, 1e-6); // 2(x−μ)/(n−1); the value divides by n, so −0.8 would be right
    }

    @Test
    void pca_calls_reciprocals_eigenvalues() {
        INDArray X = Nd4j.createFromArray(new double[][] {{2, 0}, {-2, 0}, {0, 1}, {0, -1}});
        INDArray values = new PCA(X).getEigenvalues();
        // The covariance is diag(2, ½).
        assertEquals(0.5, values.getDouble(0), 1e-12);
        assertEquals(2.0, values.getDouble(1), 1e-12);
    }

    /** A batch of one: SameDiff sums an axis of length 1, which M2.1's sessions cannot. */
    @Test
    void a_linear_layer_cannot_be_differentiated_in_a_batch_of_one() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.ones(DataType.DOUBLE, 1, 3));
        SDVariable W = graph.var("W", Nd4j.ones(DataType.DOUBLE, 3, 2));
        SDVariable b = graph.var("b", Nd4j.ones(DataType.DOUBLE, 2));
        graph.setLossVariables(graph.nn().linear(x, W, b).sum());
        assertThrows(NullPointerException.class, () -> graph.calculateGradients(Map.of(), "b"));
    }

    @Test
    void a_product_of_numbers_as_matrices_cannot_be_differentiated() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.ones(DataType.DOUBLE, 1, 1));
        SDVariable W = graph.var("W", Nd4j.ones(DataType.DOUBLE, 1, 1));
        graph.setLossVariables(x.mmul(W).sum());
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "x", "W"));
        assertTrue(String.valueOf(failure.getMessage()).contains("matmul_bp"), failure::toString);
    }

    /** ⟨(1, 2), (3, 4)⟩ as a matrix, whose gradient by the first is (3, 4). */
    @Test
    void a_product_that_transposes_has_wrong_gradients_where_it_is_one_number() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(new double[][] {{1, 2}}));
        SDVariable y = graph.constant(Nd4j.createFromArray(new double[][] {{3, 4}}));
        graph.setLossVariables(graph.mmul(x, y, false, true, false).sum());
        assertEquals(7.0, first(graph));
    }

    @Test
    void a_log_softmax_along_an_axis_cannot_be_differentiated() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(new double[][] {{1, 2}}));
        graph.setLossVariables(graph.nn().logSoftmax(x, 1).sum());
        assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "x"));
    }

    @Test
    void the_gradient_of_a_loss_ignores_a_factor() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(1.0, 2.0));
        SDVariable zeros = graph.constant(Nd4j.createFromArray(0.0, 0.0));
        SDVariable loss = graph.loss().meanSquaredError(zeros, x, null, LossReduce.SUM);
        graph.setLossVariables(loss.mul(3));
        assertEquals(2.0, first(graph)); // 6 would be right
    }

    @Test
    void the_gradient_of_a_mean_of_cross_entropies_is_that_of_their_sum() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(new double[][] {{1, 1}, {1, 1}}));
        SDVariable labels = graph.constant(Nd4j.createFromArray(0, 1));
        graph.setLossVariables(graph.loss().sparseSoftmaxCrossEntropy(x, labels).mean());
        assertEquals(-0.5, first(graph), 1e-12); // −1/4 would be right
    }

    private static double first(SameDiff graph) {
        graph.calculateGradients(Map.of(), "x");
        return graph.grad("x").getArr().getDouble(0);
    }

    /** Σ x² by a node that is equal to x; given x as a variable, or beside the node, there is one. */
    @Test
    void a_gradient_by_a_node_of_placeholders_alone_is_not_computed() {
        SameDiff graph = SameDiff.create();
        SDVariable node = graph.identity("node", graph.placeHolder("x", DataType.DOUBLE, 2));
        graph.setLossVariables(node.mul(node).sum());
        graph.createGradFunction("node");
        Map<String, INDArray> x = Map.of("x", Nd4j.createFromArray(1.0, 2.0));
        assertThrows(IllegalStateException.class, () -> graph.calculateGradients(x, "node"));
    }

    /** Its gradients would be given by h, r, u and c apart, but that of h does not reach r, u and c. */
    @Test
    void the_gradient_of_gru_cell_by_h_stays_out_of_its_weights() {
        INDArray matrix = Nd4j.ones(DataType.DOUBLE, 2, 2);
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, 2, 2);
        INDArray[] gradients = Nd4j.exec(DynamicCustomOp.builder("gruCell_bp")
                .addInputs(
                        matrix,
                        matrix,
                        Nd4j.ones(DataType.DOUBLE, 4, 4),
                        Nd4j.ones(DataType.DOUBLE, 4, 2),
                        Nd4j.ones(DataType.DOUBLE, 4),
                        Nd4j.ones(DataType.DOUBLE, 2),
                        zeros,
                        zeros,
                        zeros,
                        matrix)
                .build());
        assertEquals(0.0, gradients[0].norm2Number().doubleValue());
        assertEquals(0.0, gradients[3].norm2Number().doubleValue());
    }

    /** One step from h = (1, 0), and one weight, from the first unit to the second candidate, r₂ times which n₂ sees. */
    @Test
    void the_gradient_of_gru_by_its_reset_gate_is_wrong() {
        INDArray W = Nd4j.zeros(DataType.DOUBLE, 2, 6);
        W.putScalar(0, 5, 1);
        INDArray[] gradients = Nd4j.exec(DynamicCustomOp.builder("gru_bp")
                .addInputs(
                        Nd4j.zeros(DataType.DOUBLE, 1, 1, 1),
                        Nd4j.createFromArray(new double[][] {{1, 0}}),
                        Nd4j.zeros(DataType.DOUBLE, 1, 6),
                        W,
                        Nd4j.zeros(DataType.DOUBLE, 6),
                        Nd4j.ones(DataType.DOUBLE, 1, 1, 2))
                .build());
        assertEquals(0.0, gradients[4].getDouble(1)); // (1 − z₂) (1 − n₂²) h₁ r₂ (1 − r₂) = 0.098 would be right
    }

    @Test
    void svd_of_one_number_fails() {
        assertThrows(
                RuntimeException.class,
                () -> Nd4j.exec(DynamicCustomOp.builder("svd")
                        .addInputs(Nd4j.createFromArray(new double[][] {{3}}))
                        .addIntegerArguments(0, 0, 16)
                        .build()));
    }
}
