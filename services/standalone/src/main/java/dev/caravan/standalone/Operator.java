package dev.caravan.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** What an administrator does at the terminal, by the REST API of a running platform. */
final class Operator {

    static final String USAGE = """
            ./caravan dead-letters [list [STATE] | show ID | edit ID FILE | replay ID | discard ID] [--data .caravan]
            ./caravan video [failed | show ID | set ID FIELD=VALUE... | encoding ID | reencode ID | cancel ID] [--data .caravan]
            ./caravan video [trash ID | restore ID | delete ID | links ID | link ID | unlink ID LINK] [--data .caravan]
            ./caravan video priority ID NUMBER [--data .caravan]
            ./caravan video captions ID [LANGUAGE [FILE | -]] [--data .caravan]
            ./caravan video thumbnail ID FILE | SECOND | - [--data .caravan]
            ./caravan sources [STATE] [--data .caravan]
            ./caravan users [list [WORDS] | blocked | block ID | unblock ID | deletions] [--data .caravan]
            ./caravan users quota ID [everybody | bytes=50GB videos=100 uploads=2] [--data .caravan]
            ./caravan rotate-keys [--data .caravan]""";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LISTS = List.of("tags", "embed_origins");

    private final Rest rest;
    private final String token;
    private final Consumer<String> say;

    private Operator(Rest rest, String token, Consumer<String> say) {
        this.rest = rest;
        this.token = token;
        this.say = say;
    }

    /**
     * Does what the words say.
     *
     * @param say where each line goes
     * @throws UsageException when they say nothing that can be done, or the platform refuses it
     */
    static void run(String command, String[] args, Consumer<String> say) throws InterruptedException {
        Path data = Path.of(".caravan");
        Deque<String> words = new ArrayDeque<>();
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String word = rest.pop();
            if (word.equals("--data")) {
                data = Path.of(UpOptions.value(word, rest));
            } else {
                words.add(word);
            }
        }
        data = data.toAbsolutePath().normalize();
        Rest platform = new Rest(RunningPlatform.in(data).url());
        try {
            Operator operator = new Operator(platform, logIn(platform, data), say);
            switch (command) {
                case "dead-letters" -> operator.deadLetters(words);
                case "video" -> operator.video(words);
                case "sources" -> operator.listSourceFiles(words);
                case "users" -> operator.users(words);
                case "rotate-keys" -> operator.rotateKeys();
                default -> throw new UsageException(USAGE);
            }
        } catch (IOException e) {
            throw new UsageException("The platform at " + platform.url() + " can't be reached: " + e.getMessage());
        }
    }

    private static String logIn(Rest platform, Path data) throws IOException, InterruptedException {
        ObjectNode account = Rest.JSON
                .createObjectNode()
                .put("email", Secrets.ADMIN_EMAIL)
                .put("password", Secrets.in(data.resolve("keys")).adminPassword());
        return platform.call("POST", "/auth/login", null, account).path("token").asText();
    }

    private void deadLetters(Deque<String> words) throws IOException, InterruptedException {
        String verb = words.isEmpty() ? "list" : words.pop();
        switch (verb) {
            case "list" -> listDeadLetters(words.isEmpty() ? "open" : words.pop());
            case "show" -> showDeadLetter(id(words));
            case "edit" -> {
                String path = "/dead-letters/" + id(words);
                String body = Files.readString(Path.of(word(words, "a file with the new body")));
                rest.call("PUT", path, token, Rest.JSON.createObjectNode().put("body", body));
                say.accept("Edited. Replay it by ./caravan dead-letters replay.");
            }
            case "replay" -> {
                rest.call("POST", "/dead-letters/" + id(words) + "/replay", token, null);
                say.accept("Sent to its queue once more.");
            }
            case "discard" -> {
                rest.call("DELETE", "/dead-letters/" + id(words), token, null);
                say.accept("Discarded.");
            }
            default -> throw new UsageException(USAGE);
        }
    }

    private void listDeadLetters(String state) throws IOException, InterruptedException {
        JsonNode data = rest.call("GET", "/dead-letters?size=100&state=" + state, token, null);
        for (JsonNode letter : data.path("dead_letters")) {
            say.accept(String.format(
                    "%6d  %s  %-14s %-20s %-16s %s",
                    letter.path("id").asLong(),
                    letter.path("failed_at").asText(),
                    letter.path("service").asText(),
                    letter.path("queue").asText(),
                    letter.path("reason").asText(),
                    letter.path("error").asText().lines().findFirst().orElse("")));
        }
        say.accept(data.path("total").asInt() + " " + state);
    }

    private void showDeadLetter(String id) throws IOException, InterruptedException {
        JsonNode letter = rest.call("GET", "/dead-letters/" + id, token, null).path("dead_letter");
        letter.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("body") && !field.getValue().isNull()) {
                JsonNode value = field.getValue();
                say.accept(String.format("%-14s %s", field.getKey(), value.isTextual() ? value.asText() : value));
            }
        });
        say.accept("");
        say.accept(letter.path("body").asText());
    }

    private void video(Deque<String> words) throws IOException, InterruptedException {
        String verb = words.isEmpty() ? "failed" : words.pop();
        switch (verb) {
            case "failed" -> {
                JsonNode data = rest.call("GET", "/videos?state=failed&size=100", token, null);
                for (JsonNode video : data.path("videos")) {
                    say.accept(String.format(
                            "%6d  %s  %s  %s",
                            video.path("id").asInt(),
                            video.path("published_at").asText(),
                            video.path("title").asText(),
                            video.path("failure").asText()));
                }
                say.accept(data.path("total").asInt() + " failed");
            }
            case "encoding" ->
                say.accept(rest.call("GET", "/videos/" + id(words) + "/encoding", token, null)
                        .path("encoding")
                        .toPrettyString());
            case "reencode", "cancel" -> {
                rest.call("POST", "/videos/" + id(words) + "/" + verb, token, null);
                say.accept(verb.equals("cancel") ? "Cancelled." : "It will be encoded again.");
            }
            case "priority" -> {
                String path = "/videos/" + id(words) + "/priority";
                rest.call("PUT", path, token, JSON.createObjectNode().put("priority", priority(words)));
                say.accept("It is encoded before all that are less urgent.");
            }
            case "show" -> {
                JsonNode video =
                        rest.call("GET", "/videos/" + id(words), token, null).path("video");
                show(video);
            }
            case "set" ->
                show(rest.call("PATCH", "/videos/" + id(words), token, changes(words))
                        .path("video"));
            case "trash" -> {
                rest.call("DELETE", "/videos/" + id(words), token, null);
                say.accept("In the trash; its owner can have it back.");
            }
            case "restore" -> {
                rest.call("POST", "/videos/" + id(words) + "/restore", token, null);
                say.accept("Out of the trash.");
            }
            case "delete" -> {
                rest.call("DELETE", "/videos/" + id(words) + "?permanently=true", token, null);
                say.accept("Deleted; its files go soon after.");
            }
            case "captions" -> captions(id(words), words);
            case "thumbnail" -> thumbnail(id(words), words.isEmpty() ? "" : words.pop());
            default -> links(verb, words);
        }
    }

    private static int priority(Deque<String> words) {
        String number = word(words, "a priority from 0 to 100");
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new UsageException(number + " is no priority from 0 to 100.");
        }
    }

    /** Lists them; with a language their text, with a file as well that is sent, and a hyphen in its place deletes them. */
    private void captions(String id, Deque<String> words) throws IOException, InterruptedException {
        String path = "/videos/" + id + "/captions";
        String language = words.poll();
        String file = words.poll();
        if (language == null) {
            listCaptions(rest.call("GET", path, token, null));
        } else if (file == null) {
            say.accept(rest.text(path + "/" + language, token));
        } else if (file.equals("-")) {
            rest.call("DELETE", path + "/" + language, token, null);
            say.accept("Deleted.");
        } else {
            listCaptions(rest.send(path + "/" + language, token, Path.of(file)));
        }
    }

    /** Takes a picture of a file, or of a second; a hyphen has the video's own shown. */
    private void thumbnail(String id, String choice) throws IOException, InterruptedException {
        String path = "/videos/" + id + "/thumbnail";
        if (choice.isEmpty()) {
            throw new UsageException(USAGE);
        } else if (choice.equals("-")) {
            rest.call("DELETE", path, token, null);
        } else if (choice.matches("[0-9]+(\\.[0-9]+)?")) {
            rest.call("PUT", path + "?second=" + choice, token, null);
        } else {
            rest.send(path, token, Path.of(choice));
        }
        say.accept("The picture is being made.");
    }

    private void listCaptions(JsonNode data) {
        for (JsonNode captions : data.path("captions")) {
            say.accept(String.format(
                    "%-12s %5d cues  %s%s",
                    captions.path("language").asText(),
                    captions.path("cues").asInt(),
                    captions.path("label").asText(),
                    captions.path("default").asBoolean() ? " (default)" : ""));
        }
    }

    private void links(String verb, Deque<String> words) throws IOException, InterruptedException {
        switch (verb) {
            case "links" -> {
                String path = "/videos/" + id(words) + "/links";
                for (JsonNode link : rest.call("GET", path, token, null).path("links")) {
                    say.accept(String.format(
                            "%6d  until %s",
                            link.path("id").asInt(), link.path("expires_at").asText()));
                }
            }
            case "link" -> {
                String id = id(words);
                JsonNode data = rest.call("POST", "/videos/" + id + "/links", token, JSON.createObjectNode());
                say.accept(rest.url() + "/#/watch/" + id + "?link="
                        + data.path("secret").asText());
                say.accept("Until " + data.path("link").path("expires_at").asText() + "; it is not shown again.");
            }
            case "unlink" -> {
                rest.call("DELETE", "/videos/" + id(words) + "/links/" + id(words), token, null);
                say.accept("The link is ended.");
            }
            default -> throw new UsageException(USAGE);
        }
    }

    /** All pages of them. */
    private void listSourceFiles(Deque<String> words) throws IOException, InterruptedException {
        String path = "/sources?size=100" + (words.isEmpty() ? "" : "&state=" + encoded(words.pop())) + "&cursor=";
        if (!words.isEmpty()) {
            throw new UsageException(USAGE);
        }
        String cursor = "";
        do {
            JsonNode data = rest.call("GET", path + cursor, token, null);
            for (JsonNode file : data.path("files")) {
                say.accept(String.format(
                        "%-9s %4s  %s  %s  %s%s",
                        file.path("state").asText(),
                        file.path("percent").isNull()
                                ? ""
                                : file.path("percent").asText() + "%",
                        file.path("created_at").asText(),
                        file.path("source").asText(),
                        file.path("address").asText().replaceAll("\\s", " "),
                        file.path("error").isNull()
                                ? ""
                                : "  (" + file.path("error").path("message").asText() + ")"));
            }
            cursor = data.path("cursor").asText();
        } while (!cursor.isEmpty());
    }

    private void users(Deque<String> words) throws IOException, InterruptedException {
        String verb = words.isEmpty() ? "list" : words.pop();
        switch (verb) {
            case "list" -> listUsers("/users?size=100&search=" + encoded(String.join(" ", words)));
            case "blocked" -> listUsers("/users?size=100&state=blocked");
            case "deletions" -> listDeletions();
            case "quota" -> {
                String path = "/users/" + id(words) + "/quota";
                JsonNode data = words.isEmpty()
                        ? rest.call("GET", path, token, null)
                        : rest.call("PUT", path, token, quota(words));
                showQuota(data.path("quota"));
            }
            case "block", "unblock" -> {
                JsonNode user = rest.call("POST", "/users/" + id(words) + "/" + verb, token, null)
                        .path("user");
                say.accept(user.path("name").asText()
                        + (verb.equals("block") ? " is blocked and logged out everywhere." : " can log in again."));
            }
            default -> throw new UsageException(USAGE);
        }
    }

    /** Of {@code bytes=50GB videos=100}; nothing for {@code everybody}. */
    private static ObjectNode quota(Deque<String> words) {
        ObjectNode quota = JSON.createObjectNode();
        if (List.copyOf(words).equals(List.of("everybody"))) {
            return quota;
        }
        changes(words).fields().forEachRemaining(change -> {
            String value = change.getValue().asText();
            try {
                quota.put(
                        "max_" + change.getKey(),
                        change.getKey().equals("bytes") ? DataSize.parse(value).toBytes() : Long.parseLong(value));
            } catch (IllegalArgumentException e) {
                throw new UsageException(value + " is no number of " + change.getKey() + ".");
            }
        });
        return quota;
    }

    private void showQuota(JsonNode quota) {
        for (String kind : List.of("bytes", "videos", "uploads")) {
            JsonNode allowed = quota.path("allowed").path("max_" + kind);
            say.accept(String.format(
                    "%-8s %d of %s%s",
                    kind,
                    quota.path("used").path(kind).asLong(),
                    allowed.isNull() ? "any number" : allowed.asText(),
                    quota.path("own").path("max_" + kind).isNull() ? "" : "  (set for this user)"));
        }
    }

    /** All pages of it. */
    private void listUsers(String path) throws IOException, InterruptedException {
        String cursor = "";
        do {
            JsonNode data = rest.call("GET", path + "&cursor=" + cursor, token, null);
            for (JsonNode user : data.path("users")) {
                say.accept(String.format(
                        "%6d  %-5s  %s  %s  %s%s",
                        user.path("id").asInt(),
                        user.path("role").asText(),
                        user.path("created_at").asText(),
                        user.path("email").asText(),
                        user.path("name").asText(),
                        user.path("blocked_at").isNull() ? "" : "  (blocked)"));
            }
            cursor = data.path("cursor").asText();
        } while (!cursor.isEmpty());
    }

    private void listDeletions() throws IOException, InterruptedException {
        String cursor = "";
        do {
            JsonNode data = rest.call("GET", "/deletions?size=100&cursor=" + cursor, token, null);
            for (JsonNode deletion : data.path("deletions")) {
                say.accept(String.format(
                        "%s  asked for %s  %s  videos %d, uploads %d",
                        deletion.path("id").asText(),
                        deletion.path("requested_at").asText(),
                        deletion.path("completed_at").isNull()
                                ? "under way"
                                : "complete " + deletion.path("completed_at").asText(),
                        deletion.path("videos_deleted").asInt(),
                        deletion.path("uploads_ended").asInt()));
            }
            cursor = data.path("cursor").asText();
        } while (!cursor.isEmpty());
    }

    private static String encoded(String words) {
        return URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    /** Each field on a line, but for pictures and renditions. */
    private void show(JsonNode video) {
        video.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull() && (value.isValueNode() || LISTS.contains(field.getKey()))) {
                say.accept(String.format("%-16s %s", field.getKey(), value.isTextual() ? value.asText() : value));
            }
        });
    }

    /** Of {@code title=Words of it} and the like; a comma separates what is a list. */
    private static ObjectNode changes(Deque<String> words) {
        ObjectNode changes = JSON.createObjectNode();
        for (String word = word(words, "what to change: FIELD=VALUE"); word != null; word = words.poll()) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2) {
                throw new UsageException(word + " is not FIELD=VALUE.");
            }
            if (LISTS.contains(parts[0])) {
                ArrayNode list = changes.putArray(parts[0]);
                Stream.of(parts[1].split(",")).filter(part -> !part.isBlank()).forEach(list::add);
            } else {
                changes.put(parts[0], parts[1]);
            }
        }
        return changes;
    }

    private void rotateKeys() throws IOException, InterruptedException {
        JsonNode data = rest.call("POST", "/auth/keys/rotate", token, null);
        say.accept("Tokens are soon signed by the key " + data.path("key_id").asText()
                + "; those that are out stay valid until they expire.");
    }

    private static String id(Deque<String> words) {
        String id = word(words, "an id");
        if (!id.matches("\\d{1,18}")) {
            throw new UsageException(id + " is no id.");
        }
        return id;
    }

    private static String word(Deque<String> words, String what) {
        String word = words.poll();
        if (word == null) {
            throw new UsageException("This needs " + what + ".\n" + USAGE);
        }
        return word;
    }
}
