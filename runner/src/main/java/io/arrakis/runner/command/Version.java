package io.arrakis.runner.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, which Maven writes into a resource. */
final class Version implements IVersionProvider {

    private static final String RESOURCE = "/io/arrakis/runner/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"arrakis " + number(), "Java " + Runtime.version() + " on " + System.getProperty("os.name")
        };
    }

    /** Returns the number alone. */
    static String number() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
