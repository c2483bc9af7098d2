package org.goldgrad.reports;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/**
 * A run as one HTML file that needs nothing else: the matrix of operations, then a section for each.
 *
 * <p>The template escapes every value; nothing is marked as safe anywhere.
 *
 * @param operations those of the run, in its order
 * @param cases the golden cases, for their titles and for the mistakes that they reject
 */
record Page(Run run, Implementation implementation, List<Operation> operations, List<GoldenCase> cases) {
    private static final String TEMPLATE = "report.ftlh";

    String html() {
        StringWriter html = new StringWriter();
        try {
            configuration().getTemplate(TEMPLATE).process(model(), html);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (TemplateException wrong) {
            throw new IllegalStateException(wrong);
        }
        return html.toString();
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }

    private Map<String, Object> model() {
        Summary summary = Summary.of(run);
        Format format = implementation.format();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", summary.name());
        model.put("verdict", summary.sentence());
        model.put("conforms", summary.exit() == Exit.CONFORMS);
        model.put("format", format.name().toLowerCase(Locale.ROOT));
        model.put("precision", format.precision());
        model.put("header", run.header());
        model.put("summary", counts(summary));
        model.put(
                "operations",
                run.operations().stream()
                        .map(result -> section(result, summary))
                        .toList());
        return model;
    }

    private static Map<String, Object> counts(Summary summary) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("cases", summary.cases());
        counts.put("agrees", summary.agrees());
        counts.put("differs", summary.differs());
        counts.put("declined", summary.declined());
        counts.put("crashed", summary.crashed());
        counts.put("notAsked", summary.notAsked());
        counts.put("ulp", Numbers.ulp(summary.ulp()));
        counts.put("digits", Numbers.tenth(summary.digits()));
        counts.put("bits", Numbers.tenth(summary.bits()));
        return counts;
    }

    private Map<String, Object> section(OperationResult result, Summary summary) {
        return operations.stream()
                .filter(operation -> operation.id().equals(result.operation()))
                .findFirst()
                .map(operation -> {
                    List<GoldenCase> asked = cases.stream()
                            .filter(golden -> golden.operation().equals(operation.id()))
                            .toList();
                    Map<String, Object> section =
                            PageSection.of(operation, result, asked, implementation.conventions(operation));
                    section.put("rerun", summary.rerun(result));
                    section.put("strip", Strip.of(result, implementation.format()));
                    return section;
                })
                .orElseThrow(() -> new IllegalArgumentException("no operation " + result.operation()));
    }
}
