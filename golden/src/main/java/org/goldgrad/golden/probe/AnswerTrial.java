package org.goldgrad.golden.probe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.judge.Crash;
import org.goldgrad.golden.judge.Diagnostician.Answered;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Draws a question of an operation, under conventions that the implementation follows, and judges the answer. */
final class AnswerTrial implements Trial {
    private static final String RANDOM =
            "random answers are judged by golden cases (./goldgrad check), whose samples are"
                    + " large enough; here only claims are tried";

    private final Operation operation;
    private final Implementation implementation;
    private final List<Map<String, String>> variants;
    private int asked;

    AnswerTrial(Operation operation, Implementation implementation) {
        this.operation = operation;
        this.implementation = implementation;
        Map<String, String> declared = implementation.conventions(operation);
        this.variants = operation.variants().stream()
                .filter(variant -> variant.entrySet().containsAll(declared.entrySet()))
                .toList();
    }

    @Override
    public Attempt of(Draw draw) {
        return put(question(draw));
    }

    /** All of them are announced, so that the implementation may answer ahead. */
    @Override
    public Stream<Attempt> all(List<Draw> draws) {
        List<Question> questions = draws.stream().map(this::question).toList();
        implementation.ahead(
                operation,
                questions.stream()
                        .filter(question -> question.outside().isEmpty())
                        .map(Question::inputs)
                        .toList());
        return questions.stream().map(this::put);
    }

    /**
     * A drawn question.
     *
     * @param outside why it is not put
     * @param truth known already where the format decides whether it is put
     */
    private record Question(
            Inputs inputs, List<Integer> choices, Optional<Attempt> outside, Optional<GoldenCase> truth) {}

    private Question question(Draw draw) {
        Inputs inputs = operation.inputs(draw, draw.of(variants));
        List<Integer> choices = draw.choices();
        Optional<GoldenCase> truth = Optional.empty();
        Optional<Attempt> outside = Optional.empty();
        if (operation.sampled()) {
            outside = Optional.of(Attempt.declined(RANDOM, inputs, choices));
        } else if (!operation.wellPosed().test(inputs)) {
            outside = Optional.of(Attempt.outside(inputs, choices));
        } else if (implementation.format() != Format.BINARY64) {
            truth = truth(inputs, true);
            outside = truth.map(golden -> Judge.unaskable(golden, implementation.format())
                            .map(why -> Attempt.declined(why, inputs, choices)))
                    .orElseGet(() -> Optional.of(Attempt.outside(inputs, choices)));
        }
        return new Question(inputs, choices, outside, truth);
    }

    private Attempt put(Question question) {
        if (question.outside().isPresent()) {
            return question.outside().get();
        }
        Inputs inputs = question.inputs();
        List<Integer> choices = question.choices();
        try {
            Reply reply = Crash.unless(implementation, operation, inputs);
            if (reply instanceof Reply.Declined declined) {
                return Attempt.declined(declined.reason(), inputs, choices);
            }
            return question.truth()
                    .or(() -> truth(inputs, false))
                    .map(golden -> judged(golden, reply, choices))
                    .orElseGet(() -> Attempt.outside(inputs, choices));
        } catch (Crash crash) {
            if (crash.symptom().equals(Adapter.NO_STARTS)) {
                return Attempt.declined(crash.reason(), inputs, choices);
            }
            return Attempt.failed(Symptom.of(crash), crash.reason(), "", inputs, List.of(), choices);
        }
    }

    private Optional<GoldenCase> truth(Inputs inputs, boolean curved) {
        return Truth.of("drawn-" + ++asked, operation, inputs, curved);
    }

    private Attempt judged(GoldenCase golden, Reply reply, List<Integer> choices) {
        Inputs inputs = golden.inputs();
        Format format = implementation.format();
        GoldenCase judge = format == Format.BINARY64 ? reconsidered(golden, reply) : golden;
        Optional<Verdict> verdict = Judge.objection(operation, judge, reply, format);
        if (verdict.isPresent() && verdict.get() instanceof Verdict.Declined declined) {
            return Attempt.declined(declined.reason(), inputs, choices);
        }
        List<Answered> answers = List.of(new Answered(judge, ((Reply.Answered) reply).outputs(), verdict.isEmpty()));
        return verdict.isPresent() && verdict.get() instanceof Verdict.Differs differs
                ? Attempt.failed(Symptom.of(differs), what(differs), differs.divergence(), inputs, answers, choices)
                : Attempt.passed(inputs, answers, choices);
    }

    /** With a budget of second order, if by that of first order there is an objection. */
    private GoldenCase reconsidered(GoldenCase golden, Reply reply) {
        Reply outputs =
                new Reply.Answered(((Reply.Answered) reply).outputs()); // where it goes wrong first is told later
        return Judge.objection(operation, golden, outputs, Format.BINARY64)
                .flatMap(unused -> truth(golden.inputs(), true))
                .orElse(golden);
    }

    /** The worst element; names and shapes have none. */
    private static String what(Verdict.Differs differs) {
        Verdict.Worst worst = differs.worst();
        return worst.element().isEmpty()
                ? differs.reason()
                : String.format(
                        Locale.ROOT,
                        "%s is %s, should be %s ± %.2g",
                        worst.element(),
                        worst.actual(),
                        worst.expected(),
                        worst.allowed());
    }
}
