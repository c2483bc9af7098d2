package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import net.jqwik.api.PropertyDefaults;
import org.goldgrad.properties.recurrent.AveragingOperation;
import org.goldgrad.properties.recurrent.BidirectionalOperation;
import org.goldgrad.properties.recurrent.BidirectionalRegressionOperation;
import org.goldgrad.properties.recurrent.ClassifierOperation;
import org.goldgrad.properties.recurrent.ColumnLstmOperation;
import org.goldgrad.properties.recurrent.GradientFlowOperation;
import org.goldgrad.properties.recurrent.GruOperation;
import org.goldgrad.properties.recurrent.LowRankOperation;
import org.goldgrad.properties.recurrent.PreactivationOperation;
import org.goldgrad.properties.recurrent.RegressionOperation;
import org.goldgrad.properties.recurrent.ResidualOperation;
import org.goldgrad.properties.recurrent.StackedLstmOperation;
import org.goldgrad.properties.recurrent.StackedOperation;
import org.goldgrad.properties.recurrent.TruncatedOperation;
import org.goldgrad.properties.recurrent.VanillaOperation;
import org.goldgrad.properties.recurrent.VariableLengthOperation;

/**
 * The properties of the recurrent networks beyond the LSTM layer: many operations that share their recurrences, so fewer tries
 * for each.
 */
@PropertyDefaults(tries = 150)
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class RecurrentNetworksTest {
    @Group
    class Vanilla extends OperationContract {
        Vanilla() {
            super(VanillaOperation.OPERATION);
        }
    }

    @Group
    class VanillaGradient extends OperationContract {
        VanillaGradient() {
            super(VanillaOperation.GRADIENT);
        }
    }

    @Group
    class Regression extends OperationContract {
        Regression() {
            super(RegressionOperation.OPERATION);
        }
    }

    @Group
    class RegressionGradient extends OperationContract {
        RegressionGradient() {
            super(RegressionOperation.GRADIENT);
        }
    }

    @Group
    class RunningAverage extends OperationContract {
        RunningAverage() {
            super(AveragingOperation.OPERATION);
        }
    }

    @Group
    class GradientFlow extends OperationContract {
        GradientFlow() {
            super(GradientFlowOperation.OPERATION);
        }
    }

    @Group
    class LstmGradientFlow extends OperationContract {
        LstmGradientFlow() {
            super(GradientFlowOperation.LSTM);
        }
    }

    @Group
    class Gru extends OperationContract {
        Gru() {
            super(GruOperation.OPERATION);
        }
    }

    @Group
    class GruGradient extends OperationContract {
        GruGradient() {
            super(GruOperation.GRADIENT);
        }
    }

    @Group
    class LstmColumns extends OperationContract {
        LstmColumns() {
            super(ColumnLstmOperation.OPERATION);
        }
    }

    @Group
    class LstmColumnsGradient extends OperationContract {
        LstmColumnsGradient() {
            super(ColumnLstmOperation.GRADIENT);
        }
    }

    @Group
    class Stacked extends OperationContract {
        Stacked() {
            super(StackedOperation.OPERATION);
        }
    }

    @Group
    class StackedGradient extends OperationContract {
        StackedGradient() {
            super(StackedOperation.GRADIENT);
        }
    }

    @Group
    class LstmStacked extends OperationContract {
        LstmStacked() {
            super(StackedLstmOperation.OPERATION);
        }
    }

    @Group
    class LstmStackedGradient extends OperationContract {
        LstmStackedGradient() {
            super(StackedLstmOperation.GRADIENT);
        }
    }

    @Group
    class Residual extends OperationContract {
        Residual() {
            super(ResidualOperation.OPERATION);
        }
    }

    @Group
    class ResidualGradient extends OperationContract {
        ResidualGradient() {
            super(ResidualOperation.GRADIENT);
        }
    }

    @Group
    class Preactivation extends OperationContract {
        Preactivation() {
            super(PreactivationOperation.OPERATION);
        }
    }

    @Group
    class PreactivationGradient extends OperationContract {
        PreactivationGradient() {
            super(PreactivationOperation.GRADIENT);
        }
    }

    @Group
    class VariableLength extends OperationContract {
        VariableLength() {
            super(VariableLengthOperation.OPERATION);
        }
    }

    @Group
    class VariableLengthGradient extends OperationContract {
        VariableLengthGradient() {
            super(VariableLengthOperation.GRADIENT);
        }
    }

    @Group
    class TruncatedGradient extends OperationContract {
        TruncatedGradient() {
            super(TruncatedOperation.GRADIENT);
        }
    }

    @Group
    class Bidirectional extends OperationContract {
        Bidirectional() {
            super(BidirectionalOperation.OPERATION);
        }
    }

    @Group
    class BidirectionalGradient extends OperationContract {
        BidirectionalGradient() {
            super(BidirectionalOperation.GRADIENT);
        }
    }

    @Group
    class BidirectionalRegression extends OperationContract {
        BidirectionalRegression() {
            super(BidirectionalRegressionOperation.OPERATION);
        }
    }

    @Group
    class BidirectionalRegressionGradient extends OperationContract {
        BidirectionalRegressionGradient() {
            super(BidirectionalRegressionOperation.GRADIENT);
        }
    }

    @Group
    class LowRank extends OperationContract {
        LowRank() {
            super(LowRankOperation.OPERATION);
        }
    }

    @Group
    class LowRankGradient extends OperationContract {
        LowRankGradient() {
            super(LowRankOperation.GRADIENT);
        }
    }

    @Group
    class Classifier extends OperationContract {
        Classifier() {
            super(ClassifierOperation.OPERATION);
        }
    }

    @Group
    class ClassifierGradient extends OperationContract {
        ClassifierGradient() {
            super(ClassifierOperation.GRADIENT);
        }
    }
}
