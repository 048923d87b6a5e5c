package dev.caravan.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is added to the connectors service: found, written down, locked, warned of. */
class ComponentsTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sftp, org.apache.camel:camel-ftp",
        "SFTP, org.apache.camel:camel-ftp",
        "https, org.apache.camel:camel-http",
        "smtps, org.apache.camel:camel-mail",
        "csv, org.apache.camel:camel-csv",
        "jq, org.apache.camel:camel-jq"
    })
    void findsTheLibraryOfWhatARouteNames(String name, String library) {
        assertThat(new Catalog().find(name).toString()).startsWith(library + ":");
    }

    @Test
    void takesAnyLibraryByItsCoordinate() {
        assertThat(new Catalog().find("org.postgresql:postgresql:42.7.7"))
                .isEqualTo(new Coordinate("org.postgresql", "postgresql", "42.7.7"));
        assertThatThrownBy(() -> new Catalog().find("org.postgresql:postgresql"))
                .isInstanceOf(UsageException.class)
                .hasMessage("org.postgresql:postgresql is no group:artifact:version.");
        assertThatThrownBy(() -> new Catalog().find("a:b</artifactId>:1")).isInstanceOf(UsageException.class);
    }

    @Test
    void suggestsWhatIsCalledAlike() {
        assertThatThrownBy(() -> new Catalog().find("kafkaa"))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("has no component kafkaa, but kafka.");
    }

    @Test
    void writesWhatWasAddedAndReadsItAgain() throws Exception {
        Path pom = folder.resolve("pom.xml");
        TreeSet<Coordinate> added = new TreeSet<>();
        added.add(new Coordinate("org.apache.camel", "camel-csv", "4.17.0"));
        added.add(new Coordinate("org.postgresql", "postgresql", "42.7.7"));
        new Added(pom, "4.17.0").write(added);

        assertThat(pom)
                .content()
                .contains("<version>${camel.version}</version>")
                .contains("<version>42.7.7</version>");
        assertThat(new Added(pom, "4.17.0").read()).isEqualTo(added);
        assertThat(new Added(pom, "4.18.0").read()).contains(new Coordinate("org.apache.camel", "camel-csv", "4.18.0"));
    }

    @Test
    void isWrittenAsItIsKeptWhileNothingWasAdded() throws Exception {
        Path pom = folder.resolve("pom.xml");
        new Added(pom, "4.17.0").write(new TreeSet<>());
        Path kept = ROOT.resolve("services/connectors/components/pom.xml");
        if (new Added(kept, "4.17.0").read().isEmpty()) {
            assertThat(kept).hasSameTextualContentAs(pom);
        }
    }

    @Test
    void readsTheListThatMavenWrites() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), """

                The following files have been resolved:
                   org.apache.camel:camel-csv:jar:4.17.0:compile:/home/my user/m2/camel-csv-4.17.0.jar -- module camel.csv (auto)
                   io.netty:netty-transport-native-epoll:jar:linux-x86_64:4.1.135.Final:runtime:/m2/netty.jar
                   org.example:tests:jar:1.0:test:/m2/tests.jar
                """);
        assertThat(Lock.listed(list))
                .containsOnlyKeys(
                        new Coordinate("org.apache.camel", "camel-csv", "4.17.0"),
                        new Coordinate("io.netty", "netty-transport-native-epoll", "4.1.135.Final:linux-x86_64"))
                .containsValue(Path.of("/home/my user/m2/camel-csv-4.17.0.jar"));
    }

    @Test
    void refusesAJarThatIsNotTheOneOfTheLock() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "abc");
        Path lock = folder.resolve("lock");
        SortedMap<Coordinate, Path> jars = new TreeMap<>();
        jars.put(new Coordinate("a", "b", "1"), jar);
        Lock.write(lock, jars);
        // Of abc, after FIPS 180-2.
        assertThat(lock).content().contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a:b:1");
        Lock.check(lock, jars);

        Files.writeString(jar, "abd");
        assertThatThrownBy(() -> Lock.check(lock, jars))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("a:b:1 is not the jar that ");
    }

    @Test
    void warnsOfWhatIsKnownAboutAVersion() throws Exception {
        Advisories advisories = new Advisories(ROOT.resolve("docs/advisories.yaml"));
        assertThat(advisories.of(new Coordinate("org.apache.camel", "camel-coap", "4.17.0")))
                .anyMatch(line -> line.startsWith("CVE-2026-33453 (org.apache.camel:camel-coap:4.17.0): "));
        assertThat(advisories.of(new Coordinate("org.apache.camel", "camel-coap", "4.20.0")))
                .isEmpty();
        assertThat(advisories.of(new Coordinate("org.example", "camel-coap", "4.17.0")))
                .isEmpty();
    }
}
