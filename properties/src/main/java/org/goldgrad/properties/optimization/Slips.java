package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.formula.Line;
import org.goldgrad.analytic.formula.Rule;
import org.goldgrad.analytic.optimization.Trajectory;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;

/**
 * What goes wrong in an optimizer: mistakes with a name, habits that spoil any optimizer, and every small change of its
 * formulas.
 *
 * <p>Two of them may be the same function, under some conventions or under all: the second moment is not squared and its root
 * is not taken, say, where there is one root. A function is listed once under each combination of conventions, by the first
 * name it has, and not at all where it is right or is another convention. Functions are taken to be the same if they agree to
 * nine digits in every element on a generic question; formulas of a few operations that agree there agree everywhere. Nor is
 * one listed that gives no number for any parameter there: whatever is asked, that is caught, and no two such can be told apart.
 */
final class Slips {
    private static final double SAME = 1e-9;

    private final Trajectory right;
    private final Inputs generic;
    private final List<Map<String, String>> variants;
    private final List<Mistake> mistakes = new ArrayList<>();

    private Slips(Trajectory right, Inputs generic, List<Map<String, String>> variants) {
        this.right = right;
        this.generic = generic;
        this.variants = variants;
    }

    /** A mistake in some lines of an optimizer's rule: what stands there instead. */
    static Mistake slip(Trajectory right, String id, String did, String lines) {
        String formula = Rule.of(lines).lines().stream()
                .map(line -> line.name() + " = " + line.formula() + replaced(right.rule(), line))
                .distinct()
                .collect(Collectors.joining("; "));
        return Mistake.mistake(id, did, formula, right.by(right.rule().with(lines)));
    }

    /** What a line takes the place of, in words. */
    private static String replaced(Rule rule, Line line) {
        String instead = rule.replacedBy(line).stream()
                .map(old -> old.formula().toString())
                .distinct()
                .collect(Collectors.joining(" or "));
        return instead.isEmpty() ? "" : " instead of " + instead;
    }

    /**
     * All mistakes of an optimizer.
     *
     * @param generic a question on which different functions have different answers
     */
    static List<Mistake> of(
            Trajectory right,
            List<Convention> conventions,
            List<String> settings,
            Inputs generic,
            List<Mistake> named) {
        Slips slips = new Slips(right, generic, Operation.variants(conventions));
        List<Mistake> all = new ArrayList<>(named);
        all.addAll(Habits.of(right, settings));
        all.addAll(Mutations.of(right, settings));
        slips.listOnce(all, named);
        return List.copyOf(slips.mistakes);
    }

    private void listOnce(List<Mistake> candidates, List<Mistake> named) {
        List<Outputs> rightUnderAll =
                variants.stream().map(variant -> answer(right, variant)).toList();
        Map<Map<String, String>, List<Outputs>> known = variants.stream()
                .collect(Collectors.toMap(variant -> variant, variant -> new ArrayList<>(rightUnderAll)));
        for (Mistake candidate : candidates) {
            Set<Map<String, String>> wrongUnder = new HashSet<>();
            for (Map<String, String> variant : variants) {
                if (candidate.applies().test(variant)) {
                    Outputs answer = answer(candidate.wrong(), variant);
                    List<Outputs> others = known.getOrDefault(variant, List.of());
                    if (givesNumbers(answer) && others.stream().noneMatch(other -> same(answer, other))) {
                        others.add(answer);
                        wrongUnder.add(variant);
                    }
                }
            }
            if (!wrongUnder.isEmpty()) {
                mistakes.add(candidate.under(wrongUnder));
            } else if (named.contains(candidate)) {
                throw new IllegalStateException(
                        candidate.id() + " is right, or another mistake, under all conventions");
            }
        }
    }

    private Outputs answer(Definition definition, Map<String, String> variant) {
        return definition
                .of(new Inputs(generic.arrays(), generic.integers(), variant).in(Binary64.ARITHMETIC))
                .nearest();
    }

    /** Whether at least one parameter is a number at every step: a question about it alone has an answer. */
    private boolean givesNumbers(Outputs outputs) {
        int each = generic.array("theta0").size();
        return IntStream.range(0, each)
                .anyMatch(i -> outputs.arrays().values().stream()
                        .allMatch(array -> IntStream.range(0, array.size() / each)
                                .allMatch(t -> Double.isFinite(array.at(t * each + i)))));
    }

    private static boolean same(Outputs a, Outputs b) {
        return a.arrays().keySet().stream().allMatch(name -> same(a.array(name), b.array(name)));
    }

    private static boolean same(Array a, Array b) {
        for (int i = 0; i < a.size(); i++) {
            double x = a.at(i);
            double y = b.at(i);
            boolean bothUndefined = !Double.isFinite(x) && !Double.isFinite(y);
            if (!bothUndefined && !(Math.abs(x - y) <= SAME * Math.max(Math.abs(x), Math.abs(y)))) {
                return false;
            }
        }
        return true;
    }
}
