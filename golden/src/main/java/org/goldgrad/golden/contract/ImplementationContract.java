package org.goldgrad.golden.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What an implementation must pass; extend it, and every test runs in your own build.
 *
 * <pre>{@code
 * class ConformanceTest extends ImplementationContract {
 *     @Override
 *     protected Implementation implementation() {
 *         return new MyImplementation();
 *     }
 * }
 * }</pre>
 *
 * <p>A test fails where an answer is further off than rounding in the implementation's format explains, or where there is
 * none but an exception. A question that the implementation declines, or that its format cannot hold, is a test that was
 * aborted: reports show it as skipped, never as passed. After the golden cases of an operation of which some differ, one
 * more test fails: its message names the mistake that explains them.
 *
 * <p>Everything is the same in every run: the golden cases are in this jar, and the claims' draws have fixed seeds. All
 * tests of the class run one after the other, so the implementation need not be safe for threads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ImplementationContract {
    private Implementation implementation;

    /** For subclasses. */
    protected ImplementationContract() {}

    /** The implementation to be judged; asked for once, before the first test. */
    protected abstract Implementation implementation();

    /** The ids of the operations to be judged; all by default. Those that it does not offer it declines. */
    protected List<String> operations() {
        return Catalogue.operations().stream().map(Operation::id).toList();
    }

    /** How many questions are drawn for a claim. */
    protected int draws() {
        return 100;
    }

    @BeforeAll
    final void begin() {
        implementation = implementation();
    }

    /** For each operation, every golden case under the conventions that the implementation declares. */
    @TestFactory
    public final Stream<DynamicNode> golden_cases() {
        List<Operation> operations = chosen();
        Corpus corpus = Corpus.standard(operations);
        List<Examination> examinations = operations.stream()
                .map(operation -> new Examination(operation, corpus.cases(operation.id()), implementation))
                .toList();
        return Stream.concat(
                examinations.stream()
                        .map(examination -> DynamicContainer.dynamicContainer(
                                examination.operation().id(), examination.tests())),
                Examination.unanswered(examinations));
    }

    /**
     * For each operation, every claim that holds, on drawn questions; a failure is told by the smallest one found. Claims are
     * not tested in binary16, in which squares of ordinary numbers underflow.
     */
    @TestFactory
    public final Stream<DynamicNode> claims() {
        return chosen().stream().flatMap(operation -> claims(operation).stream());
    }

    private Optional<DynamicNode> claims(Operation operation) {
        List<DynamicTest> tests = operation.claims().stream()
                .filter(claim -> claim.status() == Claim.Status.HOLDS)
                .map(claim -> new ClaimTest(operation, claim, implementation, draws()))
                .map(test -> DynamicTest.dynamicTest(test.claim().id(), test))
                .toList();
        return tests.isEmpty()
                ? Optional.empty()
                : Optional.of(DynamicContainer.dynamicContainer(operation.id(), tests));
    }

    private List<Operation> chosen() {
        return operations().stream().map(Catalogue::operation).toList();
    }
}
