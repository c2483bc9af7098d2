package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.regularization.DropoutLossOperation;
import org.goldgrad.properties.regularization.DropoutSolutionOperation;
import org.goldgrad.properties.regularization.RidgeSolutionOperation;

/** The properties of every operation of the chapter. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class RegularizationTest {
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
}
