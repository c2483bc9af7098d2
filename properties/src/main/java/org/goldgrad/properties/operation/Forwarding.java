package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;

/** An implementation that is another one, but for how it comes by its answers. */
public abstract class Forwarding implements Implementation {
    private final Implementation asked;

    /** Everything but answers is said by the one that is asked. */
    protected Forwarding(Implementation asked) {
        this.asked = asked;
    }

    /** The other one. */
    protected final Implementation asked() {
        return asked;
    }

    @Override
    public final String name() {
        return asked.name();
    }

    @Override
    public final String version() {
        return asked.version();
    }

    @Override
    public final Format format() {
        return asked.format();
    }

    @Override
    public final Map<String, String> conventions(Operation operation) {
        return asked.conventions(operation);
    }
}
