package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.formula.Line;
import org.goldgrad.analytic.optimization.Trajectory;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;

/**
 * What the declarations of all optimizers have in common: their questions, and the mistakes that their rules invite.
 *
 * @param text the rule as people read it
 * @param settings the domain of every setting, and a generic value for each of two groups
 */
record Optimizer(
        String id,
        String title,
        String text,
        Trajectory definition,
        Map<String, Setting> settings,
        List<Convention> conventions) {

    /** Which numbers a setting may be, and two for an example. */
    record Setting(Domain domain, double first, double second) {}

    static Optimizer named(String id, String title, String text, Trajectory definition) {
        return new Optimizer(id, title, text, definition, Map.of(), List.of());
    }

    /** A setting that every group has for itself. */
    Optimizer setting(String name, Domain domain, double first, double second) {
        Map<String, Setting> more = new LinkedHashMap<>(settings);
        more.put(name, new Setting(domain, first, second));
        return new Optimizer(id, title, text, definition, more, conventions);
    }

    Optimizer convention(Convention convention) {
        List<Convention> more = new ArrayList<>(conventions);
        more.add(convention);
        return new Optimizer(id, title, text, definition, settings, more);
    }

    /** A named mistake: what stands in the rule instead. */
    Mistake slip(String mistake, String did, String lines) {
        return Slips.slip(definition, mistake, did, lines);
    }

    /** A named mistake: what is done besides, after every step. */
    Mistake afterwards(String mistake, String did, String lines) {
        return Mistake.mistake(
                mistake,
                did,
                "after every step: " + lines.strip().replaceAll("\\s*\n\\s*", "; "),
                definition.by(definition.rule().then(lines)));
    }

    /** Nine steps of two groups along gradients of every magnitude. */
    Inputs example() {
        Inputs example = Inputs.empty()
                .with("theta0", Array.of(new int[] {2, 5}, 1, -2, 0.5, 3, -0.25, -1, 2, 4, -0.5, 1.5))
                .with("g", Gradients.spread(9, 2, 5));
        for (Map.Entry<String, Setting> setting : settings.entrySet()) {
            example = example.with(
                    setting.getKey(),
                    setting.getValue().first(),
                    setting.getValue().second());
        }
        return example;
    }

    /** The declaration but for its source, reference and claims. */
    Operation.Builder declaration(Mistake... named) {
        return declaration(example(), named);
    }

    /** The same where questions hold more than parameters, gradients and settings. */
    Operation.Builder declaration(Inputs example, Mistake... named) {
        Operation.Builder builder = Operation.named(id, title)
                .formula(text.stripTrailing() + "\n\n" + legend())
                .input("theta0", "groups,parameters", Domain.REAL)
                .input("g", "steps,groups,parameters", Domain.SPREAD);
        settings.forEach((name, setting) -> builder.setting(name, "groups", setting.domain()));
        definition.rule().lines().stream().map(Line::name).distinct().forEach(name -> {
            if (definition.tells(name)) {
                builder.output(name, "steps,groups,parameters");
            } else if (definition.passes(name)) {
                builder.intermediate(name, "steps,groups,parameters");
            }
        });
        conventions.forEach(builder::convention);
        return builder.size("steps", 1, 6)
                .size("groups", 1, 3)
                .definition(definition)
                .wellPosed(divides(definition))
                .mistakes(Slips.of(definition, conventions, List.copyOf(settings.keySet()), example, List.of(named)))
                .example("nine steps of gradients from 2^-33 to 2^33", example);
    }

    private String legend() {
        return "The lines of step t, from top to bottom, for each parameter.\n"
                + "theta_0 = theta0; all else is 0 before the first step, unless it is given (v0 for v).\n"
                + "Each group has its own " + String.join(", ", settings.keySet()) + ".";
    }

    /** No 0/0 anywhere. */
    static Predicate<Inputs> divides(Trajectory definition) {
        return in -> definition.of(in.in(Binary64.ARITHMETIC)).nearest().arrays().values().stream()
                .allMatch(array -> Arrays.stream(array.elements()).allMatch(Double::isFinite));
    }
}
