package org.goldgrad.properties.nd4j;

import java.util.Arrays;
import org.goldgrad.analytic.definition.Array;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp.DynamicCustomOpsBuilder;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays into ND4J and out of it, always copied, always in doubles. ND4J's arrays have strides of their own (its
 * column-major order, views); ours are row-major.
 */
public final class Nd4jArrays {
    static {
        // Before anything else: some of ND4J's Java allocates results in the default type, which is float.
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        // The order of a sum must not depend on the number of cores, and arrays of ten numbers are no work for two.
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
    }

    private Nd4jArrays() {}

    /** Nothing but the settings above, for whoever lets ND4J make its first array. */
    public static void start() {}

    public static INDArray of(Array array) {
        return of(array, Arrays.stream(array.shape()).asLongStream().toArray());
    }

    /** The same elements in row-major order under another shape. */
    public static INDArray of(Array array, long... shape) {
        INDArray copy = Nd4j.createUninitialized(DataType.DOUBLE, shape, 'c');
        copy.data().setData(array.elements());
        return copy;
    }

    public static Array copy(INDArray array) {
        return copy(
                array, Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    }

    /** The same elements in row-major order under another shape. */
    public static Array copy(INDArray array, int... shape) {
        return Array.of(shape, elements(array));
    }

    /** Arrays of one shape, one above the other. */
    static Array stacked(INDArray... parts) {
        return copy(Nd4j.stack(0, parts));
    }

    /** All elements in row-major order. */
    public static double[] elements(INDArray array) {
        if (array.dataType() != DataType.DOUBLE) {
            throw new IllegalStateException("the result is " + array.dataType() + ", not DOUBLE");
        }
        return array.dup('c').data().asDouble();
    }

    /** Runs one of ND4J's operations by its name. */
    public static INDArray[] run(DynamicCustomOpsBuilder operation) {
        return Nd4j.exec(operation.build());
    }
}
