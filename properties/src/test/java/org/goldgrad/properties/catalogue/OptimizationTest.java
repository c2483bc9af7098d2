package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.optimization.AdamOperation;
import org.goldgrad.properties.optimization.MomentumOperation;
import org.goldgrad.properties.optimization.RunningAverageOperation;

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
}
