package org.goldgrad.reports;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
final class Version implements IVersionProvider {
    private static final String WRITTEN_BY_MAVEN = "/META-INF/maven/org.goldgrad/goldgrad-reports/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
            if (stream != null) {
                properties.load(stream);
            }
        }
        return new String[] {
            "goldgrad " + properties.getProperty("version", "(not from a jar)"),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
