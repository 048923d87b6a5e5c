package dev.caravan.kernel.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %masked(…)} of a pattern: what has the shape of a secret is masked in what the parentheses hold. */
public final class Masked extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Secrets.masked(text);
    }
}
