package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place between two steps.
 *
 * @param step id of a step that reaches outside, or name of a processor that does
 * @param moment before or after it
 */
record KillPoint(String service, String step, String moment) {

    private static final List<String> SERVICES = List.of("upload", "encode", "video-catalog");
    /** A room of {@code routes/shared} in the README of a service that takes it. */
    private static final Pattern SHARED_ROOM = Pattern.compile("\\(\\.\\./(shared/[\\w-]+)/\\)");

    private static final Set<String> INSIDE = Set.of("direct", "seda", "log", "micrometer");
    /** Processors that reach outside by themselves. */
    private static final Set<String> PROCESSORS =
            Set.of("runEncoding", "probeSource", "streamUpload", "requestSource", "sendEvent");
    /** Steps that only read for somebody who waits; there is nothing to lose. */
    private static final Pattern READING =
            Pattern.compile("(find|search|count|get|read|confirm)-(?!source|thumbnail).*");

    /**
     * Steps that no consumer comes by: requests of administrators and owners (one statement each, repeated by who asks), what is done
     * once in days or with files that have texts, and what only happens when a server refuses or loses what it never does here.
     */
    private static final Set<String> NOT_OF_CONSUMERS = Set.of(
            "cancel-job",
            "restart-job",
            "prioritize-job",
            "edit-dead-letter",
            "discard-dead-letter",
            "replay-dead-letter",
            "delete-captions",
            "delete-trashed-video",
            "delete-own-video",
            "take-open-uploads",
            "forget-dead-letters",
            "forget-links",
            "forget-playback",
            "forget-tombstones",
            "keep-dead-letter-body",
            "put-captions",
            "put-chapters",
            "record-downloads",
            "store-download",
            "record-playback",
            "reschedule-orphan",
            "set-quota",
            "take-texts",
            "withdraw-upload",
            "reserve-resumable",
            "take-lease",
            "release-lease",
            "renew-leases",
            "keep-store-upload",
            "note-received",
            "forget-parts",
            "withdraw-resumable",
            "end-resumable",
            "cancel-import",
            "fail-import",
            "renew-imports",
            "postpone-import",
            "forget-imports",
            "insert-webhook",
            "update-webhook",
            "delete-webhook",
            "delete-own-webhooks",
            "rotate-webhook-secret",
            "test-webhook",
            "replay-events",
            "release-delivery",
            "disable-webhook",
            "resend-delivery",
            "resend-failed-delivery",
            "forget-events",
            "forget-deliveries",
            "announce-again",
            "mark-believed",
            "tell-again");

    /** As the fault points of the platform understand it. */
    String order() {
        return service + ":" + step + ":" + moment;
    }

    @Override
    public String toString() {
        return service + ": " + moment + " " + step;
    }

    /** Every one, as the routes have it. */
    static List<KillPoint> in(Path routes) throws IOException {
        List<KillPoint> points = new ArrayList<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        for (String service : SERVICES) {
            List<Path> folders = new ArrayList<>(List.of(routes.resolve(service)));
            SHARED_ROOM
                    .matcher(Files.readString(routes.resolve(service + "/README.md")))
                    .results()
                    .forEach(room -> folders.add(routes.resolve(room.group(1))));
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                            .sorted()
                            .toList()) {
                        collect(service, yaml.readTree(file.toFile()), points);
                    }
                }
            }
        }
        return points;
    }

    private static void collect(String service, JsonNode node, List<KillPoint> points) {
        if (node.isArray()) {
            node.forEach(element -> collect(service, element, points));
        } else if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                String step = step(field.getKey(), field.getValue());
                if (!step.isEmpty() && !READING.matcher(step).matches() && !NOT_OF_CONSUMERS.contains(step)) {
                    points.add(new KillPoint(service, step, "before"));
                    points.add(new KillPoint(service, step, "after"));
                }
                collect(service, field.getValue(), points);
            }
        }
    }

    private static String step(String eip, JsonNode value) {
        String reference = value.path("ref").asText();
        if (eip.equals("process")) {
            return PROCESSORS.contains(reference) ? reference : "";
        }
        String uri = value.path("uri").asText();
        boolean outside = eip.equals("to") && !uri.isEmpty() && !INSIDE.contains(uri.replaceAll(":.*", ""));
        return outside ? value.path("id").asText() : "";
    }
}
