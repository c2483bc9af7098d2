package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;

/** Something that answers questions, and is judged by its answers. */
public interface Implementation {
    /** What people call it: {@code nd4j}. */
    String name();

    /** Its version, language and whatever else identifies it. */
    String version();

    /** The format that it computes in. */
    Format format();

    /**
     * The choices that it makes where correct implementations differ, by convention; a convention that is absent is one
     * in which it follows whatever the question asks.
     */
    Map<String, String> conventions(Operation operation);

    /** Its answer; an exception is a crash. */
    Reply answer(Operation operation, Inputs inputs);
}
