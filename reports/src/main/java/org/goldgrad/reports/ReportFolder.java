package org.goldgrad.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goldgrad.golden.judge.Run;

/** The folder that a run leaves behind: its log as it goes, then the page and the JSON. */
record ReportFolder(Path folder) {
    /** Makes the folder, and takes away what an earlier run said, lest a run that dies leaves it to be read. */
    static ReportFolder prepare(Path folder) {
        ReportFolder report = new ReportFolder(folder);
        if (Files.isRegularFile(folder)) {
            throw new Refusal("--report " + folder + " is a file, and must be a folder or nothing yet");
        }
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(report.page());
            Files.deleteIfExists(report.json());
        } catch (IOException unwritable) {
            throw unwritable(folder, unwritable);
        }
        return report;
    }

    Path log() {
        return folder.resolve("run.jsonl");
    }

    Path page() {
        return folder.resolve("report.html");
    }

    private Path json() {
        return folder.resolve("report.json");
    }

    void write(Run run, Page page) {
        try {
            Files.writeString(json(), Json.of(new RunJson(run).document()));
            Files.writeString(page(), page.html());
        } catch (IOException unwritable) {
            throw unwritable(folder, unwritable);
        }
    }

    private static Refusal unwritable(Path folder, IOException why) {
        return new Refusal("--report " + folder + " cannot be written: " + why);
    }
}
