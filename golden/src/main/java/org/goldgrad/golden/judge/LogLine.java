package org.goldgrad.golden.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results as JSON and back; a number that JSON lacks is the string "NaN", "Infinity" or "-Infinity". */
final class LogLine {
    private LogLine() {}

    static ObjectNode of(String kind) {
        return JsonNodeFactory.instance.objectNode().put("line", kind);
    }

    static ObjectNode of(CaseResult result) {
        ObjectNode line = of("case").put("operation", result.operation()).put("case", result.caseId());
        Verdict verdict = result.verdict();
        if (verdict instanceof Verdict.Agrees agrees) {
            line.put("verdict", "agrees").set("precision", of(agrees.precision()));
            line.put("warning", agrees.warning()).put("statement", agrees.statement());
        } else if (verdict instanceof Verdict.Differs differs) {
            line.put("verdict", "differs").set("precision", of(differs.precision()));
            line.set("worst", of(differs.worst()));
            line.put("reason", differs.reason()).put("divergence", differs.divergence());
            texts(differs.notes(), line.putArray("notes"));
        } else if (verdict instanceof Verdict.Declined declined) {
            line.put("verdict", "declined").put("reason", declined.reason());
        } else if (verdict instanceof Verdict.Crashed crashed) {
            line.put("verdict", "crashed").put("reason", crashed.reason());
        }
        return line;
    }

    static CaseResult caseResult(Fields line) throws Fields.Malformed {
        CaseResult result = new CaseResult(line.text("case"), line.text("operation"), verdict(line));
        line.end();
        return result;
    }

    private static Verdict verdict(Fields line) throws Fields.Malformed {
        String verdict = line.text("verdict");
        return switch (verdict) {
            case "agrees" ->
                new Verdict.Agrees(precision(line.object("precision")), line.text("warning"), line.text("statement"));
            case "differs" ->
                new Verdict.Differs(
                        precision(line.object("precision")),
                        worst(line.object("worst")),
                        line.text("reason"),
                        line.text("divergence"),
                        texts(line, "notes"));
            case "declined" -> new Verdict.Declined(line.text("reason"));
            case "crashed" -> new Verdict.Crashed(line.text("reason"));
            default -> throw new Fields.Malformed("unknown verdict " + verdict);
        };
    }

    private static ObjectNode of(Verdict.Precision precision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("ulp", number(precision.ulp()));
        node.set("budgets", number(precision.budgets()));
        node.set("digits", number(precision.digits()));
        node.set("bits", number(precision.bits()));
        return node;
    }

    private static Verdict.Precision precision(Fields node) throws Fields.Malformed {
        Verdict.Precision precision = new Verdict.Precision(
                node.number("ulp"), node.number("budgets"), node.number("digits"), node.number("bits"));
        node.end();
        return precision;
    }

    private static ObjectNode of(Verdict.Worst worst) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("element", worst.element());
        node.set("expected", number(worst.expected()));
        node.set("actual", number(worst.actual()));
        node.set("allowed", number(worst.allowed()));
        return node;
    }

    private static Verdict.Worst worst(Fields node) throws Fields.Malformed {
        Verdict.Worst worst = new Verdict.Worst(
                node.text("element"), node.number("expected"), node.number("actual"), node.number("allowed"));
        node.end();
        return worst;
    }

    /** What is known of an operation beyond its cases. */
    static ObjectNode of(OperationResult result) {
        ObjectNode line = of("operation").put("operation", result.operation()).put("notAsked", result.notAsked());
        texts(result.warnings(), line.putArray("warnings"));
        result.diagnosis().ifPresent(diagnosis -> line.set("diagnosis", of(diagnosis)));
        return line;
    }

    static OperationResult operationResult(Fields line, List<CaseResult> cases) throws Fields.Malformed {
        String operation = line.text("operation");
        for (CaseResult result : cases) {
            if (!result.operation().equals(operation)) {
                throw new Fields.Malformed(
                        "case " + result.caseId() + " of " + result.operation() + " among those of " + operation);
            }
        }
        List<String> warnings = texts(line, "warnings");
        Optional<Diagnosis> diagnosis =
                line.has("diagnosis") ? Optional.of(diagnosis(line.object("diagnosis"))) : Optional.empty();
        OperationResult result = OperationResult.of(operation, cases, line.integer("notAsked"), diagnosis, warnings);
        line.end();
        return result;
    }

    private static ObjectNode of(Diagnosis diagnosis) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("summary", diagnosis.summary())
                .put("cases", diagnosis.cases());
        ArrayNode candidates = node.putArray("candidates");
        for (Diagnosis.Candidate candidate : diagnosis.candidates()) {
            candidates
                    .addObject()
                    .put("kind", candidate.kind())
                    .put("id", candidate.id())
                    .put("did", candidate.did())
                    .put("formula", candidate.formula())
                    .put("support", candidate.support())
                    .put("contradicted", candidate.contradicted());
        }
        return node;
    }

    private static Diagnosis diagnosis(Fields node) throws Fields.Malformed {
        List<Diagnosis.Candidate> candidates = new ArrayList<>();
        for (JsonNode element : node.list("candidates")) {
            Fields candidate = Fields.of(element);
            candidates.add(new Diagnosis.Candidate(
                    candidate.text("kind"),
                    candidate.text("id"),
                    candidate.text("did"),
                    candidate.text("formula"),
                    candidate.integer("support"),
                    candidate.integer("contradicted")));
            candidate.end();
        }
        Diagnosis diagnosis = new Diagnosis(candidates, node.integer("cases"), node.text("summary"));
        node.end();
        return diagnosis;
    }

    static ObjectNode header(Map<String, String> header) {
        ObjectNode line = of("header");
        ObjectNode fields = line.putObject("header");
        header.forEach(fields::put);
        return line;
    }

    static Map<String, String> header(Fields line) throws Fields.Malformed {
        Fields fields = line.object("header");
        line.end();
        Map<String, String> header = new LinkedHashMap<>();
        for (String name : fields.names()) {
            header.put(name, fields.text(name));
        }
        return header;
    }

    /** How many of what a complete log holds. */
    static ObjectNode footer(Run run) {
        List<OperationResult> results = run.operations();
        return of("footer")
                .put("operations", results.size())
                .put("cases", results.stream().mapToInt(r -> r.cases().size()).sum())
                .put(
                        "agrees",
                        results.stream().mapToInt(OperationResult::agrees).sum())
                .put(
                        "differs",
                        results.stream().mapToInt(OperationResult::differs).sum())
                .put(
                        "declined",
                        results.stream().mapToInt(OperationResult::declined).sum())
                .put(
                        "crashed",
                        results.stream().mapToInt(OperationResult::crashed).sum());
    }

    private static void texts(List<String> from, ArrayNode to) {
        from.forEach(to::add);
    }

    private static List<String> texts(Fields line, String name) throws Fields.Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : line.list(name)) {
            texts.add(Fields.text(text, name));
        }
        return texts;
    }

    private static JsonNode number(double x) {
        return Double.isFinite(x)
                ? JsonNodeFactory.instance.numberNode(x)
                : JsonNodeFactory.instance.textNode(Double.toString(x));
    }
}
