package org.goldgrad.libtorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;

/** Arrays into libtorch and out of it, always copied: what goes in is rounded to a format, what comes out widened. */
record Tensors(Format format) {
    static {
        unpack("torch_cpu");
        torch.set_num_threads(1); // the order of a sum must not depend on the number of cores
    }

    /**
     * Unpacks a native library. JavaCPP unpacks each just before it loads it, and loads libtorch before libtorch_cpu, on
     * which it depends: in the first run ever the linker would find none, or one of an installed PyTorch, over which the
     * JVM crashes.
     */
    private static void unpack(String library) {
        String file = System.mapLibraryName(library);
        try {
            Loader.cacheResource(Tensor.class, "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot unpack " + file + " into JavaCPP's cache", unwritable);
        }
    }

    Tensor of(Array array) {
        long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
        // Rounded here: libtorch would round to bfloat16 by way of float, which is twice.
        double[] elements = array.map(format::round).elements();
        try (DoublePointer memory = new DoublePointer(elements)) {
            return torch.from_blob(memory, shape, new TensorOptions(ScalarType.Double))
                    .clone()
                    .to(type());
        }
    }

    /** Whole numbers, exactly, whatever the format. */
    Tensor integers(Array array) {
        return new Tensors(Format.BINARY64).of(array).to(ScalarType.Long);
    }

    Array copy(Tensor tensor) {
        ScalarType type = tensor.scalar_type().intern();
        if (type != type()) {
            throw new IllegalStateException("the result is " + type + ", not " + type());
        }
        Tensor doubles = tensor.detach().to(ScalarType.Double).contiguous();
        int[] shape = new int[Math.toIntExact(doubles.dim())];
        Arrays.setAll(shape, axis -> Math.toIntExact(doubles.size(axis)));
        double[] elements = new double[Math.toIntExact(doubles.numel())];
        doubles.data_ptr_double().get(elements);
        return Array.of(shape, elements);
    }

    /** Along a new first axis. */
    static Tensor stack(List<Tensor> tensors) {
        return torch.stack(Autograd.vector(tensors));
    }

    /** Along an axis that they have. */
    static Tensor cat(List<Tensor> tensors, int axis) {
        return torch.cat(Autograd.vector(tensors), axis);
    }

    ScalarType type() {
        return switch (format) {
            case BINARY64 -> ScalarType.Double;
            case BINARY32 -> ScalarType.Float;
            case BFLOAT16 -> ScalarType.BFloat16;
            case BINARY16 -> ScalarType.Half;
        };
    }
}
