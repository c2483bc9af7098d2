package org.goldgrad.libtorch;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;

/** What an optimizer saves and loads, which is the only way from Java to what it keeps of its parameters. */
final class Saved {
    private final InputArchive all;

    private Saved(InputArchive all) {
        this.all = all;
    }

    static Saved of(Optimizer optimizer) {
        OutputArchive archive = new OutputArchive();
        optimizer.save(archive);
        return new Saved(reread(archive));
    }

    @SuppressWarnings("try") // the scope is not named: every pointer attaches itself to it
    private static InputArchive reread(OutputArchive archive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PointerScope scope = new PointerScope()) { // JavaCPP has room for ten callbacks at a time
            archive.save_to(new Writer(bytes));
        }
        InputArchive all = new InputArchive();
        all.load_from(new BytePointer(bytes.toByteArray()), bytes.size());
        return all;
    }

    private static final class Writer extends ArchiveWriter {
        private final ByteArrayOutputStream bytes;

        Writer(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public long call(Pointer memory, long length) {
            byte[] chunk = new byte[Math.toIntExact(length)];
            new BytePointer(memory).get(chunk);
            bytes.writeBytes(chunk);
            return length;
        }
    }

    /** What is kept of every group's parameter under a name, or {@code otherwise} where nothing is. */
    List<Tensor> of(Groups groups, String name, List<Tensor> otherwise) {
        InputArchive state = new InputArchive();
        all.read("state", state);
        List<Tensor> kept = new ArrayList<>(otherwise);
        for (int i = 0; i < kept.size(); i++) {
            InputArchive parameter = new InputArchive();
            if (state.try_read(key(groups.parameters().get(i)), parameter)) {
                Tensor tensor = new Tensor();
                parameter.read(name, tensor);
                kept.set(i, tensor);
            }
        }
        return kept;
    }

    /** Has an optimizer load a state, by libtorch's names, for every group's parameter. */
    static void load(Optimizer optimizer, Groups groups, IntFunction<Map<String, IValue>> states) {
        OutputArchive archive = new OutputArchive();
        Saved present = of(optimizer);
        for (String same : List.of("pytorch_version", "param_groups")) {
            IValue value = new IValue();
            present.all.read(same, value);
            archive.write(same, value);
        }
        OutputArchive state = new OutputArchive(archive.compilation_unit());
        for (int i = 0; i < groups.parameters().size(); i++) {
            OutputArchive parameter = new OutputArchive(archive.compilation_unit());
            states.apply(i).forEach(parameter::write);
            state.write(key(groups.parameters().get(i)), parameter);
        }
        archive.write("state", state);
        optimizer.load(reread(archive));
    }

    /** An archive calls a parameter by its address. */
    private static String key(Tensor parameter) {
        return Long.toString(parameter.unsafeGetTensorImpl().address());
    }
}
