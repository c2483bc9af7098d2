package org.goldgrad.golden.judge;

import java.util.List;
import java.util.Map;

/**
 * A whole run over the golden cases.
 *
 * @param header what was judged by what: implementation, version, format, corpus hash, JVM
 * @param operations in the order of the catalogue
 */
public record Run(Map<String, String> header, List<OperationResult> operations) {
    public Run {
        operations = List.copyOf(operations);
    }

    /** Whether nothing differs and nothing crashed. */
    public boolean conforms() {
        return operations.stream().allMatch(o -> o.differs() == 0 && o.crashed() == 0);
    }
}
