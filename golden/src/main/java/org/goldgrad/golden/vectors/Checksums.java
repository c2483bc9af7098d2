package org.goldgrad.golden.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code SHA256SUMS}: the hash of every file of a folder, sorted by name, as {@code sha256sum -c} reads it. */
final class Checksums {
    static final String PLACE = "SHA256SUMS";

    private Checksums() {}

    /** The text that the folder's files make now. */
    static String text(Path folder) {
        return files(folder).entrySet().stream()
                .map(file -> hash(file.getValue()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    public static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(PLACE), text(folder));
    }

    /** What is not as recorded: one line for every file that is missing, changed or not listed; empty if all is well. */
    public static List<String> problems(Path folder) {
        Path sums = folder.resolve(PLACE);
        if (!Files.exists(sums)) {
            return List.of(sums + " is missing; " + Json.REMEDY);
        }
        Map<String, Path> files = files(folder);
        List<String> problems = new ArrayList<>();
        for (String line : new String(bytes(sums), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            if (!line.matches("[0-9a-f]{64}  .+")) {
                problems.add(sums + " has a line that is no checksum: \"" + line + "\"; " + Json.REMEDY);
                continue;
            }
            Path file = files.remove(line.substring(66));
            if (file == null) {
                problems.add(folder.resolve(line.substring(66)) + " is missing, but listed in " + PLACE + "; "
                        + Json.REMEDY);
            } else if (!hash(file).equals(line.substring(0, 64))) {
                problems.add(file + " was changed: its hash is not the one in " + PLACE + "; " + Json.REMEDY);
            }
        }
        files.values()
                .forEach(extra -> problems.add(
                        extra + " is not listed in " + PLACE + "; remove it or run: goldgrad vectors generate"));
        return problems;
    }

    /** The hash that stands for all files. */
    static String hash(Path file) {
        return Sha256.hex(bytes(file));
    }

    /** Every file but the checksums, and hidden ones, by name with slashes. */
    static Map<String, Path> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            Map<String, Path> files = new TreeMap<>();
            paths.filter(Files::isRegularFile).forEach(path -> {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (!name.equals(PLACE) && !path.getFileName().toString().startsWith(".")) {
                    files.put(name, path);
                }
            });
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new CorpusException(folder + " cannot be listed: " + e + "; is this the folder of Goldgrad?");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CorpusException(file + " cannot be read: " + e + "; check its permissions");
        }
    }
}
