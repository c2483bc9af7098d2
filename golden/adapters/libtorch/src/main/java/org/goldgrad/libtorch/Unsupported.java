package org.goldgrad.libtorch;

/** What libtorch cannot be asked, and why, as a sentence. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unsupported(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
