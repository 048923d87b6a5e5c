package dev.caravan.kernel.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * A line as JSON: time, level, what it belongs to (see {@link LogContext}), where it comes from, message and stack. What has
 * the shape of a secret is masked.
 */
public final class LogLine implements StructuredLogFormatter<ILoggingEvent> {

    private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();
    private final JsonWriter<ILoggingEvent> writer;

    /** @param environment of which the service's name is taken for lines that no route causes */
    public LogLine(Environment environment) {
        String service = environment.getProperty("spring.application.name", "platform");
        stacks.start();
        writer = JsonWriter.<ILoggingEvent>of(line -> {
                    line.add("time", event -> Instant.ofEpochMilli(event.getTimeStamp()))
                            .as(Instant::toString);
                    line.add("level", event -> event.getLevel().toString());
                    for (String key : LogContext.KEYS) {
                        line.add(key, event -> context(event, key, service)).whenNotNull();
                    }
                    line.add("logger", ILoggingEvent::getLoggerName);
                    line.add("thread", ILoggingEvent::getThreadName);
                    line.add("message", event -> Secrets.masked(event.getFormattedMessage()));
                    line.add("stack", this::stack).whenNotNull();
                })
                .withNewLineAtEnd();
    }

    @Override
    public String format(ILoggingEvent event) {
        return writer.writeToString(event);
    }

    private static @Nullable String context(ILoggingEvent event, String key, String service) {
        Map<String, String> context = event.getMDCPropertyMap();
        String value = context.get(key);
        return value == null && key.equals(LogContext.SERVICE) ? service : value;
    }

    private @Nullable String stack(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? null : Secrets.masked(stacks.convert(event));
    }
}
