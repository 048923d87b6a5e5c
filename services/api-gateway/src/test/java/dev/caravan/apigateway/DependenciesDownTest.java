package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.test.context.TestPropertySource;

/** What is down says so, or breaks: none of it by being slow. */
@TestPropertySource(properties = "caravan.grpc-deadline=PT60S")
class DependenciesDownTest extends FailingDependencies {

    @TestFactory
    List<DynamicTest> saysWhatIsDownAndWhenToComeAgain() {
        return withEachProcedure(StubServices.Failure.UNAVAILABLE, 503);
    }

    @TestFactory
    List<DynamicTest> keepsToItselfWhatIsBroken() {
        return withEachProcedure(StubServices.Failure.INTERNAL, 500);
    }

    @Test
    void saysThatTheKeysAreNotAvailableWhileTheirServiceIsNot() throws Exception {
        SERVICES.answerHttp(exchange -> StubServices.answer(exchange, 503, "<html>jdbc secret</html>"));

        HttpResponse<String> answer = send(operation("/.well-known/jwks.json"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertIsProblem(answer);
    }

    @Test
    void saysThatAnUploadWasCutOff() throws Exception {
        SERVICES.answerHttp(exchange -> exchange.close());

        HttpResponse<String> answer = send(operation("/videos/upload"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertIsProblem(answer);
    }
}
