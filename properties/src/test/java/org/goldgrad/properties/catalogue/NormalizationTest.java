package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.normalization.LayerNormOperation;

/** The properties of every operation of the chapter. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class NormalizationTest {
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
}
