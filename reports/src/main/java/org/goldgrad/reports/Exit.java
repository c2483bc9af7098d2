package org.goldgrad.reports;

/** What Goldgrad tells the shell that started it. */
enum Exit {
    CONFORMS(0),
    DIFFERS(1),
    /** The implementation cannot be started, or answers nothing. */
    UNUSABLE(2),
    /** The command, the golden files or Goldgrad itself is at fault; nothing was judged. */
    REFUSED(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
