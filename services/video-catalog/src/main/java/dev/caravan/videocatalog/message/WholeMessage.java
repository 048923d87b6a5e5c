package dev.caravan.videocatalog.message;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.stereotype.Component;

/**
 * Lets consumers have a message as it came, byte for byte, whatever it says of its content: the body of the exchange is
 * the {@link Message}. Camel's own converter makes text of some and fails on others, before a route could put them aside.
 */
@Component
class WholeMessage implements MessageConverter {

    @Override
    public Object fromMessage(Message message) {
        return message;
    }

    /** Not for producers. */
    @Override
    public Message toMessage(Object object, MessageProperties properties) {
        throw new MessageConversionException("What is sent is made by its route.");
    }
}
