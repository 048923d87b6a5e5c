package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.e2e.Operations.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each endpoint, called by each kind of caller: nobody without a token, another user, the owner, an administrator. */
@ExtendWith(SharedPlatform.class)
class AccessIT {

    private static final Set<Integer> REFUSALS = Set.of(401, 403);
    private static final String PASSWORD = "secret-words";
    private static final Path DOCUMENT = PlatformProcess.ROOT.resolve("docs/access.md");

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void letsInWhomTheContractSaysAndNobodyElse(Platform platform) throws Exception {
        String owner = account(platform);
        String other = account(platform);
        Client ownerClient = login(platform, owner);
        ownerClient.upload(Clips.video(platform, 1, "320x180"), "Guarded", "Whose it is matters.");
        int video = ownerClient.await("Guarded", "ready").path("id").asInt();
        ownerClient.call("PATCH", "/videos/" + video, Map.of("downloads", "source"));
        JsonNode presigned =
                ownerClient.post("/videos/upload/presigned-url", null).data();
        String resumable = beginResumable(ownerClient);
        Map<String, Supplier<Client>> callers = new LinkedHashMap<>();
        callers.put("anonymous", () -> Client.anonymous(platform));
        callers.put("other", () -> login(platform, other));
        callers.put("owner", () -> login(platform, owner));
        callers.put("admin", () -> admin(platform));
        List<String> wrong = new ArrayList<>();

        for (Operation operation : inOrder()) {
            for (Map.Entry<String, Supplier<Client>> caller : callers.entrySet()) {
                // A session of its own for each call: some of them end it.
                int status = call(caller.getValue().get(), operation, video, presigned, resumable, owner);
                if (!isRight(operation, caller.getKey(), status)) {
                    wrong.add(operation + " (" + operation.access() + ") by " + caller.getKey() + ": " + status);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void isWrittenDownAsItIs() throws Exception {
        String text = document();
        if (Boolean.getBoolean("caravan.access.write")) {
            Files.writeString(DOCUMENT, text);
        }

        assertThat(DOCUMENT)
                .as("docs/access.md; to mend: ./caravan access")
                .content()
                .isEqualTo(text);
    }

    /** What takes the video away comes last. */
    private static List<Operation> inOrder() throws Exception {
        List<Operation> all =
                new ArrayList<>(Operations.read(PlatformProcess.ROOT).all());
        assertThat(all).hasSizeGreaterThan(25);
        all.sort(java.util.Comparator.comparing(operation ->
                operation.method().equals("DELETE") && operation.access().equals("owner")));
        return all;
    }

    private static boolean isRight(Operation operation, String caller, int status) {
        boolean refused = REFUSALS.contains(status);
        return switch (operation.access()) {
            case "anyone" -> !refused;
            case "user" -> caller.equals("anonymous") ? status == 401 : !refused;
            case "owner" ->
                switch (caller) {
                    case "anonymous" -> status == 401;
                    case "other" -> status == 403 || status == 404;
                    // Only who uploads something goes on with it and announces it.
                    case "admin" ->
                        isResumable(operation)
                                ? status == 404
                                : operation.path().endsWith("/webhook") ? status == 403 : !refused;
                    default -> !refused;
                };
            case "admin" ->
                switch (caller) {
                    case "anonymous" -> status == 401;
                    case "admin" -> !refused;
                    default -> status == 403;
                };
            default -> false;
        };
    }

    private static boolean isResumable(Operation operation) {
        return operation.path().startsWith("/videos/upload/tus/");
    }

    private static String beginResumable(Client client) {
        return client.tus("POST", "", new byte[0], "Upload-Length", "1000", "Upload-Metadata", "title QQ==")
                .response()
                .headers()
                .firstValue("Caravan-Video-Id")
                .orElseThrow();
    }

    private static int call(
            Client client, Operation operation, int video, JsonNode presigned, String resumable, String owner) {
        if (operation.path().startsWith("/videos/upload/tus")) {
            boolean begins = operation.method().equals("POST");
            return client.tus(
                            operation.method(),
                            begins ? "" : "/" + resumable,
                            new byte[operation.method().equals("PATCH") ? 1 : 0],
                            begins ? "Upload-Length" : "Upload-Offset",
                            begins ? "1000" : "0",
                            "Upload-Metadata",
                            "title QQ==")
                    .status();
        }
        String path = operation
                .path()
                .replace("{id}", operation.path().startsWith("/videos") ? "" + video : "999999")
                .replace("{link_id}", "999999")
                .replace("{delivery_id}", "00000000-0000-0000-0000-000000000000")
                .replace("{language}", "en")
                .replace("{rendition}", "source")
                .replace("{name}", "a.jpg");
        if (operation.path().equals("/videos/upload")) {
            return client.call("POST", path + "?title=t&description=d", "no video")
                    .status();
        }
        Object body = operation.body();
        if (operation.path().endsWith("/webhook")) {
            body = Map.of(
                    "video_id",
                    presigned.path("video_id").asText(),
                    "thumbnail_id",
                    presigned.path("thumbnail_id").asText(),
                    "title",
                    "t",
                    "description",
                    "d");
        } else if (operation.id().equals("api-gateway-put-captions")) {
            body = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello";
        } else if (operation.id().equals("api-gateway-put-thumbnail")) {
            path += "?second=0";
        } else if (operation.path().equals("/auth/login")) {
            body = Map.of("email", owner, "password", PASSWORD);
        } else if (operation.path().equals("/auth/register")) {
            body = Map.of("name", "Bob Example", "email", email(), "password", PASSWORD);
        } else if (operation.path().equals("/auth/refresh")) {
            body = Map.of("refresh_token", refreshToken(client, owner));
        }
        return client.call(operation.method(), path, body).status();
    }

    private static String refreshToken(Client client, String owner) {
        return client.withToken(null)
                .post("/auth/login", Map.of("email", owner, "password", PASSWORD))
                .data()
                .path("refresh_token")
                .asText();
    }

    private static String email() {
        return "user-" + UUID.randomUUID() + "@example.org";
    }

    private static String account(Platform platform) {
        String email = email();
        Client.register(platform, email, PASSWORD);
        return email;
    }

    private static Client login(Platform platform, String email) {
        return Client.login(platform, email, PASSWORD);
    }

    private static Client admin(Platform platform) {
        return Client.admin(platform);
    }

    private static String document() throws Exception {
        StringBuilder text = new StringBuilder("""
                # Who may call what

                Made from `routes/api-gateway/openapi.yaml` by the test that tries every endpoint with every caller; write it anew with
                `./caravan access`. The procedures between services state theirs in `proto/`, by `(caravan.access)`.

                | Endpoint | anonymous | another user | the owner | an administrator |
                | --- | --- | --- | --- | --- |
                """);
        for (Operation operation : Operations.read(PlatformProcess.ROOT).all()) {
            text.append("| `")
                    .append(operation)
                    .append("` | ")
                    .append(
                            switch (operation.access()) {
                                case "anyone" -> "yes | yes | yes | yes";
                                case "user" -> "401 | yes | yes | yes";
                                case "owner" ->
                                    isResumable(operation)
                                            ? "401 | 404 | yes | 404"
                                            : operation.path().endsWith("/webhook")
                                                    ? "401 | 403 | yes | 403"
                                                    : "401 | 403 or 404 | yes | yes";
                                case "admin" -> "401 | 403 | 403 | yes";
                                default -> "not stated";
                            })
                    .append(" |\n");
        }
        return text.toString();
    }
}
