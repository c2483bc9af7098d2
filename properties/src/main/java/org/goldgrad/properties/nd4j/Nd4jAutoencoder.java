package org.goldgrad.properties.nd4j;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dimensionalityreduction.PCA;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Autoencoders and their linear limit: the covariance of the class PCA, and its eigenvectors by Eigen. */
final class Nd4jAutoencoder {
    private Nd4jAutoencoder() {}

    /** PCA.getEigenvalues would give 1/sᵢ in M2.1, so the covariance is decomposed here. */
    static Reply pca(Inputs inputs) {
        INDArray samples = Nd4jArrays.of(inputs.array("X")).transpose(); // one in a row, as PCA has them
        INDArray vectors = PCA.covarianceMatrix(samples)[0]; // overwritten by its eigenvectors
        INDArray values = Eigen.symmetricGeneralizedEigenvalues(vectors, true); // in rising order
        int features = inputs.array("X").size(0);
        double[] falling = new double[features];
        for (int i = 0; i < features; i++) {
            falling[i] = values.getDouble(features - 1 - i);
        }
        INDArray Uk = vectors.get(NDArrayIndex.all(), NDArrayIndex.interval(features - inputs.integer("k"), features));
        return new Reply.Answered(Outputs.of("eigenvalues", Array.vector(falling))
                .and("projector", Nd4jArrays.copy(Uk.mmul(Uk.transpose()))));
    }
}
