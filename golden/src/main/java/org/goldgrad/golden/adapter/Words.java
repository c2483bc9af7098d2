package org.goldgrad.golden.adapter;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line in words, as POSIX shells split one: at blanks; 'as it stands', "with \" and \\", and \ before any
 * other character. Nothing is expanded.
 */
final class Words {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean within;
    private int at;

    private Words(String text) {
        this.text = text;
    }

    static List<String> of(String text) throws Unusable {
        return new Words(text).split();
    }

    private List<String> split() throws Unusable {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> end();
                case '\'' -> quoted('\'', "");
                case '"' -> quoted('"', "\"\\$`");
                case '\\' -> add(next('\\'));
                default -> add(c);
            }
        }
        end();
        if (words.isEmpty()) {
            throw new Unusable("the command is empty; name a program and its arguments");
        }
        return List.copyOf(words);
    }

    private void quoted(char quote, String escapable) throws Unusable {
        within = true;
        for (char c = next(quote); c != quote; c = next(quote)) {
            boolean escapes = c == '\\' && at < text.length() && escapable.indexOf(text.charAt(at)) >= 0;
            word.append(escapes ? next(quote) : c);
        }
    }

    private char next(char opened) throws Unusable {
        if (at == text.length()) {
            throw new Unusable("the command ends after an open " + opened + ": " + text);
        }
        return text.charAt(at++);
    }

    private void add(char c) {
        within = true;
        word.append(c);
    }

    private void end() {
        if (within) {
            words.add(word.toString());
            word.setLength(0);
            within = false;
        }
    }
}
