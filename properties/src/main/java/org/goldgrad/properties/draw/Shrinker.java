package org.goldgrad.properties.draw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a smaller list of choices that still fails.
 *
 * <p>Deletes chunks, then zeroes chunks, halving their size from the whole list to one choice, then lowers single choices
 * by a half, a quarter and so on, then decrements a choice and deletes a few later ones with it (a size and what it sized); starts over
 * after a pass that helped (as Hypothesis does; MacIver and Donaldson 2020). The order is that
 * of lists: shorter first, then by their first difference, so it ends.
 */
public final class Shrinker {
    /** Lists short enough, and chunks, for decrementing a size and deleting what it sized. */
    private static final int SHORT = 80;

    private static final int CHUNK = 8;

    private final Predicate<List<Integer>> fails;
    private int attempts;
    private List<Integer> best;

    private Shrinker(List<Integer> failing, Predicate<List<Integer>> fails, int attempts) {
        this.best = failing;
        this.fails = fails;
        this.attempts = attempts;
    }

    /** The smallest failing list found with at most this many attempts. */
    public static List<Integer> shrink(List<Integer> failing, Predicate<List<Integer>> fails, int attempts) {
        Shrinker shrinker = new Shrinker(failing, fails, attempts);
        while (shrinker.attempts > 0 && shrinker.pass()) {
            // every pass that helped is followed by another
        }
        return shrinker.best;
    }

    /** Lists one step smaller than this one, most ambitious first. */
    public static List<List<Integer>> smaller(List<Integer> choices) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (int size = choices.size(); size > 0; size /= 2) {
            for (int from = 0; from < choices.size(); from += size) {
                int to = Math.min(from + size, choices.size());
                candidates.add(without(choices, from, to));
                candidates.add(zeroed(choices, from, to));
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            for (int less : lowered(choices.get(i))) {
                candidates.add(replaced(choices, i, less));
            }
        }
        candidates.addAll(resized(choices));
        candidates.removeIf(candidate -> !isSmaller(candidate, choices));
        return candidates;
    }

    private boolean pass() {
        List<Integer> before = best;
        for (int size = best.size(); size > 0; size /= 2) {
            for (int from = 0; from < best.size(); ) {
                int to = Math.min(from + size, best.size());
                if (!accept(without(best, from, to))) {
                    accept(zeroed(best, from, to));
                    from += size;
                }
            }
        }
        for (int i = 0; i < best.size(); i++) {
            while (i < best.size() && lower(i)) {
                // as long as it helps
            }
        }
        if (isSmaller(best, before)) {
            return true;
        }
        for (List<Integer> candidate : resized(best)) {
            if (accept(candidate)) {
                return true;
            }
        }
        return false;
    }

    private boolean lower(int i) {
        for (int less : lowered(best.get(i))) {
            if (accept(replaced(best, i, less))) {
                return true;
            }
        }
        return false;
    }

    /** n less a half, a quarter, and so on down to 1: what means an exponent or a sign by its parity gets lower, too. */
    private static List<Integer> lowered(int n) {
        List<Integer> lowered = new ArrayList<>();
        for (int less = n - n / 2; less > 0; less = less == 1 ? 0 : less - less / 2) {
            lowered.add(n - less);
        }
        return lowered;
    }

    /** Every list with one choice decremented and a few later ones deleted. */
    private static List<List<Integer>> resized(List<Integer> choices) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (int i = 0; i < choices.size() && choices.size() <= SHORT; i++) {
            for (int size = 1; size <= CHUNK && choices.get(i) > 0; size++) {
                for (int from = i + 1; from + size <= choices.size(); from++) {
                    candidates.add(without(replaced(choices, i, choices.get(i) - 1), from, from + size));
                }
            }
        }
        return candidates;
    }

    private boolean accept(List<Integer> candidate) {
        if (attempts <= 0 || !isSmaller(candidate, best)) {
            return false;
        }
        attempts--;
        boolean accepted = fails.test(candidate);
        if (accepted) {
            best = candidate;
        }
        return accepted;
    }

    private static boolean isSmaller(List<Integer> a, List<Integer> b) {
        if (a.size() != b.size()) {
            return a.size() < b.size();
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return a.get(i) >= 0 && a.get(i) < b.get(i);
            }
        }
        return false;
    }

    private static List<Integer> without(List<Integer> choices, int from, int to) {
        List<Integer> rest = new ArrayList<>(choices);
        rest.subList(from, to).clear();
        return rest;
    }

    private static List<Integer> zeroed(List<Integer> choices, int from, int to) {
        List<Integer> changed = new ArrayList<>(choices);
        Collections.fill(changed.subList(from, to), 0);
        return changed;
    }

    private static List<Integer> replaced(List<Integer> choices, int i, int value) {
        List<Integer> changed = new ArrayList<>(choices);
        changed.set(i, value);
        return changed;
    }
}
