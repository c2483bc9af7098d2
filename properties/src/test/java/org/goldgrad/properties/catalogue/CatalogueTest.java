package org.goldgrad.properties.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Count;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Completeness of every declaration, and the argument checks that follow from it. */
class CatalogueTest {
    static Stream<Operation> operations() {
        return Catalogue.operations().stream();
    }

    @Test
    void ids_are_unique() {
        List<String> ids = new ArrayList<>();
        for (Operation operation : Catalogue.operations()) {
            ids.add(operation.id());
            operation.claims().forEach(claim -> ids.add("claim " + claim.id()));
            operation.mistakes().forEach(mistake -> ids.add(operation.id() + " mistake " + mistake.id()));
        }
        Set<String> once = new HashSet<>();
        assertEquals(List.of(), ids.stream().filter(id -> !once.add(id)).toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nothing_is_missing(Operation operation) {
        List<String> missing = new ArrayList<>();
        want(missing, "a formula", !operation.formula().isBlank());
        want(missing, "a source", !operation.source().isBlank());
        want(missing, "an output", !operation.signature().outputs().isEmpty());
        want(missing, "at least five known mistakes", operation.mistakes().size() >= 5);
        want(missing, "a claim", !operation.claims().isEmpty());
        want(missing, "an example", !operation.examples().isEmpty());
        want(
                missing,
                "a class in its chapter's test",
                Arrays.stream(contracts()).map(Class::getSimpleName).anyMatch(contractOf(operation)::equals));
        for (Claim claim : operation.claims()) {
            want(
                    missing,
                    "a statement and a source of " + claim.id(),
                    !claim.statement().isBlank() && !claim.source().isBlank());
            want(
                    missing,
                    "what is true instead of " + claim.id(),
                    claim.status() == Claim.Status.HOLDS || !claim.correction().isBlank());
        }
        for (Mistake mistake : operation.mistakes()) {
            want(
                    missing,
                    "words and a formula for " + mistake.id(),
                    !mistake.did().isBlank() && !mistake.formula().isBlank());
        }
        for (Convention convention : operation.conventions()) {
            want(
                    missing,
                    "two choices of " + convention.id(),
                    convention.choices().size() >= 2);
        }
        assertEquals(List.of(), missing, operation.id() + " lacks");
    }

    private static Class<?>[] contracts() {
        return Stream.of(
                        RecurrentTest.class,
                        RecurrentNetworksTest.class,
                        OptimizationTest.class,
                        ClippingTest.class,
                        ObjectivesTest.class,
                        RegularizationTest.class,
                        NormalizationTest.class,
                        AutoencoderTest.class,
                        InitializationTest.class)
                .flatMap(chapter -> Stream.of(chapter.getDeclaredClasses()))
                .toArray(Class<?>[]::new);
    }

    private static void want(List<String> missing, String what, boolean there) {
        if (!there) {
            missing.add(what);
        }
    }

    private static String contractOf(Operation operation) {
        Map<String, String> irregular = Map.of(
                "recurrent.scalar", "ScalarRnn",
                "regularization.dropout_expected_loss", "DropoutLoss");
        String[] words =
                operation.id().substring(operation.id().indexOf('.') + 1).split("[._]");
        StringBuilder name = new StringBuilder();
        for (String word : words) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return irregular.getOrDefault(operation.id(), name.toString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void examples_and_draws_fit_the_signature(Operation operation) {
        for (Map<String, String> variant : operation.variants()) {
            operation
                    .examples()
                    .values()
                    .forEach(example -> operation.require(new Inputs(example.arrays(), example.integers(), variant)));
        }
        SplitMix random = new SplitMix(3);
        for (int i = 0; i < 200; i++) {
            Draw draw = Draw.random(random);
            Inputs in = operation.inputs(draw);
            if (operation.wellPosed().test(in)) {
                operation.require(in);
            }
            assertEquals(in, operation.inputs(Draw.replaying(draw.choices())), "a recorded draw means the same again");
        }
    }

    /** Under one convention or another, in the declared order and shape; and no name means two things. */
    @ParameterizedTest
    @MethodSource("operations")
    void the_definition_computes_what_is_declared(Operation operation) {
        Set<String> seen = new HashSet<>();
        for (Map<String, String> variant : operation.variants()) {
            for (Inputs example : operation.examples().values()) {
                Inputs in = new Inputs(example.arrays(), example.integers(), variant);
                Map<String, Array> computed = new LinkedHashMap<>();
                Answer<Binary64> answer = operation.definition().of(in.in(Binary64.ARITHMETIC));
                answer.intermediates().forEach((name, tensor) -> computed.put(name, Array.nearest(tensor)));
                assertEquals(
                        Optional.empty(),
                        operation.signature().objectionToIntermediates(in, ordered(operation, computed)));
                seen.addAll(computed.keySet());
            }
        }
        assertEquals(Set.copyOf(names(operation.signature().intermediates())), seen);
        List<String> names = new ArrayList<>(names(operation.signature().inputs()));
        operation.signature().computed().forEach(each -> names.add(each.name()));
        assertEquals(names.size(), Set.copyOf(names).size(), names::toString);
    }

    @Test
    void intermediates_that_do_not_fit_are_refused() {
        Operation lstm = Catalogue.operation("recurrent.lstm");
        Inputs example = lstm.examples().values().iterator().next();
        Array gate = example.array("x").map(x -> 0.5); // of batch 5 and hidden 9, which is 6
        Outputs swapped = Outputs.of("f", gate).and("i", gate);
        assertEquals(
                Optional.of("intermediates must be among [i, f, g, o, C] in this order, got [f, i]"),
                lstm.signature().objectionToIntermediates(example, swapped));
        assertEquals(
                Optional.of("f must be time×batch×hidden, got 7×5×9; hidden is 6 here"),
                lstm.signature().objectionToIntermediates(example, Outputs.of("f", gate)));
    }

    @Test
    void an_order_of_computation_holds_everything_once() {
        Operation.Builder builder = Operation.named("a.b", "c")
                .output("y", "")
                .intermediate("z", "")
                .computing("z", "y");
        for (String[] order : new String[][] {{"z"}, {"z", "y", "x"}, {"z", "z"}}) {
            assertThrows(IllegalArgumentException.class, () -> builder.computing(order));
        }
    }

    private static List<String> names(List<Argument> arguments) {
        return arguments.stream().map(Argument::name).toList();
    }

    /** In the declared order, as golden files have them; what is not declared comes last. */
    private static Outputs ordered(Operation operation, Map<String, Array> computed) {
        Map<String, Array> rest = new LinkedHashMap<>(computed);
        Map<String, Array> ordered = new LinkedHashMap<>();
        for (String name : names(operation.signature().intermediates())) {
            Array array = rest.remove(name);
            if (array != null) {
                ordered.put(name, array);
            }
        }
        ordered.putAll(rest);
        return new Outputs(ordered);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void wrong_arguments_are_refused_by_name(Operation operation) {
        Inputs good = operation.examples().values().iterator().next();
        good = new Inputs(good.arrays(), good.integers(), operation.variants().get(0));
        for (Argument input : operation.signature().inputs()) {
            String name = input.name();
            Array right = good.array(name);
            int[] deeper = Arrays.copyOf(right.shape(), right.rank() + 1);
            deeper[right.rank()] = 1;
            refused(operation, good.with(name, Array.of(deeper, right.elements())), name);
            refused(operation, good.with(name, right.with(0, Double.NaN)), name);
            refused(operation, good.with(name, right.with(0, Double.POSITIVE_INFINITY)), name);
            refused(operation, without(good, name), name);
            refused(operation, good.with(name + "_", right), name + "_");
            if (right.rank() > 0) {
                refused(operation, good.with(name, right.take(0)), name);
            }
            if (input.domain() instanceof Whole range) {
                int most = range.most(operation.signature().sizesOf(good));
                refused(operation, good.with(name, right.with(0, range.least() - 1)), name);
                refused(operation, good.with(name, right.with(0, range.least() + 0.5)), name);
                refused(operation, good.with(name, right.with(0, most + 1)), name);
            }
        }
        for (Count count : operation.signature().counts()) {
            refused(operation, good.withInteger(count.name(), count.range().least() - 1), count.name());
            int most = count.range().most(operation.signature().sizesOf(good));
            refused(operation, good.withInteger(count.name(), most + 1), count.name());
        }
        for (Convention convention : operation.conventions()) {
            refused(operation, good.withConvention(convention.id(), "none of these"), convention.id());
        }
        refused(operation, good.withConvention("unheard_of", "x"), "unheard_of");
        refused(operation, good.withInteger("unheard_of", 1), "unheard_of");
    }

    /** Two sizes for one symbol: the message says which axis, what it is elsewhere and what was got. */
    @Test
    void two_sizes_for_one_axis_are_refused() {
        Operation lstm = Catalogue.operation("recurrent.lstm");
        Inputs good = lstm.examples().values().iterator().next();
        Inputs bad = new Inputs(good.arrays(), good.integers(), lstm.variants().get(0))
                .with("c0", Array.of(new int[] {5, 7}, new double[35]));
        assertEquals(
                "recurrent.lstm: c0 must be batch×hidden, got 5×7; hidden is 6 here",
                assertThrows(IllegalArgumentException.class, () -> lstm.require(bad))
                        .getMessage());
    }

    private static Inputs without(Inputs in, String name) {
        Map<String, Array> rest = new java.util.LinkedHashMap<>(in.arrays());
        rest.remove(name);
        return new Inputs(rest, in.integers(), in.conventions());
    }

    private static void refused(Operation operation, Inputs bad, String name) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> operation.require(bad))
                .getMessage());
        assertTrue(message.startsWith(operation.id() + ": ") && message.contains(name), message);
    }
}
