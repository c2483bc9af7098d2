package org.goldgrad.reports;

/** Something that whoever typed the command can mend: one line for people, and no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;

    Refusal(Exit exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    /** Refuses the command. */
    Refusal(String message) {
        this(Exit.REFUSED, message);
    }

    Exit exit() {
        return exit;
    }
}
