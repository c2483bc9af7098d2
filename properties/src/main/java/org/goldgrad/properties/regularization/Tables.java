package org.goldgrad.properties.regularization;

import org.goldgrad.analytic.definition.Array;

/** Small tables of data, neither sorted nor centred, with columns of different length. */
final class Tables {
    private Tables() {}

    /** Seven samples of five features. */
    static Array seven() {
        return Array.matrix(
                new double[] {1, 2, -0.5, 3, 0.25},
                new double[] {-1.5, 0.5, 2, 1, -4},
                new double[] {3, -2, 1, 0.5, 1},
                new double[] {0, 1.5, -3, 2, 0.75},
                new double[] {2, 2, 0.5, -1, 1.5},
                new double[] {-0.5, 4, 1.5, 0.25, -2},
                new double[] {1.25, -1, 2.5, 3.5, 0.5});
    }
}
