package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.optimization.ClipByNormOperation;
import org.goldgrad.properties.optimization.ClipByValueOperation;
import org.goldgrad.properties.optimization.ClippedDescentOperation;
import org.goldgrad.properties.optimization.ProjectToBallOperation;
import org.goldgrad.properties.optimization.ProjectToSphereOperation;
import org.goldgrad.properties.optimization.ScaleGradientOperation;

/** The properties of what is done to gradients and parameters around an optimizer: clipping, scaling, projection. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class ClippingTest {
    @Group
    class ClipByNorm extends OperationContract {
        ClipByNorm() {
            super(ClipByNormOperation.OPERATION);
        }
    }

    @Group
    class ClipByNormGradient extends OperationContract {
        ClipByNormGradient() {
            super(ClipByNormOperation.GRADIENT);
        }
    }

    @Group
    class ClipByValue extends OperationContract {
        ClipByValue() {
            super(ClipByValueOperation.OPERATION);
        }
    }

    @Group
    class ScaleGradient extends OperationContract {
        ScaleGradient() {
            super(ScaleGradientOperation.OPERATION);
        }
    }

    @Group
    class ProjectToBall extends OperationContract {
        ProjectToBall() {
            super(ProjectToBallOperation.OPERATION);
        }
    }

    @Group
    class ProjectToSphere extends OperationContract {
        ProjectToSphere() {
            super(ProjectToSphereOperation.OPERATION);
        }
    }

    @Group
    class ClippedDescent extends OperationContract {
        ClippedDescent() {
            super(ClippedDescentOperation.OPERATION);
        }
    }
}
