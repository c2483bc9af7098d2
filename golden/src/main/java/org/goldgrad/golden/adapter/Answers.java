package org.goldgrad.golden.adapter;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reply;

/** What an answer to a question says: {@code outputs}, {@code unsupported} or {@code error}, exactly one. */
final class Answers {
    private Answers() {}

    /**
     * The reply in an answer whose {@code seq} or {@code case} has been read.
     *
     * @throws Implementation.Failure if it says that it failed
     */
    static Reply read(Fields answer, Format format) throws Fields.Malformed {
        if (answer.has("error")) {
            Fields error = answer.object("error");
            String kind = error.text("kind");
            String reason = kind + ": " + error.text("message");
            String trace = error.has("trace") ? error.text("trace") : "";
            error.end();
            answer.end();
            throw new Implementation.Failure(
                    Quote.bare(kind),
                    Quote.beginning(reason) + (trace.isBlank() ? "" : "; its trace ends: " + Quote.end(trace)));
        }
        if (answer.has("unsupported")) {
            Reply declined = new Reply.Declined(answer.text("unsupported"));
            answer.end();
            return declined;
        }
        if (!answer.has("outputs")) {
            throw new Fields.Malformed("outputs, unsupported or error is missing");
        }
        Map<String, Array> outputs = Tensors.read("outputs", answer.object("outputs"));
        Map<String, Array> intermediates =
                answer.has("intermediates") ? Tensors.read("intermediates", answer.object("intermediates")) : Map.of();
        answer.end();
        outputs.forEach((name, array) -> require(name, array, format));
        return new Reply.Answered(new Outputs(outputs), new Outputs(intermediates));
    }

    /** Who computes in more bits than it says would be judged too mildly; on the way, as where sums add up, it may. */
    private static void require(String name, Array array, Format format) {
        for (int i = 0; i < array.size(); i++) {
            double x = array.at(i);
            if (Double.isFinite(x) && !format.holds(x)) {
                throw new Implementation.Failure(
                        Question.MALFORMED,
                        "answered " + name + array.index(i) + " = " + x + ", which is no " + Hello.name(format)
                                + " number, though that is the dtype it declares");
            }
        }
    }
}
