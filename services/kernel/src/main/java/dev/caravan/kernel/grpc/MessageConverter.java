package dev.caravan.kernel.grpc;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/** Lets a route say {@code convertBodyTo} a message of gRPC: from JSON, unknown fields refused. */
public final class MessageConverter extends TypeConverterSupport implements CamelContextConfiguration {

    /** The message of each type that says nothing. */
    private static final ClassValue<Message> EMPTY = new ClassValue<>() {
        @Override
        protected Message computeValue(Class<?> type) {
            return Internal.getDefaultInstance(type.asSubclass(Message.class));
        }
    };

    @Override
    public void beforeApplicationStart(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        registry.addFallbackTypeConverter(this, false);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Nothing: the converter is registered before.
    }

    @Override
    @SuppressWarnings("unchecked") // the message built is of the type asked for
    public <T> @Nullable T convertTo(Class<T> type, Exchange exchange, Object value) {
        if (!Message.class.isAssignableFrom(type) || !(value instanceof String text)) {
            return null;
        }
        try {
            Message.Builder builder = EMPTY.get(type).newBuilderForType();
            JsonFormat.parser().merge(text, builder);
            return (T) builder.build();
        } catch (Exception e) {
            throw new TypeConversionException(value, type, e);
        }
    }
}
