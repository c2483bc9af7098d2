package org.goldgrad.libtorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/**
 * libtorch on the CPU: its layers, functions, optimizers, linear algebra and automatic differentiation.
 *
 * <p>What libtorch has no operation for is declined, even where a few lines of arithmetic could answer: those lines, not
 * libtorch, would be judged. An operation more is a {@link Route} and a method that makes tensors of tensors.
 */
public final class LibtorchImplementation implements Implementation {
    private static final String OPTIMIZERS = "libtorch's optimizers are SGD, Adam, AdamW, RMSprop, Adagrad and LBFGS.";

    private static final String EXPECTATIONS =
            "libtorch draws weights, and has no operation for what they give in expectation.";

    private static final Map<String, String> DECLINED = Map.ofEntries(
            Map.entry("optimization.nadam", OPTIMIZERS),
            Map.entry("optimization.adamax", OPTIMIZERS),
            Map.entry("optimization.adadelta", OPTIMIZERS),
            Map.entry(
                    "initialization.truncated_normal", "libtorch's C++ library has no truncated normal distribution."),
            Map.entry(
                    "initialization.scale", "libtorch scales weights where it draws them, and returns weights alone."),
            Map.entry("initialization.preactivation_moments", EXPECTATIONS),
            Map.entry("initialization.depth", EXPECTATIONS),
            Map.entry(
                    "regularization.dropout_expected_loss",
                    "libtorch's dropout draws masks, and it has no operation for their expectation."));

    /** How libtorch says that it has an operation, but not in a small format. */
    private static final Pattern LACKING = Pattern.compile(
            "not implemented for '|Low precision dtypes|Got (Half|BFloat16)|types other than float and double");

    private final Tensors tensors;

    public LibtorchImplementation(Format format) {
        tensors = new Tensors(format);
    }

    @Override
    public String name() {
        return "libtorch";
    }

    /** The release of libtorch, a hyphen, and that of its Java API. */
    @Override
    public String version() {
        try {
            return Objects.requireNonNullElse(Loader.getVersion("org.bytedeco", "pytorch"), "of unknown version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar of libtorch does not say its version", unreadable);
        }
    }

    @Override
    public Format format() {
        return tensors.format();
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return Route.to(operation).map(Route::conventions).orElse(Map.of());
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        Optional<Route> route = Route.to(operation);
        if (route.isEmpty()) {
            String unknown = "Nothing of libtorch has been connected to " + operation.id() + ".";
            return new Reply.Declined(DECLINED.getOrDefault(operation.id(), unknown));
        }
        try {
            return new Reply.Answered(answer(route.get(), operation, inputs));
        } catch (Unsupported e) {
            return new Reply.Declined(e.reason());
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            int frames = message.indexOf("\nException raised from ");
            if (frames < 0) {
                throw e;
            }
            return declined(message.substring(0, frames), e.getStackTrace());
        }
    }

    /** What to make of a failure of libtorch's, without its own frames: their addresses are others in every run. */
    private static Reply declined(String reason, StackTraceElement[] trace) {
        if (LACKING.matcher(reason).find()) {
            return new Reply.Declined(reason);
        }
        RuntimeException failure = new IllegalStateException(reason);
        failure.setStackTrace(trace);
        throw failure;
    }

    /** What libtorch makes on the way is released with the scope, and not when Java's collector happens to run. */
    @SuppressWarnings("try") // the scope is not named: every pointer attaches itself to it
    private Outputs answer(Route route, Operation operation, Inputs inputs) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> answer =
                    route.answer().apply(new Question(operation.signature(), inputs, tensors, Map.of()));
            Outputs outputs = new Outputs(Map.of());
            for (Argument output : operation.signature().outputs()) {
                Tensor tensor = Objects.requireNonNull(answer.get(output.name()), () -> "no " + output.name());
                Array array = tensors.copy(tensor);
                outputs = outputs.and(output.name(), array);
            }
            return outputs;
        }
    }
}
