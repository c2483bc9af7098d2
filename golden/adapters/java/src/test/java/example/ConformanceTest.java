package example;

import org.goldgrad.golden.contract.ImplementationContract;
import org.goldgrad.properties.operation.Implementation;

/** Every golden case and every claim, as tests of this project. */
class ConformanceTest extends ImplementationContract {
    @Override
    protected Implementation implementation() {
        return new Textbook();
    }
}
