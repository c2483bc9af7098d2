package org.goldgrad.reports;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;

/** A run for machines. A number that JSON cannot hold is a string; one that was not measured is absent. */
record RunJson(Run run) {
    private static final String FORMAT = "goldgrad-report/1";

    Map<String, Object> document() {
        Summary summary = Summary.of(run);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("conforms", summary.exit() == Exit.CONFORMS);
        document.put("verdict", summary.sentence());
        document.put("exit", summary.exit().code());
        document.put("header", run.header());
        document.put("cases", summary.cases());
        document.put("agrees", summary.agrees());
        document.put("differs", summary.differs());
        document.put("declined", summary.declined());
        document.put("crashed", summary.crashed());
        document.put("notAsked", summary.notAsked());
        putMeasured(document, "ulp", summary.ulp());
        putMeasured(document, "digits", summary.digits());
        putMeasured(document, "bits", summary.bits());
        document.put(
                "operations",
                run.operations().stream()
                        .map(result -> operation(result, summary))
                        .toList());
        return document;
    }

    private static Map<String, Object> operation(OperationResult result, Summary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", result.operation());
        object.put("cases", result.cases().size());
        object.put("agrees", result.agrees());
        object.put("differs", result.differs());
        object.put("declined", result.declined());
        object.put("crashed", result.crashed());
        object.put("notAsked", result.notAsked());
        putMeasured(object, "ulp", result.ulp());
        putMeasured(object, "digits", result.digits());
        putMeasured(object, "bits", result.bits());
        result.diagnosis().ifPresent(diagnosis -> object.put("diagnosis", diagnosis(diagnosis)));
        object.put("warnings", result.warnings());
        object.put("rerun", summary.rerun(result));
        object.put("results", result.cases().stream().map(RunJson::result).toList());
        return object;
    }

    private static Map<String, Object> diagnosis(Diagnosis diagnosis) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("summary", diagnosis.summary());
        object.put("cases", diagnosis.cases());
        object.put(
                "candidates",
                diagnosis.candidates().stream().map(RunJson::candidate).toList());
        return object;
    }

    private static Map<String, Object> candidate(Diagnosis.Candidate candidate) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", candidate.kind());
        object.put("id", candidate.id());
        object.put("did", candidate.did());
        object.put("formula", candidate.formula());
        object.put("support", candidate.support());
        object.put("contradicted", candidate.contradicted());
        return object;
    }

    private static Map<String, Object> result(CaseResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("case", result.caseId());
        Verdict verdict = result.verdict();
        if (verdict instanceof Verdict.Agrees agrees) {
            object.put("verdict", "agrees");
            putPrecision(object, agrees.precision());
            if (!agrees.warning().isEmpty()) {
                object.put("warning", agrees.warning());
            }
            if (!agrees.statement().isEmpty()) {
                object.put("statement", agrees.statement());
            }
        } else if (verdict instanceof Verdict.Differs differs) {
            object.put("verdict", "differs");
            putPrecision(object, differs.precision());
            object.put("reason", differs.reason());
            object.put("element", differs.worst().element());
            object.put("expected", number(differs.worst().expected()));
            object.put("actual", number(differs.worst().actual()));
            object.put("allowed", number(differs.worst().allowed()));
            object.put("divergence", differs.divergence());
            if (!differs.notes().isEmpty()) {
                object.put("notes", differs.notes());
            }
        } else if (verdict instanceof Verdict.Declined declined) {
            object.put("verdict", "declined");
            object.put("reason", declined.reason());
        } else if (verdict instanceof Verdict.Crashed crashed) {
            object.put("verdict", "crashed");
            object.put("reason", crashed.reason());
        }
        return object;
    }

    private static void putPrecision(Map<String, Object> object, Verdict.Precision precision) {
        putMeasured(object, "ulp", precision.ulp());
        putMeasured(object, "budgets", precision.budgets());
        putMeasured(object, "digits", precision.digits());
        putMeasured(object, "bits", precision.bits());
    }

    /** Leaves out what was not measured. */
    private static void putMeasured(Map<String, Object> object, String name, double x) {
        if (!Double.isNaN(x)) {
            object.put(name, number(x));
        }
    }

    private static Object number(double x) {
        return Double.isFinite(x) ? (Object) x : Double.toString(x);
    }
}
