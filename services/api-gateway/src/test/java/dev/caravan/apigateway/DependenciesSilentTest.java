package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** What does not answer is not waited for. */
@TestPropertySource(properties = {"caravan.grpc-deadline=PT0.5S", "api-gateway.upload-timeout=500"})
class DependenciesSilentTest extends FailingDependencies {

    @TestFactory
    List<DynamicTest> saysWhatDoesNotAnswerAndWhenToComeAgain() {
        return withEachProcedure(StubServices.Failure.SILENT, 504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jwks.json", "/videos/upload"})
    void saysThatTheHttpEndpointOfAServiceDoesNotAnswer(String path) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        SERVICES.answerHttp(exchange -> {
            try {
                exchange.getRequestBody().readAllBytes();
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        HttpResponse<String> answer = send(operation(path));
        answered.countDown();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertIsProblem(answer);
    }
}
