package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VendoredTest {

    private static final Path FOLDER = Path.of("src/main/resources", Vendored.FOLDER);

    @Test
    void shipsEveryFileAsItsPackageHasItAndNoOther() throws Exception {
        Map<String, String> written = Vendored.read().stream()
                .flatMap(library -> library.files().stream())
                .collect(Collectors.toMap(Vendored.File::file, Vendored.File::sha256));

        assertThat(files()).isEqualTo(written);
    }

    @Test
    void shipsTheLicenceOfEachLibrary() throws IOException {
        assertThat(Vendored.read()).hasSizeGreaterThan(1).allSatisfy(library -> assertThat(library.files())
                .as(library.name())
                .anyMatch(file -> file.file().equals(library.name() + "/LICENSE")));
    }

    private static Map<String, String> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("vendored.yaml"))
                    .toList();
            return files.stream()
                    .collect(Collectors.toMap(
                            file -> FOLDER.relativize(file).toString().replace('\\', '/'), VendoredTest::sha256));
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
