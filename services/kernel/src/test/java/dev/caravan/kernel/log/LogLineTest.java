package dev.caravan.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class LogLineTest {

    private final Logger logger = new LoggerContext().getLogger("dev.caravan.Some");
    private final LogLine line = new LogLine(new MockEnvironment().withProperty("spring.application.name", "encode"));

    @Test
    void isOneLineOfJson() throws Exception {
        JsonNode json = json("two\nlines and a \"quote\"", Map.of(), null);

        assertThat(json.path("message").asText()).isEqualTo("two\nlines and a \"quote\"");
        assertThat(json.path("level").asText()).isEqualTo("INFO");
        assertThat(json.path("logger").asText()).isEqualTo("dev.caravan.Some");
        assertThat(json.path("service").asText()).isEqualTo("encode");
        assertThat(json.path("time").asText()).matches("\\d{4}-.*Z");
        assertThat(json.has("route")).isFalse();
        assertThat(json.has("stack")).isFalse();
    }

    @Test
    void saysWhatItBelongsTo() throws Exception {
        JsonNode json = json("said", Map.of("service", "upload", "route", "upload-accept", "video", "v-1"), null);

        assertThat(json.path("service").asText()).isEqualTo("upload");
        assertThat(json.path("route").asText()).isEqualTo("upload-accept");
        assertThat(json.path("video").asText()).isEqualTo("v-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.topsecret",
                "authorization: Bearer topsecret-0123",
                "GET http://cdn/a?Policy=x&Signature=topsecret&Key-Pair-Id=k",
                "PUT http://s3/b?X-Amz-Signature=topsecret",
                "GET /videos/3?page=1&link=topsecret-0123",
                "amqp://guest:topsecret@broker:5672/"
            })
    void masksWhatHasTheShapeOfASecret(String said) throws Exception {
        JsonNode json = json(said, Map.of(), new IllegalStateException("it was " + said));

        assertThat(json.toString()).doesNotContain("topsecret").contains("[secret]");
        assertThat(json.path("stack").asText())
                .contains("IllegalStateException")
                .contains("LogLineTest");
        assertThat(plain(said, new IllegalStateException("it was " + said)))
                .startsWith("INFO ")
                .doesNotContain("topsecret")
                .contains("[secret]")
                .containsOnlyOnce("LogLineTest.masks");
    }

    @Test
    void leavesEverythingElseAsItIs() throws Exception {
        String said =
                "Video 0b1c is ready: http://localhost:4000/videos/1?search=a&page=2, Bearer of news, a@b.example";

        assertThat(json(said, Map.of(), null).path("message").asText()).isEqualTo(said);
    }

    private String plain(String message, Throwable failure) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(logger.getLoggerContext());
        layout.getInstanceConverterMap().put("masked", Masked::new);
        layout.setPattern("%level %masked(%msg%n%ex)");
        layout.start();
        return layout.doLayout(event(message, failure));
    }

    private LoggingEvent event(String message, Throwable failure) {
        return new LoggingEvent("test", logger, Level.INFO, message, failure, null);
    }

    private JsonNode json(String message, Map<String, String> context, Throwable failure) throws Exception {
        LoggingEvent event = event(message, failure);
        event.setMDCPropertyMap(context);
        String text = line.format(event);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return new ObjectMapper().readTree(text);
    }
}
