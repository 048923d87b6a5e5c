package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** user-grpc-endpoint. */
class GrpcEndpointIT extends UserServiceTestBase {

    /** More than there are threads for calls. */
    private static final int PEOPLE = 24;

    @Autowired
    CamelContext context;

    @Autowired
    TestRestTemplate http;

    @Value("${user.port}")
    private int port;

    @Test
    void servesHealthOverGrpcAndHttp() {
        ManagedChannel channel = channel(port);
        try {
            assertThat(context.getRouteController().getRouteStatus("user-grpc-endpoint"))
                    .isEqualTo(ServiceStatus.Started);
            assertThat(HealthGrpc.newBlockingStub(channel)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService("user.UserService")
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow();
        }
        assertThat(http.getForObject("/health", String.class)).contains("UP");
    }

    @Test
    void findsUsersAtOnceWhileManyLogIn() throws Exception {
        User user = stored();
        ManagedChannel channel = channel(port);
        try {
            List<? extends Future<FindByCredentialResponse>> logins = IntStream.range(0, PEOPLE)
                    .mapToObj(i -> UserServiceGrpc.newFutureStub(channel)
                            .findByCredential(FindByCredentialRequest.newBuilder()
                                    .setEmail(user.getEmail())
                                    .setPassword(PASSWORD)
                                    .build()))
                    .toList();
            users().findById(FindByIdRequest.newBuilder().setId(user.getId()).build());
            long waiting = logins.stream().filter(login -> !login.isDone()).count();

            assertThat(waiting).isPositive();
            for (Future<FindByCredentialResponse> login : logins) {
                assertThat(login.get().getData().getUser()).isEqualTo(user);
            }
        } finally {
            channel.shutdownNow();
        }
    }
}
