package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.initialization.DepthOperation;
import org.goldgrad.properties.initialization.GaussianOperation;
import org.goldgrad.properties.initialization.PreactivationMomentsOperation;
import org.goldgrad.properties.initialization.TruncatedNormalOperation;
import org.goldgrad.properties.initialization.UniformOperation;
import org.goldgrad.properties.initialization.WeightScaleOperation;

/** The properties of every operation of the chapter; those whose answers are random have samples judged elsewhere. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class InitializationTest {
    @Group
    class PreactivationMoments extends OperationContract {
        PreactivationMoments() {
            super(PreactivationMomentsOperation.OPERATION);
        }
    }

    @Group
    class Scale extends OperationContract {
        Scale() {
            super(WeightScaleOperation.OPERATION);
        }
    }

    @Group
    class Depth extends OperationContract {
        Depth() {
            super(DepthOperation.OPERATION);
        }
    }

    @Group
    class Gaussian extends SamplingContract {
        Gaussian() {
            super(GaussianOperation.OPERATION);
        }
    }

    @Group
    class Uniform extends SamplingContract {
        Uniform() {
            super(UniformOperation.OPERATION);
        }
    }

    @Group
    class TruncatedNormal extends SamplingContract {
        TruncatedNormal() {
            super(TruncatedNormalOperation.OPERATION);
        }
    }
}
