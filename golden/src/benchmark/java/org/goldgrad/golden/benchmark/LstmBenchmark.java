package org.goldgrad.golden.benchmark;

import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.openjdk.jmh.annotations.Benchmark;

/** One LSTM forwards, from doubles to doubles, by every route there is. */
public class LstmBenchmark extends Milliseconds {
    private final Operation operation = LstmOperation.OPERATION;
    private final Inputs inputs = Questions.lstm();
    private final Implementation reference = new Reference();
    private final Implementation nd4j = new Nd4jImplementation();

    /** Our reference on EJML, and the check that the question fits. */
    @Benchmark
    public Reply reference() {
        return reference.answer(operation, inputs);
    }

    /** ND4J's lstmLayer on one thread, and copying into its arrays and out of them. */
    @Benchmark
    public Reply nd4j() {
        return nd4j.answer(operation, inputs);
    }

    /** The definition in doubles. */
    @Benchmark
    public Answer<Binary64> binary64() {
        return operation.definition().of(inputs.in(Binary64.ARITHMETIC));
    }

    /** The definition in double-doubles: 31 digits. */
    @Benchmark
    public Answer<DoubleDouble> doubleDouble() {
        return operation.definition().of(inputs.in(DoubleDouble.ARITHMETIC));
    }

    /** The definition in balls until every double is proven: at most 50 ms. */
    @Benchmark
    public Certifier.Certificate certificate() {
        return Certifier.certify(operation.definition(), inputs);
    }
}
