package org.goldgrad.analytic.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.goldgrad.analytic.arithmetic.Real;

/** Lines that are computed one after another, again at every step; what a line does not set keeps its value. */
public record Rule(List<Line> lines) {
    public Rule {
        lines = List.copyOf(lines);
    }

    /** The rule of a text, line by line. */
    public static Rule of(String text) {
        return new Rule(
                text.lines().filter(line -> !line.isBlank()).map(Line::of).toList());
    }

    /** The lines that count under these conventions. */
    public Rule under(Map<String, String> conventions) {
        return new Rule(lines.stream().filter(line -> line.applies(conventions)).toList());
    }

    /** Computes every line in order. */
    public <R extends Real<R>> void apply(Values<R> values) {
        lines.forEach(line -> values.set(line.name(), line.formula().value(values)));
    }

    /** Whether some line reads this name. */
    public boolean reads(String name) {
        return lines.stream().anyMatch(line -> line.formula().reads(name));
    }

    /** Whether some line sets this name. */
    public boolean sets(String name) {
        return lines.stream().anyMatch(line -> line.name().equals(name));
    }

    /**
     * This rule with other lines: each takes the place of the line that sets its name under the same choices, or of all
     * that set its name if it makes none; a line for a new name stands before the next one that takes a place, or at the end.
     *
     * @throws IllegalArgumentException if a line makes choices that no line for its name makes
     */
    public Rule with(String changes) {
        List<Line> changed = new ArrayList<>(lines);
        List<Line> waiting = new ArrayList<>();
        for (Line line : of(changes).lines) {
            if (!sets(line.name())) {
                waiting.add(line);
                continue;
            }
            List<Line> replaced = new Rule(changed).replacedBy(line);
            if (replaced.isEmpty()) {
                throw new IllegalArgumentException("there is no line for " + line.name() + " under " + line.when());
            }
            int at = changed.indexOf(replaced.get(0));
            changed.removeAll(replaced);
            waiting.add(line);
            changed.addAll(at, waiting);
            waiting.clear();
        }
        changed.addAll(waiting);
        return new Rule(changed);
    }

    /** The lines whose place another one takes. */
    public List<Line> replacedBy(Line line) {
        return lines.stream()
                .filter(old -> old.name().equals(line.name()))
                .filter(old -> line.when().isEmpty() || old.when().equals(line.when()))
                .toList();
    }

    /** This rule, and then more lines. */
    public Rule then(String more) {
        List<Line> changed = new ArrayList<>(lines);
        changed.addAll(of(more).lines);
        return new Rule(changed);
    }

    /** This rule with one line changed. */
    public Rule with(int line, Line other) {
        List<Line> changed = new ArrayList<>(lines);
        changed.set(line, other);
        return new Rule(changed);
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }
}
