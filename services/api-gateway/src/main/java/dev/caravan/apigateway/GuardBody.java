package dev.caravan.apigateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has a body that is cut off come to no good end where it is forwarded to. The HTTP client writes the last chunk of a body also when
 * the reading of it has failed, and so what is a part would look whole.
 */
@Component
final class GuardBody implements Processor {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof InputStream body) {
            String length = message.getHeader(Exchange.CONTENT_LENGTH, String.class);
            boolean known = length != null && LENGTH.matcher(length).matches();
            String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
            message.setBody(new Guarded(body, known ? Long.parseLong(length) : -1, type));
        }
    }

    /** With the length that its sender said; without one its last chunk fails unless all before it is written. */
    private static final class Guarded extends HttpEntityWrapper {

        private final @Nullable String type;
        private boolean whole;

        Guarded(InputStream body, long length, @Nullable String type) {
            super(new InputStreamEntity(body, length, null));
            this.type = type;
        }

        @Override
        public @Nullable String getContentType() {
            return type;
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            super.writeTo(output);
            whole = true;
        }

        /** Asked for between the last chunk and the end. */
        @Override
        public Supplier<List<? extends Header>> getTrailers() {
            return () -> {
                if (!whole) {
                    throw new IllegalStateException("The body was cut off.");
                }
                return List.of();
            };
        }
    }
}
