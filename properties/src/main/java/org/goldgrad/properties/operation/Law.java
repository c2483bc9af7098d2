package org.goldgrad.properties.operation;

import org.goldgrad.properties.draw.Draw;

/** A statement that can be false, checked on one drawn input. */
@FunctionalInterface
public interface Law {
    Check check(Subject subject, Draw draw);
}
