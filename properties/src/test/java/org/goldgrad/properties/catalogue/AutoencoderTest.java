package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import org.goldgrad.properties.autoencoder.PcaOperation;

/** The properties of every operation of the chapter. */
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class AutoencoderTest {
    @Group
    class Pca extends OperationContract {
        Pca() {
            super(PcaOperation.OPERATION);
        }
    }
}
