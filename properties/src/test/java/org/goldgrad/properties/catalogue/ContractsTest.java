package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.autoencoder.PcaOperation;
import org.goldgrad.properties.normalization.LayerNormOperation;
import org.goldgrad.properties.optimization.AdamOperation;
import org.goldgrad.properties.optimization.MomentumOperation;
import org.goldgrad.properties.optimization.RunningAverageOperation;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.goldgrad.properties.recurrent.ScalarRnnOperation;
import org.goldgrad.properties.regularization.DropoutLossOperation;
import org.goldgrad.properties.regularization.DropoutSolutionOperation;
import org.goldgrad.properties.regularization.RidgeSolutionOperation;

/** The properties of every operation in the catalogue. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class ContractsTest {
    @Group
    class ScalarRnn extends OperationContract {
        ScalarRnn() {
            super(ScalarRnnOperation.OPERATION);
        }
    }

    @Group
    class Lstm extends OperationContract {
        Lstm() {
            super(LstmOperation.OPERATION);
        }
    }

    @Group
    class LstmGradient extends OperationContract {
        LstmGradient() {
            super(LstmOperation.GRADIENT);
        }
    }

    @Group
    class Momentum extends OperationContract {
        Momentum() {
            super(MomentumOperation.OPERATION);
        }
    }

    @Group
    class RunningAverage extends OperationContract {
        RunningAverage() {
            super(RunningAverageOperation.OPERATION);
        }
    }

    @Group
    class Adam extends OperationContract {
        Adam() {
            super(AdamOperation.OPERATION);
        }
    }

    @Group
    class DropoutLoss extends OperationContract {
        DropoutLoss() {
            super(DropoutLossOperation.OPERATION);
        }
    }

    @Group
    class DropoutSolution extends OperationContract {
        DropoutSolution() {
            super(DropoutSolutionOperation.OPERATION);
        }
    }

    @Group
    class RidgeSolution extends OperationContract {
        RidgeSolution() {
            super(RidgeSolutionOperation.OPERATION);
        }
    }

    @Group
    class LayerNorm extends OperationContract {
        LayerNorm() {
            super(LayerNormOperation.OPERATION);
        }
    }

    @Group
    class LayerNormGradient extends OperationContract {
        LayerNormGradient() {
            super(LayerNormOperation.GRADIENT);
        }
    }

    @Group
    class Pca extends OperationContract {
        Pca() {
            super(PcaOperation.OPERATION);
        }
    }
}
