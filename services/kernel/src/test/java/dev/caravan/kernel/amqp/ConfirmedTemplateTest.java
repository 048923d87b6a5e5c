package dev.caravan.kernel.amqp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData;

class ConfirmedTemplateTest {

    private final CorrelationData sent = new CorrelationData();

    @Test
    void isDoneWhenTheBrokerHasTheMessage() {
        sent.getFuture().complete(new CorrelationData.Confirm(true, null));

        assertThatCode(this::await).doesNotThrowAnyException();
    }

    @Test
    void failsWhenTheBrokerReturnsTheMessageAndAcknowledgesIt() {
        sent.setReturned(new ReturnedMessage(
                new Message("{}".getBytes(StandardCharsets.UTF_8)), 312, "NO_ROUTE", "video", "EncodeUploadedVideo"));
        sent.getFuture().complete(new CorrelationData.Confirm(true, null));

        assertThatThrownBy(this::await)
                .isInstanceOf(AmqpException.class)
                .hasMessageContaining("'EncodeUploadedVideo': NO_ROUTE");
    }

    @Test
    void failsWhenTheBrokerRefusesTheMessage() {
        sent.getFuture().complete(new CorrelationData.Confirm(false, "full"));

        assertThatThrownBy(this::await).isInstanceOf(AmqpException.class).hasMessageEndingWith(": full");
    }

    @Test
    void failsWhenTheBrokerSaysNothing() {
        assertThatThrownBy(this::await).isInstanceOf(AmqpException.class).hasMessageContaining("no word within 20 ms");
    }

    private void await() {
        ConfirmedTemplate.awaitConfirm(sent, "video", "EncodeUploadedVideo", 20);
    }
}
