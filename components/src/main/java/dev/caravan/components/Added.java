package dev.caravan.components;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Maven project that lists what was added, written by this program alone. */
final class Added {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>\\s*</dependency>");
    private static final String CAMEL = "${camel.version}";

    private final Path file;
    private final String camelVersion;

    /** @param camelVersion of what is written as that of the platform's Camel, so that both change together */
    Added(Path file, String camelVersion) {
        this.file = file;
        this.camelVersion = camelVersion;
    }

    SortedSet<Coordinate> read() throws IOException {
        SortedSet<Coordinate> added = new TreeSet<>();
        Matcher dependencies = DEPENDENCY.matcher(Files.readString(file));
        while (dependencies.find()) {
            added.add(new Coordinate(
                    dependencies.group(1),
                    dependencies.group(2),
                    dependencies.group(3).replace(CAMEL, camelVersion)));
        }
        return added;
    }

    void write(SortedSet<Coordinate> added) throws IOException {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Written by ./caravan add and ./caravan remove. -->
                <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
                  <modelVersion>4.0.0</modelVersion>

                  <parent>
                    <groupId>dev.caravan</groupId>
                    <artifactId>caravan</artifactId>
                    <version>0.1.0-SNAPSHOT</version>
                    <relativePath>../../../pom.xml</relativePath>
                  </parent>

                  <artifactId>caravan-connectors-components</artifactId>
                  <packaging>pom</packaging>
                  <name>Caravan :: connectors, what was added</name>
                  <description>Libraries that were added to the connectors service.</description>
                """);
        if (!added.isEmpty()) {
            text.append("\n  <dependencies>\n");
            for (Coordinate one : added) {
                boolean camel =
                        one.group().equals("org.apache.camel") && one.version().equals(camelVersion);
                text.append("    <dependency>\n      <groupId>")
                        .append(one.group())
                        .append("</groupId>\n      <artifactId>")
                        .append(one.artifact())
                        .append("</artifactId>\n      <version>")
                        .append(camel ? CAMEL : one.version())
                        .append("</version>\n    </dependency>\n");
            }
            text.append("  </dependencies>\n");
        }
        Files.writeString(file, text.append("</project>\n"));
    }
}
