package org.goldgrad.golden.adapter;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/**
 * The other end of the pipe: any {@link Implementation} in a JVM of its own, as an adapter (golden/adapters/README.md).
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *     System.exit(Server.serve(new MyImplementation(), Catalogue.operations(), "cpu", "Java 17"));
 * }
 * }</pre>
 */
public final class Server {
    private static final int BROKEN = 1;

    private Server() {}

    /**
     * Serves on standard input and output until it is told to stop. What is printed with System.out goes to the log from
     * here on, so an implementation should load noisy libraries with its first answer and not with its construction; what
     * native code prints is out of reach, and Goldgrad passes it over where it makes lines of its own.
     *
     * @return the exit code: 0, or 1 with a line in the log if the conversation broke down
     */
    public static int serve(
            Implementation implementation, Collection<Operation> operations, String device, String language) {
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        try {
            serve(implementation, operations, device, language, System.in, answers);
            return 0;
        } catch (IOException | Fields.Malformed broken) {
            System.err.println(implementation.name() + ": " + broken.getMessage());
            return BROKEN;
        }
    }

    /**
     * Answers line by line until {@code stop} or the end of the input.
     *
     * @param operations those that hello names
     * @throws Fields.Malformed with the number of the line that is not in the protocol
     * @throws IOException if nobody is left to talk to
     */
    public static void serve(
            Implementation implementation,
            Collection<Operation> operations,
            String device,
            String language,
            InputStream in,
            OutputStream out)
            throws IOException, Fields.Malformed {
        Respondent respondent = new Respondent(implementation, operations, device, language);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        int number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Request request = Request.read(line);
                if (request instanceof Request.Stop) {
                    return;
                }
                out.write((respondent.answer(request) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (Fields.Malformed malformed) {
            throw new Fields.Malformed("line " + number + ": " + Quote.bare(malformed.getMessage()));
        } catch (CharacterCodingException notText) {
            throw new Fields.Malformed("line " + (number + 1) + " or one soon after it is not UTF-8");
        }
    }
}
