package org.goldgrad.golden.vectors;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;

/**
 * Golden cases, read and checked.
 *
 * @param byOperation the cases of the operations asked for; those of others are not read, which takes time
 * @param hash of the checksums of all files: equal where and only where all cases are
 */
public record Corpus(Map<String, List<GoldenCase>> byOperation, String hash) {
    private static final String PLACE = "golden/vectors";
    private static final String HOME = "goldgrad.home";

    public Corpus {
        byOperation = Collections.unmodifiableMap(new LinkedHashMap<>(byOperation));
    }

    /** The folder of the vectors in the source tree; the system property {@code goldgrad.home} says where that is. */
    public static Path folder() {
        return Path.of(System.getProperty(HOME, ""), PLACE);
    }

    /**
     * The vectors of the source tree, or else of the class path, for these operations; of nowhere but the source tree where
     * the system property says which one.
     *
     * @throws CorpusException if there are none, or if anything is wrong with them
     */
    public static Corpus standard(Collection<Operation> operations) {
        if (Files.exists(folder()) || System.getProperty(HOME) != null) {
            return load(folder(), operations);
        }
        URL sums = Corpus.class.getClassLoader().getResource(PLACE + "/" + Checksums.PLACE);
        if (sums == null) {
            throw new CorpusException("there are no golden vectors in " + folder().toAbsolutePath()
                    + "; start in Goldgrad's folder or set -Dgoldgrad.home");
        }
        return load(sums, operations);
    }

    /** The vectors beside these checksums, in a folder or in a jar. */
    static Corpus load(URL sums, Collection<Operation> operations) {
        try {
            URI uri = sums.toURI();
            if (!uri.getScheme().equals("jar")) {
                return load(Path.of(uri).resolveSibling(""), operations);
            }
            // A file system of our own, which nobody else can have open or close.
            Path file = Path.of(
                    ((JarURLConnection) sums.openConnection()).getJarFileURL().toURI());
            try (FileSystem jar = FileSystems.newFileSystem(file)) {
                return load(jar.getPath(PLACE), operations);
            }
        } catch (URISyntaxException | IOException e) {
            throw new CorpusException(sums + " cannot be read: " + e + "; set -Dgoldgrad.home to Goldgrad's folder");
        }
    }

    /**
     * The vectors of a folder for these operations, which must all be there and fit their declarations. Files of operations
     * that the catalogue does not know are read, too.
     */
    public static Corpus load(Path folder, Collection<Operation> operations) {
        Set<String> others = places(Catalogue.operations());
        others.removeAll(places(operations));
        Corpus corpus = load(folder, others::contains);
        for (Operation operation : operations) {
            Path file = folder.resolve(VectorFile.place(operation.id()));
            if (corpus.cases(operation.id()).isEmpty()) {
                throw new CorpusException(file + " is missing: there are no cases of " + operation.id()
                        + "; run: goldgrad vectors generate");
            }
            new VectorFile(file.toString(), operation.id(), corpus.cases(operation.id())).fitting(operation);
        }
        return corpus;
    }

    /** The vectors of a folder that may have cases for some of these operations only, and for no others. */
    public static Corpus some(Path folder, Collection<Operation> operations) {
        if (!Files.isDirectory(folder)) {
            throw new CorpusException(folder + " is no folder of golden files; write one with: goldgrad probe --save");
        }
        List<Operation> asked = operations.stream()
                .filter(operation -> Files.exists(folder.resolve(VectorFile.place(operation.id()))))
                .toList();
        Corpus corpus = load(folder, asked);
        if (corpus.byOperation.size() > asked.size()) {
            throw new CorpusException(folder + " has cases of operations that this version does not have: "
                    + corpus.byOperation.keySet());
        }
        return corpus;
    }

    private static Set<String> places(Collection<Operation> operations) {
        return operations.stream()
                .map(operation -> VectorFile.place(operation.id()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * All vectors of a folder.
     *
     * @throws CorpusException in one line, if anything is wrong with any file
     */
    public static Corpus load(Path folder) {
        return load(folder, name -> false);
    }

    private static Corpus load(Path folder, Predicate<String> skipped) {
        Map<String, List<GoldenCase>> byOperation = new LinkedHashMap<>();
        Checksums.files(folder).forEach((name, path) -> {
            if (name.endsWith(".json") && name.contains("/") && !skipped.test(name)) {
                VectorFile file = VectorFile.read(path);
                byOperation.put(file.operation(), file.cases());
            }
        });
        Codec.require(folder.resolve(Codec.PLACE));
        List<String> problems = Checksums.problems(folder);
        if (!problems.isEmpty()) {
            String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
            throw new CorpusException(problems.get(0) + more);
        }
        return new Corpus(byOperation, Checksums.hash(folder.resolve(Checksums.PLACE)));
    }

    /** The cases of an operation in the order of its file; none if there is no file. */
    public List<GoldenCase> cases(String operation) {
        return byOperation.getOrDefault(operation, List.of());
    }

    public List<GoldenCase> cases() {
        return byOperation.values().stream().flatMap(List::stream).toList();
    }

    public Optional<GoldenCase> find(String id) {
        return cases(id.replaceFirst("/.*", "")).stream()
                .filter(golden -> golden.id().equals(id))
                .findFirst();
    }
}
