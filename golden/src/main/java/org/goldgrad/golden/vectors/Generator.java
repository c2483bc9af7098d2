package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.goldgrad.properties.operation.Operation;

/** Makes golden files: the same bytes on every machine, in every locale, whenever. */
public final class Generator {
    private Generator() {}

    /**
     * Writes the cases of these operations below a folder, and {@code codec.json}, {@code kill-matrix.json} and
     * {@code SHA256SUMS} in it. Files of other operations stay as they are. Nothing is touched before everything is made.
     *
     * @param progress is told a line whenever something is done, in no particular order
     * @return what the cases reject and tell apart
     * @throws CorpusException if definition and reference disagree anywhere
     */
    public static List<KillMatrix> generate(List<Operation> operations, Path out, Consumer<String> progress)
            throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, ".vectors-");
        try {
            List<KillMatrix> matrices = new ArrayList<>();
            for (Made made : make(operations, progress)) {
                VectorFile.write(fresh, made.operation, made.cases);
                matrices.add(made.matrix);
            }
            Files.writeString(fresh.resolve(Codec.PLACE), Codec.text());
            Files.writeString(fresh.resolve(KillMatrix.PLACE), KillMatrix.text(before(out), matrices));
            for (Map.Entry<String, Path> file : Checksums.files(fresh).entrySet()) {
                Path target = out.resolve(file.getKey());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.move(file.getValue(), target, StandardCopyOption.REPLACE_EXISTING);
            }
            Checksums.write(out);
            progress.accept("wrote " + out);
            return matrices;
        } finally {
            delete(fresh);
        }
    }

    /** The cases of one operation, in the order of its file. */
    public static List<GoldenCase> cases(Operation operation) {
        return operation.variants().stream()
                .flatMap(variant -> Selection.of(operation, variant).cases().stream())
                .toList();
    }

    private record Made(Operation operation, List<GoldenCase> cases, KillMatrix matrix) {}

    /** A task for every operation and combination of conventions, so that all processors have work until the end. */
    private static List<Made> make(List<Operation> operations, Consumer<String> progress) {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<List<Future<Selection>>> selections = operations.stream()
                    .map(operation -> operation.variants().stream()
                            .map(variant -> workers.submit(() -> {
                                Selection selection = Selection.of(operation, variant);
                                synchronized (progress) {
                                    progress.accept(selection.summary());
                                }
                                return selection;
                            }))
                            .toList())
                    .toList();
            List<Made> made = new ArrayList<>();
            for (int i = 0; i < operations.size(); i++) {
                List<Selection> done = new ArrayList<>();
                for (Future<Selection> selection : selections.get(i)) {
                    done.add(await(selection));
                }
                made.add(new Made(
                        operations.get(i),
                        done.stream().flatMap(s -> s.cases().stream()).toList(),
                        new KillMatrix(
                                operations.get(i).id(),
                                done.stream().map(Selection::matrix).toList())));
            }
            return made;
        } finally {
            workers.shutdownNow();
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while generating", e);
        }
    }

    private static JsonNode before(Path out) {
        Path file = out.resolve(KillMatrix.PLACE);
        try {
            return Files.exists(file) ? Json.read(file) : JsonNodeFactory.instance.objectNode();
        } catch (CorpusException unreadable) { // it is about to be replaced
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
