package org.goldgrad.libtorch;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.golden.adapter.Server;
import org.goldgrad.properties.catalogue.Catalogue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The adapter's program. */
@Command(
        name = "golden/adapters/libtorch/run",
        description = "Answers Goldgrad's questions with libtorch, on standard input and output.",
        mixinStandardHelpOptions = true)
final class LibtorchAdapter implements Callable<Integer> {
    @Option(
            names = "--dtype",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "What to compute in: binary64 (default), binary32, bfloat16 or binary16.")
    private Format format = Format.BINARY64;

    private LibtorchAdapter() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LibtorchAdapter()).execute(arguments));
    }

    private static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String typed) {
            for (Format format : Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(typed)) {
                    return format;
                }
            }
            throw new TypeConversionException("there are binary64, binary32, bfloat16 and binary16, but no " + typed);
        }
    }

    @Override
    public Integer call() {
        return Server.serve(
                new LibtorchImplementation(format),
                Catalogue.operations(),
                "cpu, " + torch.get_cpu_capability().getString(),
                "Java " + Runtime.version().feature());
    }
}
