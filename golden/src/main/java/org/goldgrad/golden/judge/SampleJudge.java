package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.golden.sampling.Fit;
import org.goldgrad.golden.sampling.Reading;
import org.goldgrad.golden.sampling.Ruling;
import org.goldgrad.golden.sampling.Series;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Asks for as many answers as a look at a sample needs, and says whether they follow their law. */
final class SampleJudge {
    private final Operation operation;
    private final GoldenCase golden;
    private final Judge.Asked asked;
    private final Format format;
    private final String output;
    private final List<Array> answers = new ArrayList<>();

    private SampleJudge(Operation operation, GoldenCase golden, Judge.Asked asked, Format format) {
        this.operation = operation;
        this.golden = golden;
        this.asked = asked;
        this.format = format;
        this.output = operation.signature().outputs().get(0).name();
    }

    static Judge.Judgment weigh(Operation operation, GoldenCase golden, Judge.Asked asked, Format format) throws Crash {
        return new SampleJudge(operation, golden, asked, format).weigh();
    }

    private Judge.Judgment weigh() throws Crash {
        Optional<Verdict> objection = ask(Series.first(golden.inputs()));
        if (objection.isPresent()) {
            return new Judge.Judgment(objection.get());
        }
        Ruling ruling = Ruling.of(Law.of(golden.expected()), format, answers);
        if (ruling.isOpen()) {
            int first = answers.size();
            objection = ask(Series.second(golden.inputs()));
            if (objection.isPresent()) {
                return new Judge.Judgment(objection.get());
            }
            ruling = ruling.with(answers.subList(first, answers.size()));
        }
        return new Judge.Judgment(verdict(ruling), List.of(), Optional.of(Outputs.of(output, Fit.stack(answers))));
    }

    /** Collects answers, unless there is none or one of another shape. */
    private Optional<Verdict> ask(List<Inputs> questions) throws Crash {
        for (Inputs question : questions) {
            Reply reply = asked.about(question);
            if (reply instanceof Reply.Declined declined) {
                return Optional.of(new Verdict.Declined(declined.reason()));
            }
            Outputs outputs = ((Reply.Answered) reply).outputs();
            Optional<String> misfit = operation.signature().objection(question, outputs);
            if (misfit.isPresent()) {
                return misfit.map(Judge::misshapen);
            }
            answers.add(outputs.array(output));
        }
        return Optional.empty();
    }

    private Verdict verdict(Ruling ruling) {
        return ruling.accusation()
                .<Verdict>map(accusation -> new Verdict.Differs(
                        Verdict.Precision.UNMEASURED,
                        accusation.reading().map(this::worst).orElse(named()),
                        accusation.reason(),
                        "",
                        List.of(ruling.statement())))
                .orElseGet(() -> new Verdict.Agrees(Verdict.Precision.UNMEASURED, "", ruling.statement()));
    }

    /** The statistic in place of an element; what is allowed is said by its probability. */
    private Verdict.Worst worst(Reading reading) {
        return new Verdict.Worst(
                reading.statistic().words() + " of " + output, reading.expected(), reading.measured(), Double.NaN);
    }

    private Verdict.Worst named() {
        return new Verdict.Worst(output, Double.NaN, Double.NaN, Double.NaN);
    }
}
