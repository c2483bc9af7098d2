package org.goldgrad.libtorch;

import java.io.ByteArrayOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;

/** What an optimizer saves, which is the only way from Java to what it keeps of its parameters. */
final class Saved {
    private final InputArchive state = new InputArchive();

    private Saved(byte[] bytes) {
        InputArchive all = new InputArchive();
        all.load_from(new BytePointer(bytes), bytes.length);
        all.read("state", state);
    }

    @SuppressWarnings("try") // the scope is not named: every pointer attaches itself to it
    static Saved of(Optimizer optimizer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PointerScope scope = new PointerScope()) { // JavaCPP has room for ten callbacks at a time
            OutputArchive archive = new OutputArchive();
            optimizer.save(archive);
            archive.save_to(new Writer(bytes));
        }
        return new Saved(bytes.toByteArray());
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

    /** What is kept of a parameter under a name; the archive calls the parameter by its address. */
    Tensor of(Tensor parameter, String name) {
        InputArchive kept = new InputArchive();
        state.read(Long.toString(parameter.unsafeGetTensorImpl().address()), kept);
        Tensor tensor = new Tensor();
        kept.read(name, tensor);
        return tensor;
    }
}
