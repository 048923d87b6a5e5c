package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
import dev.caravan.proto.user.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** PostgreSQL goes and comes. */
class OutageIT extends UserServiceTestBase {

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private User user;

    @BeforeEach
    void stopTheDatabase() {
        user = stored();
        Database.stop();
    }

    @AfterEach
    void bringTheDatabaseBack() {
        if (FreePorts.isFree(Database.server().port())) {
            Database.startAgain();
        }
        await().atMost(RECOVERY).ignoreExceptions().until(() -> find(users()).equals(user));
    }

    @Test
    void saysUnavailableWhileTheDatabaseIsDownAndNothingOfItsInside() {
        Fault fault = fault(() -> find(users()));

        assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(fault.getMessage()).doesNotContainIgnoringCase("jdbc").doesNotContain("127.0.0.1");
    }

    @Test
    void startsWithoutTheDatabaseAndServesOnceItIsThere() {
        int port = FreePorts.pick();
        ManagedChannel channel = channel(port);
        try (ConfigurableApplicationContext service = CaravanService.builder(UserApplication.class, "user")
                .run(
                        "--server.port=0",
                        "--user.port=" + port,
                        "--spring.datasource.url=" + Database.url(),
                        "--spring.datasource.username=" + Database.server().username(),
                        "--spring.datasource.password=" + Database.server().password())) {
            assertThat(service.isRunning()).isTrue();
            Fault fault = fault(() -> find(stub(channel)));
            assertThat(fault.code()).as(fault.getMessage()).isEqualTo(Status.Code.UNAVAILABLE);

            Database.startAgain();

            await().atMost(RECOVERY)
                    .ignoreException(StatusRuntimeException.class)
                    .until(() -> find(stub(channel)).equals(user));
        } finally {
            channel.shutdownNow();
        }
    }

    private static UserServiceBlockingStub stub(ManagedChannel channel) {
        channel.resetConnectBackoff();
        return UserServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private User find(UserServiceBlockingStub stub) {
        return stub.findById(FindByIdRequest.newBuilder().setId(user.getId()).build())
                .getData()
                .getUser();
    }
}
