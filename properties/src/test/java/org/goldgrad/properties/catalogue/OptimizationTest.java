package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.optimization.AdaDeltaOperation;
import org.goldgrad.properties.optimization.AdaGradOperation;
import org.goldgrad.properties.optimization.AdaMaxOperation;
import org.goldgrad.properties.optimization.AdamOperation;
import org.goldgrad.properties.optimization.AdamResumedOperation;
import org.goldgrad.properties.optimization.AmsGradOperation;
import org.goldgrad.properties.optimization.MomentumOperation;
import org.goldgrad.properties.optimization.NadamOperation;
import org.goldgrad.properties.optimization.NesterovOperation;
import org.goldgrad.properties.optimization.RmsPropOperation;
import org.goldgrad.properties.optimization.RunningAverageOperation;
import org.goldgrad.properties.optimization.SgdOperation;

/** The properties of every operation of the chapter. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class OptimizationTest {
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
    class Sgd extends OperationContract {
        Sgd() {
            super(SgdOperation.OPERATION);
        }
    }

    @Group
    class Nesterov extends OperationContract {
        Nesterov() {
            super(NesterovOperation.OPERATION);
        }
    }

    @Group
    class AdamResumed extends OperationContract {
        AdamResumed() {
            super(AdamResumedOperation.OPERATION);
        }
    }

    @Group
    class Amsgrad extends OperationContract {
        Amsgrad() {
            super(AmsGradOperation.OPERATION);
        }
    }

    @Group
    class Nadam extends OperationContract {
        Nadam() {
            super(NadamOperation.OPERATION);
        }
    }

    @Group
    class Adamax extends OperationContract {
        Adamax() {
            super(AdaMaxOperation.OPERATION);
        }
    }

    @Group
    class Rmsprop extends OperationContract {
        Rmsprop() {
            super(RmsPropOperation.OPERATION);
        }
    }

    @Group
    class Adagrad extends OperationContract {
        Adagrad() {
            super(AdaGradOperation.OPERATION);
        }
    }

    @Group
    class Adadelta extends OperationContract {
        Adadelta() {
            super(AdaDeltaOperation.OPERATION);
        }
    }
}
