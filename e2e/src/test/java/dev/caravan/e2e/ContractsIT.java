package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts of REST and of messages, read by the tools that others read them with. */
@Needs(Needs.Need.CONTRACT_CHECKS)
@ExtendWith(SharedPlatform.class)
class ContractsIT {

    private static final Path TOOLS = PlatformProcess.ROOT.resolve("e2e/contracts");
    private static final Pattern EXAMPLE = Pattern.compile("```ts\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"spectral", "parser", "postman"})
    void areTakenWithoutAComplaint(String tool) throws Exception {
        run(TOOLS, "node", "check.mjs", tool);
    }

    /** The one of docs/clients.md, of the contract as the platform serves it. */
    @Test
    void makeATypeScriptClientThatCompilesAndUploadsAVideo(PlatformProcess platform) throws Exception {
        Path folder = Files.createDirectories(PlatformProcess.ROOT.resolve("e2e/target/typescript"));
        Path modules = folder.resolve("node_modules");
        if (!Files.exists(modules)) {
            Files.createSymbolicLink(modules, TOOLS.resolve("node_modules"));
        }
        Matcher example = EXAMPLE.matcher(Files.readString(PlatformProcess.ROOT.resolve("docs/clients.md")));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("upload.ts"), example.group(1));
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        Files.copy(
                TOOLS.resolve("tsconfig.json"), folder.resolve("tsconfig.json"), StandardCopyOption.REPLACE_EXISTING);
        Path video = Files.write(folder.resolve("film.mp4"), Clips.video(platform, 2, "320x180"));
        String email = "typescript-" + UUID.randomUUID() + "@example.org";
        Client.register(platform, email, "a long password");

        run(folder, "node_modules/.bin/openapi-typescript", platform.url() + "/openapi.yaml", "-o", "caravan.d.ts");
        run(folder, "node_modules/.bin/tsc");
        String said = run(folder, "node", "out/upload.js", platform.url(), email, "a long password", video.toString());

        assertThat(said).contains(".m3u8");
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
