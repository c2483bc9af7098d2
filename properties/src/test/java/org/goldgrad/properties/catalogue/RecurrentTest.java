package org.goldgrad.properties.catalogue;

import net.jqwik.api.Group;
import net.jqwik.api.PropertyDefaults;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.goldgrad.properties.recurrent.ScalarRnnOperation;

/** The properties of the operations that the others of the chapter vary: a number's recurrence and the LSTM. */
@PropertyDefaults(tries = 200)
@SuppressWarnings("ClassCanBeStatic") // jqwik's groups are inner classes
class RecurrentTest {
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
}
