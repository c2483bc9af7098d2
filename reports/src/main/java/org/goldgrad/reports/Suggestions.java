package org.goldgrad.reports;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who typed something unknown. */
final class Suggestions {
    private static final int MOST = 3;

    private Suggestions() {}

    /** {@code ; did you mean recurrent.lstm?} with the nearest candidates, of equally near ones the first, or nothing if none is near. */
    static String among(Collection<String> candidates, String typed) {
        List<String> nearest = candidates.stream()
                .distinct()
                .filter(candidate -> distance(candidate, typed) <= Math.max(2, typed.length() / 2))
                .sorted(Comparator.comparingInt(candidate -> distance(candidate, typed)))
                .limit(MOST)
                .toList();
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
    }

    /** 0 if one contains the other, else how many letters to insert, delete or replace (Levenshtein). */
    private static int distance(String candidate, String typed) {
        String a = candidate.toLowerCase(Locale.ROOT);
        String b = typed.toLowerCase(Locale.ROOT);
        if (a.contains(b) && !b.isEmpty()) {
            return 0;
        }
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
