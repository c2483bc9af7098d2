package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the catalogue lists, each kind as rows of named values: the first is the id. */
enum Kind {
    OPERATIONS {
        @Override
        List<Map<String, Object>> rows() {
            return Catalogue.operations().stream().map(Kind::operation).toList();
        }
    },
    CLAIMS {
        @Override
        List<Map<String, Object>> rows() {
            return Catalogue.operations().stream()
                    .flatMap(operation -> operation.claims().stream().map(claim -> claim(operation, claim)))
                    .toList();
        }
    },
    MISTAKES {
        @Override
        List<Map<String, Object>> rows() {
            return Catalogue.operations().stream()
                    .flatMap(operation -> operation.mistakes().stream().map(mistake -> mistake(operation, mistake)))
                    .toList();
        }
    },
    CONVENTIONS {
        @Override
        List<Map<String, Object>> rows() {
            Map<Convention, List<String>> operations = new LinkedHashMap<>();
            for (Operation operation : Catalogue.operations()) {
                for (Convention convention : operation.conventions()) {
                    operations
                            .computeIfAbsent(convention, unseen -> new ArrayList<>())
                            .add(operation.id());
                }
            }
            return operations.entrySet().stream()
                    .map(entry -> convention(entry.getKey(), entry.getValue()))
                    .toList();
        }
    };

    abstract List<Map<String, Object>> rows();

    /** Reads what people type. */
    static final class Converter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String typed) {
            List<String> names = Arrays.stream(values()).map(Kind::toString).toList();
            return Arrays.stream(values())
                    .filter(kind -> kind.toString().equals(typed))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there are " + String.join(", ", names) + ", but no "
                            + typed + Suggestions.among(names, typed)));
        }
    }

    /** As people type it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> operation(Operation operation) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", operation.id());
        row.put("title", operation.title());
        row.put("chapter", operation.chapter());
        row.put(
                "inputs",
                operation.signature().inputs().stream().map(Kind::argument).toList());
        row.put(
                "integers",
                operation.signature().counts().stream()
                        .map(count -> count.name())
                        .toList());
        row.put(
                "outputs",
                operation.signature().outputs().stream().map(Kind::argument).toList());
        row.put(
                "intermediates",
                operation.signature().intermediates().stream()
                        .map(Kind::argument)
                        .toList());
        row.put(
                "conventions",
                operation.conventions().stream().map(Convention::id).toList());
        row.put("mistakes", operation.mistakes().size());
        row.put("claims", operation.claims().size());
        return row;
    }

    private static Map<String, Object> argument(Argument argument) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", argument.name());
        row.put("shape", argument.dimensions());
        row.put("domain", argument.domain().description());
        return row;
    }

    private static Map<String, Object> claim(Operation operation, Claim claim) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", claim.id());
        row.put("operation", operation.id());
        row.put("status", claim.status().name().toLowerCase(Locale.ROOT));
        row.put("statement", claim.statement());
        row.put("source", claim.source());
        if (claim.status() == Claim.Status.REFUTED) {
            row.put("correction", claim.correction());
        }
        return row;
    }

    private static Map<String, Object> mistake(Operation operation, Mistake mistake) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", mistake.id());
        row.put("operation", operation.id());
        row.put("did", mistake.did());
        row.put("formula", mistake.formula());
        row.put("threads", mistake.source());
        return row;
    }

    private static Map<String, Object> convention(Convention convention, List<String> operations) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", convention.id());
        row.put("title", convention.title());
        row.put("choices", convention.choices());
        row.put("source", convention.source());
        row.put("operations", operations);
        return row;
    }
}
