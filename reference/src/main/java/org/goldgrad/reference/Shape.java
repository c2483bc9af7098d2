package org.goldgrad.reference;

import org.ejml.simple.SimpleMatrix;

/** The shape of a matrix, written rows×columns in every message of this module. */
public record Shape(int rows, int columns) {

    public static Shape of(SimpleMatrix matrix) {
        return new Shape(matrix.getNumRows(), matrix.getNumCols());
    }

    /**
     * Refuses an argument of any other shape: {@code h0 must be batch×hidden = 4×3, is 3×4}.
     *
     * @param name what the caller calls the argument
     * @param meaning this shape in symbols
     * @throws IllegalArgumentException naming the argument and both shapes
     */
    public void require(String name, String meaning, SimpleMatrix argument) {
        if (!of(argument).equals(this)) {
            throw new IllegalArgumentException(name + " must be " + meaning + " = " + this + ", is " + of(argument));
        }
    }

    @Override
    public String toString() {
        return rows + "×" + columns;
    }
}
