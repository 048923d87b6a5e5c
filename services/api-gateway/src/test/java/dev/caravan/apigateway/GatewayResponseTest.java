package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class GatewayResponseTest {

    private final MockHttpServletResponse client = new MockHttpServletResponse();

    @Test
    void handsOnEveryByteInItsPlace() throws IOException {
        byte[] bytes = new byte[100_001];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (index * 31);
        }
        GatewayResponse answer = new GatewayResponse(client, Duration.ofHours(1));

        answer.getOutputStream().write(bytes[0]);
        answer.getOutputStream().write(bytes, 1, bytes.length - 1);
        answer.flushBuffer();

        assertThat(client.getContentAsByteArray()).isEqualTo(bytes);
    }

    @Test
    void handsOnWhatIsWrittenAsText() throws IOException {
        GatewayResponse answer = new GatewayResponse(client, Duration.ofHours(1));
        answer.setCharacterEncoding("UTF-8");

        answer.getWriter().print("grüße");
        answer.finish();

        assertThat(client.getContentAsString()).isEqualTo("grüße");
    }

    @Test
    void hangsUpWhenTheTimeIsOverThoughMoreIsTakenNowAndThen() throws IOException {
        GatewayResponse answer = new GatewayResponse(client, Duration.ZERO);

        assertThatThrownBy(() -> answer.getOutputStream().write(new byte[100_000]))
                .isInstanceOf(ClientAbortException.class);

        assertThat(client.getContentAsByteArray()).hasSizeLessThan(100_000);
    }
}
