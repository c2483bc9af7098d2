package org.goldgrad.golden.adapter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process behind three pipes, none of which can make Goldgrad wait: one thread writes, one reads lines, one reads what
 * is logged.
 *
 * <p>Killing it kills what it started. Descendants are found through their parents; those whose parents have ended, on
 * Linux, through a variable in the environment that they inherited (as Jenkins' ProcessTreeKiller does).
 */
final class AdapterProcess {
    private static final String MARK = "GOLDGRAD_ADAPTER";
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GRACE_MS = 1000;
    private static final int QUEUE = 4;
    private static final int SWEEPS = 50;
    private static final int CLEAN = 3;

    private final String mark = MARK + "=" + UUID.randomUUID();
    private final Process process;
    private final Lines lines;
    private final Tail tail = new Tail();
    private final Thread logger;
    private final Thread reader;
    private final Thread writer;
    private final Thread hook = new Thread(this::kill);
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(QUEUE);
    private final BlockingQueue<Optional<String>> outbox = new LinkedBlockingQueue<>();

    private AdapterProcess(List<String> command, int line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(MARK, mark.substring(MARK.length() + 1));
        process = builder.start();
        lines = new Lines(process.getInputStream(), line);
        logger = daemon("log", () -> tail.drain(process.getErrorStream()));
        reader = daemon("out", this::read);
        writer = daemon("in", this::write);
    }

    /** Starts a command; the exception says that it cannot be started. */
    static AdapterProcess start(List<String> command, int line) throws IOException {
        AdapterProcess started = new AdapterProcess(command, line);
        Runtime.getRuntime().addShutdownHook(started.hook);
        started.logger.start();
        started.reader.start();
        started.writer.start();
        return started;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "adapter-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private void read() {
        try {
            events.put(new Event.End(lastWords()));
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the end; why, if it is not the process that ended it. */
    private String lastWords() throws InterruptedException {
        try {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                events.put(new Event.Line(line.get()));
            }
            return "";
        } catch (Lines.TooLong tooLong) {
            return "it wrote " + tooLong.getMessage();
        } catch (IOException closed) {
            return "";
        }
    }

    private void write() {
        try (OutputStream in = process.getOutputStream()) {
            for (Optional<String> line = outbox.take(); line.isPresent(); line = outbox.take()) {
                in.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
            }
        } catch (IOException gone) {
            // its end is noticed where it is read
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    void send(String line) {
        outbox.add(Optional.of(line));
    }

    /** The next event, or empty if there is none before the deadline (of System.nanoTime). */
    Optional<Event> next(long deadline) throws InterruptedException {
        for (; ; ) {
            long left = deadline - System.nanoTime();
            Optional<Event> event =
                    Optional.ofNullable(events.poll(Math.max(0, Math.min(left, SLICE)), TimeUnit.NANOSECONDS));
            if (event.isEmpty() && !process.isAlive()) {
                endTree(); // a child that lives on may hold the pipe open
                event = Optional.of(Optional.ofNullable(events.poll(GRACE_MS, TimeUnit.MILLISECONDS))
                        .orElse(new Event.End("")));
            }
            if (event.isPresent() || left <= 0) {
                return event.map(this::explained);
            }
        }
    }

    private Event explained(Event event) {
        return event instanceof Event.End end && end.how().isEmpty() ? new Event.End(ending()) : event;
    }

    /** How a process ended that writes no more. */
    private String ending() {
        try {
            if (!process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
                return "it closed its standard output";
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        int code = process.isAlive() ? -1 : process.exitValue();
        return code > 128
                ? "it was ended by signal " + (code - 128) + (code == 137 ? ", as where memory runs out" : "")
                : "it exited with code " + code;
    }

    /** What it had begun to write when it ended or hung. */
    byte[] unfinished() {
        return lines.unfinished();
    }

    /** The end of what it logged. */
    String log() {
        return tail.text();
    }

    void forgetLog() {
        tail.forget();
    }

    /** Asks it to stop, gives it a moment, and leaves nothing behind. */
    void stop() {
        send(Message.stop());
        outbox.add(Optional.empty());
        try {
            for (long end = System.nanoTime() + 2 * TimeUnit.SECONDS.toNanos(1); System.nanoTime() < end; ) {
                if (process.waitFor(SLICE, TimeUnit.NANOSECONDS)) {
                    break;
                }
                events.clear(); // whoever still writes shall not wait for us
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Ends it and all that it started, now; what it logged is complete afterwards. */
    void end() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException already) {
            return; // the hook is running
        }
        try {
            logger.join(GRACE_MS);
            writer.interrupt();
            reader.interrupt();
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipes before they are read
        children.forEach(ProcessHandle::destroyForcibly);
        endTree();
        try {
            process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends every process that carries the mark, until none is found several times: one may have started another meanwhile,
     * and while a program takes a process over, nobody can read what that carries.
     */
    private void endTree() {
        if (!Files.isReadable(Path.of("/proc/self/environ"))) {
            return;
        }
        int clean = 0;
        for (int sweep = 0; sweep < SWEEPS && clean < CLEAN; sweep++) {
            List<ProcessHandle> left;
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                left = all.filter(this::carriesMark).toList();
            }
            clean = left.isEmpty() ? clean + 1 : 0;
            left.forEach(ProcessHandle::destroyForcibly);
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean carriesMark(ProcessHandle handle) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + handle.pid() + "/environ"));
            return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains("\0" + mark + "\0");
        } catch (IOException gone) {
            return false;
        }
    }
}
