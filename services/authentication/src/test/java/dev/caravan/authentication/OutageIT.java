package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.RegisterResponseData;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the service depends on goes and comes. */
class OutageIT extends AuthenticationTestBase {

    @AfterEach
    void bringAllBack() {
        startRedisAgain();
        USERS.startAgain();
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .until(() -> !verify(registered().getToken()).getName().isEmpty());
    }

    @Test
    void neitherAcceptsNorRefusesATokenWhileRedisIsDown() {
        String token = registered().getToken();
        stopRedis();

        Fault verified = fault(() -> verify(token));
        Fault loggedOut = fault(() -> logOut(token));

        assertThat(verified.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(verified.reason()).isEqualTo("BLACKLIST_DOWN");
        assertThat(loggedOut.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault(() -> verify("abc")).reason()).isEqualTo("BAD_TOKEN");
        assertThat(registered().getToken()).isNotEmpty();
    }

    @Test
    void remembersWhatWasRevokedOverARestartOfRedisAndWorksAtOnce() {
        RegisterResponseData kept = registered();
        String revoked = registered().getToken();
        logOut(revoked);

        stopRedis();
        startRedisAgain();

        assertThat(verify(kept.getToken())).isEqualTo(kept.getUser());
        assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void saysUnavailableWhileTheUserServiceIsDown() throws Exception {
        String token = registered().getToken();
        USERS.stop();

        Fault verified = fault(() -> verify(token));
        Fault registered = fault(this::registered);

        assertThat(verified.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(registered.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(registered.getMessage()).doesNotContain("127.0.0.1");
    }
}
