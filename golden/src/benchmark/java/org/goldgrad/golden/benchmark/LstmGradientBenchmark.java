package org.goldgrad.golden.benchmark;

import org.goldgrad.analytic.arithmetic.Binary64;
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

/** The gradient of one LSTM with respect to all its inputs, from doubles to doubles, by every route there is. */
public class LstmGradientBenchmark extends Milliseconds {
    private final Operation operation = LstmOperation.GRADIENT;
    private final Inputs inputs = Questions.lstmGradient();
    private final Implementation reference = new Reference();
    private final Implementation nd4j = new Nd4jImplementation();

    /** Our hand-derived backward pass on EJML, and the check that the question fits. */
    @Benchmark
    public Reply reference() {
        return reference.answer(operation, inputs);
    }

    /** ND4J's lstmLayer_bp on one thread, and copying into its arrays and out of them. */
    @Benchmark
    public Reply nd4j() {
        return nd4j.answer(operation, inputs);
    }

    /** The definition on a tape of doubles. */
    @Benchmark
    public Answer<Binary64> binary64() {
        return operation.definition().of(inputs.in(Binary64.ARITHMETIC));
    }

    /** The definition on a tape of balls until every double is proven. */
    @Benchmark
    public Certifier.Certificate certificate() {
        return Certifier.certify(operation.definition(), inputs);
    }
}
