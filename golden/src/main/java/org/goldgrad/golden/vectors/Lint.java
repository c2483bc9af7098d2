package org.goldgrad.golden.vectors;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.sampling.Levels;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Operation;

/** Whether golden cases can tell right from wrong, recomputed from their questions. */
public final class Lint {
    private Lint() {}

    /**
     * What the lint found.
     *
     * @param cases how many cases there are
     * @param mistakes how many mistakes, counted under every combination of conventions where they apply
     * @param conventions how many wrong conventions, counted likewise
     * @param separated how many pairs of these are told apart by some case
     * @param pairs how many pairs there are
     * @param survivors what no case rejects, a line each
     * @param inseparable pairs that no case tells apart, a line each
     * @param degenerate what is too special about the questions, a line each
     * @param stale where the files say something else than was found, a line each
     */
    public record Report(
            int cases,
            int mistakes,
            int conventions,
            int separated,
            int pairs,
            List<String> survivors,
            List<String> inseparable,
            List<String> degenerate,
            List<String> stale,
            List<KillMatrix> matrices) {
        public Report {
            survivors = List.copyOf(survivors);
            inseparable = List.copyOf(inseparable);
            degenerate = List.copyOf(degenerate);
            stale = List.copyOf(stale);
            matrices = List.copyOf(matrices);
        }

        /** Everything that must be mended. */
        public List<String> errors() {
            return Stream.of(survivors, inseparable, degenerate, stale)
                    .flatMap(List::stream)
                    .toList();
        }

        public boolean passes() {
            return errors().isEmpty();
        }

        /** For people: the errors, then the counts. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>(errors());
            lines.add(cases + " cases reject " + (mistakes + conventions - survivors.size()) + " of "
                    + (mistakes + conventions) + " candidates (" + mistakes + " mistakes, " + conventions
                    + " other conventions) and tell " + separated + " of " + pairs + " pairs apart");
            return lines;
        }
    }

    public static Report of(Corpus corpus, List<Operation> operations) {
        Findings findings = new Findings();
        operations.forEach(operation -> findings.add(operation, corpus.cases(operation.id())));
        long random = operations.stream()
                .filter(Operation::sampled)
                .mapToLong(operation -> corpus.cases(operation.id()).size())
                .sum();
        Levels.objection(random).ifPresent(findings.stale::add);
        Set<String> known = new HashSet<>(operations.stream().map(Operation::id).toList());
        corpus.byOperation().keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> findings.stale.add(id + ": there are cases, but no such operation; delete "
                        + VectorFile.place(id) + " and run: goldgrad vectors generate"));
        return findings.report();
    }

    /** Collects what is found, operation by operation. */
    private static final class Findings {
        private int cases;
        private int mistakes;
        private int conventions;
        private int pairs;
        private final List<String> survivors = new ArrayList<>();
        private final List<String> inseparable = new ArrayList<>();
        private final List<String> degenerate = new ArrayList<>();
        private final List<String> stale = new ArrayList<>();
        private final List<KillMatrix> matrices = new ArrayList<>();

        void add(Operation operation, List<GoldenCase> golden) {
            KillMatrix matrix = KillMatrix.of(operation, golden);
            matrices.add(matrix);
            cases += golden.size();
            matrix.variants().forEach(variant -> add(operation, variant, golden));
            List<Inputs> required = golden.stream()
                    .filter(c -> c.level() != GoldenCase.Level.OPTIONAL)
                    .map(GoldenCase::inputs)
                    .toList();
            Degenerate.complaints(operation, required)
                    .forEach(complaint -> degenerate.add(operation.id() + ": " + complaint));
        }

        private void add(Operation operation, KillMatrix.Variant variant, List<GoldenCase> golden) {
            String place = operation.id() + "/" + variant.name() + ": ";
            Set<String> ids = new HashSet<>();
            for (Candidate candidate : variant.candidates()) {
                if (candidate.kind().equals("mistake")) {
                    mistakes++;
                } else {
                    conventions++;
                }
                if (!ids.add(candidate.id())) {
                    stale.add(place + "two mistakes have the id " + candidate.id() + "; rename one");
                }
            }
            pairs += variant.pairs();
            variant.survivors().forEach(id -> survivors.add(place + "no case rejects " + id));
            variant.inseparable().forEach(pair -> inseparable.add(place + "no case tells apart " + pair));
            for (GoldenCase one : golden) {
                if (one.conventions().equals(variant.conventions())) {
                    compare(one, variant.kills());
                }
            }
        }

        private void compare(GoldenCase golden, Map<String, List<String>> kills) {
            List<String> found = kills.entrySet().stream()
                    .filter(row -> row.getValue().contains(golden.id()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!found.equals(golden.kills())) {
                stale.add(golden.id() + ": says that it rejects " + golden.kills() + ", but it rejects " + found
                        + "; run: goldgrad vectors generate");
            }
        }

        Report report() {
            return new Report(
                    cases,
                    mistakes,
                    conventions,
                    pairs - inseparable.size(),
                    pairs,
                    survivors,
                    inseparable,
                    degenerate,
                    stale,
                    matrices);
        }
    }
}
