package dev.caravan.upload.imports;

import dev.caravan.kernel.http.client.HttpAnswer;
import dev.caravan.upload.UploadProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What this instance fetches at the moment. When the service stops, what came is noted and others go on with it. */
@Component
public class RunningImports {

    private final int places;
    private final Map<UUID, @Nullable HttpAnswer> answers = new HashMap<>();
    private boolean stopped;

    RunningImports(UploadProperties properties) {
        this.places = properties.importsAtOnce();
    }

    /** How many more there is room for. */
    public synchronized int free() {
        return stopped ? 0 : Math.max(0, places - answers.size());
    }

    /** What runs, in PostgreSQL's form of an array; null when there is nothing. */
    synchronized @Nullable String claims() {
        return answers.isEmpty()
                ? null
                : answers.keySet().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    synchronized void begin(UUID claim) {
        answers.put(claim, null);
    }

    /** An answer whose body is about to be read, in the place of a former one. */
    synchronized void reading(UUID claim, HttpAnswer answer) {
        HttpAnswer former = answers.put(claim, answer);
        if (former != null) {
            former.close();
        }
        if (stopped) {
            answer.close();
        }
    }

    synchronized void end(UUID claim) {
        HttpAnswer answer = answers.remove(claim);
        if (answer != null) {
            answer.close();
        }
    }

    @EventListener(ContextClosedEvent.class)
    public synchronized void stop() {
        stopped = true;
        answers.values().forEach(answer -> {
            if (answer != null) {
                answer.close();
            }
        });
    }
}
