package org.goldgrad.properties.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
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
        graph.calculateGradients(java.util.Map.of(), "x");
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
}
