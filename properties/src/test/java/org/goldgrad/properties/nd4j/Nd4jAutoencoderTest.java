package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.goldgrad.analytic.autoencoder.Pca;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jAutoencoderTest {
    private static final Asked PCA = new Asked("autoencoder.pca", Pca::define);

    private static Inputs pca(Array X, int k) {
        return Inputs.empty().with("X", X).withInteger("k", k).withConvention("divisor", "n");
    }

    @ParameterizedTest
    @CsvSource({"3,7,1", "4,9,3", "2,2,1", "5,3,2"})
    void the_spectrum_falls_and_the_projector_is_onto_its_head(int features, int samples, int k) {
        Random random = new Random(7);
        PCA.agrees(pca(tidy(random, features, samples), k));
    }

    @Test
    void the_covariance_divides_by_the_number_of_samples() {
        Inputs inputs = pca(Array.matrix(new double[] {4, -4, 0, 0}, new double[] {0, 0, 2, -2}), 1);
        assertEquals("[8,2]", PCA.answer(inputs).array("eigenvalues").toString());
        assertEquals("[[1,0],[0,0]]", PCA.answer(inputs).array("projector").toString());
    }
}
