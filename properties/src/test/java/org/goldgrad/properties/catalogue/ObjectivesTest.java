package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.optimization.ConaturalGradientOperation;
import org.goldgrad.properties.optimization.GradientNormPenaltyOperation;
import org.goldgrad.properties.optimization.NaturalGradientOperation;
import org.goldgrad.properties.optimization.PathSgdOperation;
import org.goldgrad.properties.optimization.SobolevGradientOperation;

/** The properties of steps that look at the objective itself: its curvature, its paths, its metric. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class ObjectivesTest {
    @Group
    class GradientNormPenalty extends OperationContract {
        GradientNormPenalty() {
            super(GradientNormPenaltyOperation.OPERATION);
        }
    }

    @Group
    class PathSgd extends OperationContract {
        PathSgd() {
            super(PathSgdOperation.OPERATION);
        }
    }

    @Group
    class NaturalGradient extends OperationContract {
        NaturalGradient() {
            super(NaturalGradientOperation.OPERATION);
        }
    }

    @Group
    class ConaturalGradient extends OperationContract {
        ConaturalGradient() {
            super(ConaturalGradientOperation.OPERATION);
        }
    }

    @Group
    class SobolevGradient extends OperationContract {
        SobolevGradient() {
            super(SobolevGradientOperation.OPERATION);
        }
    }
}
