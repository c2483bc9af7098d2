package org.goldgrad.golden.vectors;

/** Golden files that cannot be used; the message is one line that names file, case, field and remedy. */
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String line;

    public CorpusException(String line) {
        super(line);
        this.line = line;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
