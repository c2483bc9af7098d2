package org.goldgrad.golden.vectors;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.properties.operation.Operation;

/**
 * Chooses the cases of an operation under one combination of conventions: few, but such that every candidate is rejected
 * and every two are told apart, wherever any draw does it.
 *
 * <p>First the declared examples, then greedily what tells most of what is still untold (Johnson 1974: at most ln n times
 * as many as need be), then enough of diverse shapes.
 */
final class Selection {
    private static final int DRAWS = 400;
    /** Draws that compete from the beginning; the others are looked at only for what these do not tell. */
    private static final int POOL = 32;
    /** How many of these have the best shapes. */
    private static final int SHAPELY = 20;

    private static final int LEAST = 6;

    private final Operation operation;
    private final Map<String, String> conventions;
    private final Draws draws;
    private final Lineup lineup;
    private final BitSet untold;
    private final Map<String, BitSet> told = new HashMap<>();
    private final List<GoldenCase> examples = new ArrayList<>();
    private final List<GoldenCase> drawn = new ArrayList<>();
    private final List<Question> pool = new ArrayList<>();
    private final List<Question> reserve = new ArrayList<>();
    private int uncertifiable;

    private Selection(Operation operation, Map<String, String> conventions) {
        this.operation = operation;
        this.conventions = conventions;
        this.draws = new Draws(operation, conventions);
        this.lineup = new Lineup(operation, conventions);
        this.untold = lineup.all();
    }

    /**
     * The chosen cases, examples first, then draws by number.
     *
     * @throws CorpusException if the reference disagrees with what was proven
     */
    static Selection of(Operation operation, Map<String, String> conventions) {
        Selection selection = new Selection(operation, conventions);
        selection.askExamples();
        if (!operation.sampled()) { // a draw is too small a sample
            selection.fillPool();
            selection.tellEverything();
            selection.diversify();
        }
        return selection;
    }

    List<GoldenCase> cases() {
        List<GoldenCase> cases = new ArrayList<>(examples);
        drawn.stream().sorted(Comparator.comparing(GoldenCase::id)).forEach(cases::add);
        return cases;
    }

    KillMatrix.Variant matrix() {
        return KillMatrix.variant(draws, lineup, cases(), told);
    }

    /** One line for people. */
    String summary() {
        int n = lineup.candidates().size();
        int survivors = untold.get(0, n).cardinality();
        return operation.id() + "/" + draws.variant() + ": " + cases().size() + " cases reject " + (n - survivors)
                + " of " + n + " candidates and tell " + (lineup.pairs() - lineup.separated(untold)) + " of "
                + lineup.pairs() + " pairs apart"
                + (uncertifiable == 0 ? "" : "; " + uncertifiable + " not certifiable");
    }

    /** A draw, with what it tells. */
    private static final class Question {
        private final Draws.Drawn drawn;
        private final Lineup.Sight sight;
        private final Map<String, Integer> sizes;
        private Optional<BitSet> told = Optional.empty();

        private Question(Draws.Drawn drawn, Lineup lineup, Map<String, Integer> sizes) {
            this.drawn = drawn;
            this.sight = lineup.at(drawn.inputs());
            this.sizes = sizes;
        }

        private BitSet told() {
            if (told.isEmpty()) {
                told = Optional.of(sight.tells());
            }
            return told.get();
        }

        private int gain(BitSet untold) {
            BitSet gain = (BitSet) told().clone();
            gain.and(untold);
            return gain.cardinality();
        }

        /** How many axes have length 1 or the length of another. */
        private int plainness() {
            int plainness = 0;
            List<Integer> lengths = List.copyOf(sizes.values());
            for (int j = 0; j < lengths.size(); j++) {
                plainness += lengths.get(j) == 1 ? 1 : 0;
                plainness += lengths.subList(0, j).contains(lengths.get(j)) ? 1 : 0;
            }
            return plainness;
        }

        private int size() {
            return drawn.inputs().arrays().values().stream()
                    .mapToInt(org.goldgrad.analytic.definition.Array::size)
                    .sum();
        }
    }

    private void askExamples() {
        operation.examples().forEach((title, example) -> {
            boolean meant = example.conventions().entrySet().stream()
                    .allMatch(choice -> choice.getValue().equals(conventions.get(choice.getKey())));
            if (meant) {
                Inputs inputs = new Inputs(example.arrays(), example.integers(), conventions);
                BitSet things = lineup.at(inputs).tells();
                String id = draws.id(title);
                try {
                    operation.require(inputs);
                    examples.add(Proof.of(operation, inputs).asCase(id, title, List.of(), lineup, things));
                } catch (IllegalArgumentException e) {
                    throw new CorpusException("the example " + id + ": " + e.getMessage() + "; mend its declaration");
                }
                tell(id, things);
            }
        });
    }

    private void fillPool() {
        IntStream.range(0, DRAWS)
                .mapToObj(draws::number)
                .map(d -> new Question(d, lineup, operation.signature().sizesOf(d.inputs())))
                .forEach(reserve::add);
        move(reserve.stream()
                .sorted(Comparator.comparingInt(Question::plainness))
                .limit(SHAPELY)
                .toList());
        move(reserve.stream().limit(POOL - SHAPELY).toList());
    }

    private void move(List<Question> questions) {
        reserve.removeAll(questions);
        pool.addAll(questions);
    }

    private void tellEverything() {
        while (!untold.isEmpty()) {
            Optional<Question> best = pool.stream()
                    .filter(q -> q.gain(untold) > 0)
                    .min(Comparator.<Question>comparingInt(q -> -q.gain(untold))
                            .thenComparing(Question::plainness)
                            .thenComparing(Question::size)
                            .thenComparing(q -> q.drawn.number()))
                    .or(() -> reserve.stream()
                            .filter(q -> !q.sight.tells(untold).isEmpty())
                            .findFirst());
            if (best.isEmpty()) {
                return;
            }
            choose(best.get());
        }
    }

    /** Takes a question, unless it has no single answer or this cannot be proven. */
    private boolean choose(Question question) {
        reserve.remove(question);
        pool.remove(question);
        String id = draws.id(question.drawn.number());
        String title = question.sizes.isEmpty()
                ? "drawn"
                : question.sizes.entrySet().stream()
                        .map(axis -> axis.getKey() + " " + axis.getValue())
                        .collect(Collectors.joining(", ", "drawn: ", ""));
        try {
            operation.require(question.drawn.inputs());
            Proof proof = Proof.of(operation, question.drawn.inputs());
            drawn.add(proof.asCase(id, title, question.drawn.choices(), lineup, question.told()));
        } catch (Operation.IllPosed e) {
            return false;
        } catch (Certifier.Uncertifiable e) {
            uncertifiable++;
            return false;
        }
        tell(id, question.told());
        return true;
    }

    private void tell(String id, BitSet things) {
        told.put(id, things);
        untold.andNot(things);
    }

    /** Adds questions until there are enough, one has an axis of length 1, and none is degenerate. */
    private void diversify() {
        while (drawn.size() < LEAST && (chooseFirst(q -> isNew(q.sizes)) || chooseFirst(q -> true))) {
            // a new shape if there is one
        }
        if (drawn.stream().noneMatch(golden -> sizes(golden).containsValue(1))) {
            chooseFirst(q -> q.sizes.containsValue(1));
        }
        int complaints = complaints(List.of());
        while (complaints > 0) {
            int now = complaints;
            if (!chooseFirst(q -> complaints(List.of(q.drawn.inputs())) < now)) {
                return;
            }
            complaints = complaints(List.of());
        }
    }

    /** Chooses the first that fits and can be proven: shapely ones first. */
    private boolean chooseFirst(Predicate<Question> fits) {
        List<Question> candidates = new ArrayList<>(pool);
        candidates.addAll(reserve);
        return candidates.stream().filter(fits).filter(q -> q.sight.isUsable()).anyMatch(this::choose);
    }

    private boolean isNew(Map<String, Integer> shape) {
        return drawn.stream().noneMatch(golden -> sizes(golden).equals(shape));
    }

    private Map<String, Integer> sizes(GoldenCase golden) {
        return operation.signature().sizesOf(golden.inputs());
    }

    private int complaints(List<Inputs> more) {
        List<Inputs> questions = new ArrayList<>(more);
        examples.forEach(golden -> questions.add(golden.inputs()));
        drawn.forEach(golden -> questions.add(golden.inputs()));
        return Degenerate.complaints(operation, questions).size();
    }
}
