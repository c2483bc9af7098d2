package org.goldgrad.properties.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.draw.Draw;
import org.jspecify.annotations.Nullable;

/**
 * An operation, declared in one place: everything that is checked, generated, judged, diagnosed and reported about it
 * follows from this.
 *
 * @param id permanent: {@code chapter.name}
 * @param formula the mathematics in plain text, as people write it
 * @param definition what theory says it is, or, where the answer is drawn at random, which law it follows
 * @param reference what our reference implementation computes, by another route
 * @param wellPosed whether a question has one answer: a spectral gap, a regular system
 * @param examples inputs worth asking that are not left to chance, by title
 * @param sampled whether the answer is drawn at random: then the definition gives the numbers of the law that it must
 *     follow ({@link org.goldgrad.analytic.sampling.Law}), the reference draws from it, and samples are judged
 */
public record Operation(
        String id,
        String title,
        String formula,
        String source,
        Signature signature,
        List<Convention> conventions,
        Definition definition,
        Function<Inputs, Outputs> reference,
        List<Mistake> mistakes,
        List<Claim> claims,
        Predicate<Inputs> wellPosed,
        Map<String, Inputs> examples,
        boolean sampled) {
    /** The integer of a question whose answer is drawn at random, from which alone the answer follows. */
    public static final String SEED = "seed";

    public Operation {
        conventions = List.copyOf(conventions);
        mistakes = List.copyOf(mistakes);
        claims = List.copyOf(claims);
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
    }

    /** Begins a declaration. */
    public static Builder named(String id, String title) {
        return new Builder(id, title);
    }

    /** The package that everything about it is in. */
    public String chapter() {
        return id.substring(0, id.indexOf('.'));
    }

    /**
     * Refuses a question that does not fit.
     *
     * @throws IllegalArgumentException naming the operation, the argument, what was wanted and what was got
     * @throws IllPosed if it fits but has no single answer
     */
    public void require(Inputs question) {
        signature.objection(question, conventions).ifPresent(objection -> {
            throw new IllegalArgumentException(id + ": " + objection);
        });
        if (!wellPosed.test(question)) {
            throw new IllPosed(id + ": the question has no single answer: " + question);
        }
    }

    /** What is wrong with declared choices, as one sentence: a convention or a choice that there is not; empty if nothing is. */
    public Optional<String> objection(Map<String, String> declared) {
        return declared.entrySet().stream()
                .map(made -> objection(made.getKey(), made.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> objection(String name, String choice) {
        Optional<Convention> known = conventions.stream()
                .filter(convention -> convention.id().equals(name))
                .findFirst();
        if (known.isEmpty()) {
            return Optional.of(id + " has no convention " + name + ", but "
                    + conventions.stream().map(Convention::id).toList());
        }
        return known.map(Convention::names)
                .filter(names -> !names.contains(choice))
                .map(names -> name + " of " + id + " must be one of " + names + ", not " + choice);
    }

    /** Every combination of choices of its conventions, defaults first. */
    public List<Map<String, String>> variants() {
        return variants(conventions);
    }

    /** Every combination of choices of these conventions, defaults first. */
    public static List<Map<String, String>> variants(List<Convention> conventions) {
        List<Map<String, String>> variants = new ArrayList<>(List.of(Map.of()));
        for (Convention convention : conventions) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> variant : variants) {
                for (String choice : convention.names()) {
                    Map<String, String> extended = new LinkedHashMap<>(variant);
                    extended.put(convention.id(), choice);
                    longer.add(extended);
                }
            }
            variants = longer;
        }
        return variants;
    }

    /** A question under the given conventions. */
    public Inputs inputs(Draw draw, Map<String, String> variant) {
        return new Questions(signature).draw(draw, variant);
    }

    /** A question under drawn conventions. */
    public Inputs inputs(Draw draw) {
        return inputs(draw, draw.of(variants()));
    }

    /** The same operation with these claims instead of its own. */
    public Operation claiming(Claim... others) {
        return new Operation(
                id,
                title,
                formula,
                source,
                signature,
                conventions,
                definition,
                reference,
                mistakes,
                List.of(others),
                wellPosed,
                examples,
                sampled);
    }

    /** What its reference implementation answers to a question that fits. */
    public Outputs refer(Inputs inputs) {
        require(inputs);
        return reference.apply(inputs);
    }

    /** The gradient of this operation as an operation of its own; give it its reference, mistakes and claims. */
    public Builder gradient(String... withRespectTo) {
        List<String> inputs = List.of(withRespectTo);
        Builder gradient = new Builder(id + ".gradient", "Gradient of " + title);
        gradient.formula = "L = Σ ⟨dy, y⟩ over the outputs y below, dx = ∂L/∂x for " + String.join(", ", inputs)
                + "\n\n" + formula;
        gradient.source = source;
        gradient.inputs.addAll(signature.inputs());
        signature.outputs().forEach(output -> gradient.inputs.add(adjoint(output)));
        gradient.counts.addAll(signature.counts());
        gradient.computed.addAll(signature.computed());
        gradient.backwards();
        List<Argument> last = new ArrayList<>(signature.intermediates());
        Collections.reverse(last);
        last.forEach(z -> gradient.compute(adjoint(z)));
        signature.inputs().stream()
                .filter(input -> inputs.contains(input.name()))
                .forEach(input -> gradient.outputs.add(gradient.compute(adjoint(input))));
        gradient.sizes.putAll(signature.sizes());
        gradient.conventions.addAll(conventions);
        gradient.wellPosed = wellPosed;
        List<String> ordered = signature.inputs().stream()
                .map(Argument::name)
                .filter(inputs::contains)
                .toList();
        gradient.definition = new Gradient(definition, ordered);
        return gradient;
    }

    private static Argument adjoint(Argument argument) {
        return new Argument(Gradient.nameFor(argument.name()), argument.dimensions(), Domain.REAL, false);
    }

    /** A question that fits the signature but has no answer, or more than one. */
    public static final class IllPosed extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        IllPosed(String message) {
            super(message);
        }
    }

    /** Collects a declaration. */
    public static final class Builder {
        private final String id;
        private final String title;
        private String formula = "";
        private String source = "";
        private final List<Argument> inputs = new ArrayList<>();
        private final List<Count> counts = new ArrayList<>();
        private final List<Argument> outputs = new ArrayList<>();
        private final List<Computed> computed = new ArrayList<>();
        private boolean backwards;
        private final Map<String, Signature.Range> sizes = new LinkedHashMap<>();
        private final List<Convention> conventions = new ArrayList<>();
        private final List<Mistake> mistakes = new ArrayList<>();
        private final List<Claim> claims = new ArrayList<>();
        private final Map<String, Inputs> examples = new LinkedHashMap<>();
        private Predicate<Inputs> wellPosed = question -> true;
        private boolean sampled;
        private @Nullable Definition definition;
        private @Nullable Function<Inputs, Outputs> reference;

        private Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        public Builder formula(String text) {
            formula = text;
            return this;
        }

        public Builder source(String text) {
            source = text;
            return this;
        }

        /** An input; dimensions separated by commas, "" for a scalar. */
        public Builder input(String name, String dimensions, Elements elements) {
            inputs.add(new Argument(name, split(dimensions), elements, false));
            return this;
        }

        /** An input that people call a setting. */
        public Builder setting(String name, String dimensions, Elements elements) {
            inputs.add(new Argument(name, split(dimensions), elements, true));
            return this;
        }

        /** An integer from least to the size of an axis less a margin. */
        public Builder count(String name, int least, String below, int margin) {
            counts.add(new Count(name, new Whole(least, below, margin)));
            return this;
        }

        public Builder output(String name, String dimensions) {
            outputs.add(compute(new Argument(name, split(dimensions), Domain.REAL, false)));
            return this;
        }

        /** Something that the definition computes on the way to the outputs declared after it. */
        public Builder intermediate(String name, String dimensions) {
            compute(new Argument(name, split(dimensions), Domain.REAL, false));
            return this;
        }

        /** Steps of what is declared from here on are computed from the last to the first. */
        public Builder backwards() {
            backwards = true;
            return this;
        }

        /** The order in which everything declared so far is computed, where it is not the one of its declaration. */
        public Builder computing(String... names) {
            List<String> order = List.of(names);
            List<String> declared = computed.stream().map(Computed::name).toList();
            if (!order.containsAll(declared) || order.size() != declared.size()) {
                throw new IllegalArgumentException(id + " computes " + declared + ", not " + order);
            }
            computed.sort(Comparator.comparing(each -> order.indexOf(each.name())));
            return this;
        }

        private Argument compute(Argument argument) {
            computed.add(new Computed(argument, backwards));
            return argument;
        }

        private static List<String> split(String dimensions) {
            return dimensions.isEmpty() ? List.of() : List.of(dimensions.split(","));
        }

        /** The sizes that are drawn for an axis. */
        public Builder size(String axis, int least, int most) {
            sizes.put(axis, new Signature.Range(least, most));
            return this;
        }

        public Builder convention(Convention convention) {
            conventions.add(convention);
            return this;
        }

        public Builder definition(Definition d) {
            definition = d;
            return this;
        }

        public Builder reference(Function<Inputs, Outputs> r) {
            reference = r;
            return this;
        }

        /** The answer is drawn at random from the law whose numbers the definition gives, by an integer called seed. */
        public Builder sampled(int seeds) {
            sampled = true;
            return count(SEED, 0, Integer.toString(seeds - 1), 0);
        }

        /** Which questions have one answer. */
        public Builder wellPosed(Predicate<Inputs> condition) {
            wellPosed = condition;
            return this;
        }

        public Builder mistakes(List<Mistake> more) {
            mistakes.addAll(more);
            return this;
        }

        public Builder claims(Claim... more) {
            claims.addAll(List.of(more));
            return this;
        }

        public Builder example(String name, Inputs question) {
            examples.put(name, question);
            return this;
        }

        /** An example by formula, whose axes have these sizes; declare all inputs before. */
        public Builder example(String name, Map<String, Integer> axes) {
            return example(name, axes, Map.of());
        }

        /** The same, to be asked under the default conventions only; declare them before. */
        public Builder exampleByDefault(String name, Map<String, Integer> axes) {
            Map<String, String> defaults = new LinkedHashMap<>();
            conventions.forEach(each -> defaults.put(each.id(), each.names().get(0)));
            return example(name, axes, defaults);
        }

        private Builder example(String name, Map<String, Integer> axes, Map<String, String> under) {
            Inputs question = Tidy.inputs(inputs, counts, axes);
            return example(name, new Inputs(question.arrays(), question.integers(), under));
        }

        public Operation declare() {
            return new Operation(
                    id,
                    title,
                    formula,
                    source,
                    new Signature(inputs, counts, outputs, computed, sizes),
                    conventions,
                    Objects.requireNonNull(definition, id + " has no definition"),
                    Objects.requireNonNull(reference, id + " has no reference"),
                    mistakes,
                    claims,
                    wellPosed,
                    examples,
                    sampled);
        }
    }
}
