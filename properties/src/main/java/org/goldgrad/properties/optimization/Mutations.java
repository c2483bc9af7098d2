package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goldgrad.analytic.formula.Formula;
import org.goldgrad.analytic.formula.Formula.Call;
import org.goldgrad.analytic.formula.Formula.Constant;
import org.goldgrad.analytic.formula.Formula.Factor;
import org.goldgrad.analytic.formula.Formula.Name;
import org.goldgrad.analytic.formula.Formula.Power;
import org.goldgrad.analytic.formula.Formula.Product;
import org.goldgrad.analytic.formula.Formula.Sum;
import org.goldgrad.analytic.formula.Formula.Term;
import org.goldgrad.analytic.formula.Function;
import org.goldgrad.analytic.formula.Line;
import org.goldgrad.analytic.formula.Rule;
import org.goldgrad.analytic.formula.Values;
import org.goldgrad.analytic.optimization.Trajectory;
import org.goldgrad.properties.operation.Mistake;

/**
 * Every small change of an optimizer's formulas: a term or a factor left out, a sign turned, a coefficient complemented, a
 * quotient multiplied, a power off by one, a root or a square or a maximum forgotten, a state read before its update.
 */
final class Mutations {
    private static final Set<String> ALWAYS = Set.of("g", "theta");

    private final Rule rule;
    private final Set<String> settings;

    private Mutations(Rule rule, List<String> settings) {
        this.rule = rule;
        this.settings = Set.copyOf(settings);
    }

    /** A formula instead of another, and what somebody did. */
    private record Change(String id, String did, Formula formula) {}

    /** The mistakes, each under the conventions whose lines it changes. */
    static List<Mistake> of(Trajectory right, List<String> settings) {
        Mutations mutations = new Mutations(right.rule(), settings);
        Map<String, Rule> wrong = new LinkedHashMap<>();
        Map<String, String> did = new HashMap<>();
        Map<String, List<String>> formulas = new HashMap<>();
        for (int i = 0; i < right.rule().lines().size(); i++) {
            Line line = right.rule().lines().get(i);
            Map<String, Integer> seen = new HashMap<>();
            for (Change change : mutations.of(i)) {
                int times = seen.merge(change.id, 1, Integer::sum);
                String id = change.id + (times == 1 ? "" : "-" + times);
                wrong.put(id, wrong.getOrDefault(id, right.rule()).with(i, line.with(change.formula)));
                did.put(id, change.did);
                formulas.computeIfAbsent(id, first -> new ArrayList<>())
                        .add(line.name() + " = " + change.formula + " instead of " + line.name() + " = "
                                + line.formula());
            }
        }
        return wrong.entrySet().stream()
                .map(one -> Mistake.mistake(
                        one.getKey(),
                        did.getOrDefault(one.getKey(), ""),
                        formulas.getOrDefault(one.getKey(), List.of()).stream()
                                .distinct()
                                .collect(Collectors.joining("; ")),
                        right.by(one.getValue())))
                .toList();
    }

    private List<Change> of(int index) {
        Line line = rule.lines().get(index);
        Set<String> updated =
                rule.lines().subList(0, index).stream().map(Line::name).collect(Collectors.toSet());
        String name = line.name().replace('_', '-').toLowerCase(Locale.ROOT);
        return changes(line.formula(), updated)
                .map(change ->
                        new Change(name + "-" + change.id, change.did + " in computing " + line.name(), change.formula))
                .toList();
    }

    /** The changes of a formula, at any depth; of a complement 1 − x, those of x. */
    private Stream<Change> changes(Formula formula, Set<String> updated) {
        int first = isComplement(formula) ? 1 : 0;
        Stream<Change> deeper = IntStream.range(first, formula.parts().size())
                .boxed()
                .flatMap(i -> changes(formula.parts().get(i), updated)
                        .map(change -> new Change(change.id, change.did, replaced(formula, i, change.formula))));
        return Stream.concat(here(formula, updated), deeper);
    }

    private static Formula replaced(Formula whole, int part, Formula by) {
        List<Formula> parts = new ArrayList<>(whole.parts());
        parts.set(part, by);
        return whole.withParts(parts);
    }

    private Stream<Change> here(Formula formula, Set<String> updated) {
        if (isComplement(formula)) {
            Formula x = formula.parts().get(1);
            return Stream.of(change("takes", x, "-for-its-complement", "takes " + x + " for 1 - " + x, x));
        }
        if (formula instanceof Sum sum) {
            return terms(sum);
        }
        if (formula instanceof Product product) {
            return factors(product);
        }
        if (formula instanceof Power power) {
            return powers(power);
        }
        if (formula instanceof Call call) {
            return calls(call);
        }
        if (formula instanceof Name state && updated.contains(state.name()) && rememberable(state.name())) {
            Name old = new Name(state.name() + Trajectory.OLD);
            return Stream.of(change("reads-old", state, "", "reads " + state + " before its update", old));
        }
        return Stream.of();
    }

    /** Whether some line reads the name before it is set, so that what the last step left matters. */
    private boolean rememberable(String name) {
        Set<String> set = new HashSet<>();
        for (Line line : rule.lines()) {
            if (line.formula().reads(name) && !set.contains(name)) {
                return !name.equals("g");
            }
            set.add(line.name());
        }
        return false;
    }

    private Stream<Change> terms(Sum sum) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < sum.terms().size(); i++) {
            Term term = sum.terms().get(i);
            List<Term> rest = new ArrayList<>(sum.terms());
            rest.remove(i);
            Formula without =
                    rest.size() == 1 && !rest.get(0).minus() ? rest.get(0).formula() : new Sum(rest);
            changes.add(change("without", term.formula(), "", "leaves out " + term.formula(), without));
            if (i > 0) {
                List<Term> turned = new ArrayList<>(sum.terms());
                turned.set(i, new Term(!term.minus(), term.formula()));
                String verb = term.minus() ? "adds " : "subtracts ";
                changes.add(change(verb.strip(), term.formula(), "", verb + term.formula(), new Sum(turned)));
            }
            if (isSetting(term.formula())) {
                List<Term> swapped = new ArrayList<>(sum.terms());
                swapped.set(i, new Term(term.minus(), complement(term.formula())));
                changes.add(change(
                        "complements",
                        term.formula(),
                        "",
                        "takes 1 - " + term.formula() + " for it",
                        new Sum(swapped)));
            }
        }
        return changes.stream();
    }

    private Stream<Change> factors(Product product) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < product.factors().size(); i++) {
            Factor factor = product.factors().get(i);
            if (factor.divides() || isCoefficient(factor.formula())) {
                List<Factor> rest = new ArrayList<>(product.factors());
                rest.remove(i);
                Formula without =
                        rest.size() == 1 && !rest.get(0).divides() ? rest.get(0).formula() : new Product(rest);
                changes.add(change(
                        factor.divides() ? "not-divided-by" : "unscaled-by",
                        factor.formula(),
                        "",
                        (factor.divides() ? "does not divide by " : "leaves out the factor ") + factor.formula(),
                        without));
            }
            if (factor.divides()) {
                List<Factor> multiplied = new ArrayList<>(product.factors());
                multiplied.set(i, new Factor(false, factor.formula()));
                changes.add(change(
                        "multiplied-by",
                        factor.formula(),
                        "",
                        "multiplies by " + factor.formula() + " instead of dividing",
                        new Product(multiplied)));
            }
            if (isSetting(factor.formula())) {
                List<Factor> swapped = new ArrayList<>(product.factors());
                swapped.set(i, new Factor(factor.divides(), complement(factor.formula())));
                changes.add(change(
                        "complements",
                        factor.formula(),
                        "",
                        "takes 1 - " + factor.formula() + " for " + factor.formula(),
                        new Product(swapped)));
            }
        }
        return changes.stream();
    }

    private Stream<Change> powers(Power power) {
        Formula x = power.base();
        if (power.exponent().equals(new Constant("2"))) {
            Formula absolute = new Call(Function.ABS, List.of(x));
            return Stream.of(change("not-squared", x, "", "takes |" + x + "| for its square", absolute));
        }
        Formula later = new Sum(List.of(new Term(false, power.exponent()), new Term(false, new Constant("1"))));
        return Stream.of(
                change("power-late", x, "", "takes " + x + " to the next step's power", new Power(x, later)),
                change("power-once", x, "", "takes " + x + " to no power", x));
    }

    private Stream<Change> calls(Call call) {
        return switch (call.function()) {
            case SQRT, ABS -> {
                Formula x = call.arguments().get(0);
                yield Stream.of(change("no-" + call.function(), x, "", "forgets " + call, x));
            }
            case MAX, FIRST ->
                call.arguments().stream().map(x -> change("always", x, "", "takes " + x + " for " + call, x));
            default -> Stream.of();
        };
    }

    private static Change change(String verb, Formula what, String rest, String did, Formula formula) {
        String slug = what.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return new Change(verb + "-" + slug + rest, did, formula);
    }

    /** Whether it is 1 − x. */
    private static boolean isComplement(Formula formula) {
        return formula instanceof Sum sum
                && sum.terms().size() == 2
                && sum.terms().get(0).formula().equals(new Constant("1"))
                && sum.terms().get(1).minus();
    }

    private static Formula complement(Formula x) {
        return new Sum(List.of(new Term(false, new Constant("1")), new Term(true, x)));
    }

    /** How much of something is kept: a setting whose complement somebody might take. */
    private boolean isSetting(Formula formula) {
        return formula instanceof Name name
                && settings.contains(name.name())
                && Stream.of("beta", "rho", "alpha", "momentum", "dampening").anyMatch(name.name()::startsWith);
    }

    /** Whether it is made of settings and the step's number alone. */
    private boolean isCoefficient(Formula formula) {
        return formula instanceof Name name
                ? settings.contains(name.name()) || name.name().equals(Values.STEP)
                : !(formula instanceof Constant)
                        && !ALWAYS.contains(formula.toString())
                        && formula.parts().stream().allMatch(part -> part instanceof Constant || isCoefficient(part));
    }
}
