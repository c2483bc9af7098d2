package org.goldgrad.golden.adapter;

/** Something that cannot be judged at all: no such command, no hello, no file of answers; the message is one line. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private final String line;

    Unusable(String line) {
        super(line);
        this.line = line;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
