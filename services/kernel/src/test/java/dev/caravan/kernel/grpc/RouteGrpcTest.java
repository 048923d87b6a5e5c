package dev.caravan.kernel.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.Waiting;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RouteGrpcTest {

    private static final String USER_SERVICE = "dev.caravan.proto.user.UserService";

    /** Calls wait for each other here: the common pool may have one thread for all of them. */
    private static final Executor ON_THREADS = task -> new Thread(task).start();

    private final CamelContext server = new DefaultCamelContext();
    private final CamelContext client = new DefaultCamelContext();
    private int port;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server.addComponent("grpc", component(Duration.ofSeconds(5)));
        client.addComponent("grpc", component(Duration.ofMillis(700)));
        route(
                "user-grpc-endpoint",
                "grpc:127.0.0.1:" + port + "/" + USER_SERVICE,
                "toD: {uri: 'direct:user-${header.rpc}'}");
        server.start();
        client.start();
        channel = channelTo(port);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        client.stop();
        server.stop();
    }

    @Test
    void answersWithTheMessageThatTheRouteLeaves() throws Exception {
        answer("user-find-by-id", exchange -> exchange.getMessage()
                .setBody(found(
                        exchange.getMessage().getBody(FindByIdRequest.class).getId())));

        FindByIdResponse response =
                stub().findById(FindByIdRequest.newBuilder().setId(7).build());

        assertThat(response.getData().getUser().getId()).isEqualTo(7);
    }

    @Test
    void namesTheProcedureInKebabCase() throws Exception {
        answer("user-find-by-credential", exchange -> {
            throw Fault.unauthenticated("BAD_CREDENTIALS", "No.");
        });

        assertThatThrownBy(() ->
                        stub().findByCredential(dev.caravan.proto.user.FindByCredentialRequest.getDefaultInstance()))
                .hasMessage("UNAUTHENTICATED: No.");
    }

    @Test
    void tellsAnUnexpectedFailureByAnIdAndNothingOfTheInside() throws Exception {
        answer("user-find-by-id", exchange -> {
            throw new IllegalStateException("password=hunter2");
        });

        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> stub().findById(FindByIdRequest.getDefaultInstance()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failure.getMessage()).contains("Internal error").doesNotContain("hunter2");
    }

    @Test
    void logsWhatARouteLeftInPlaceOfAnAnswer() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RouteGrpcConsumer.class);
        logger.addAppender(log);
        answer("user-find-by-id", exchange -> exchange.getMessage().setBody("text"));

        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> stub().findById(FindByIdRequest.getDefaultInstance()));

        logger.detachAppender(log);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains("java.lang.String")
                .contains("find-by-id"));
    }

    @Test
    void givesAFaultBackAsItWasThrownAcrossAHop() throws Exception {
        answer("user-store", exchange -> {
            throw Fault.invalid(Map.of("email", List.of("email must be an email", "email is odd")));
        });

        Fault fault = faultOf("store", StoreRequest.getDefaultInstance(), Map.of());

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.reason()).isEqualTo("INVALID_FIELDS");
        assertThat(fault.fieldErrors())
                .containsExactly(Map.entry("email", List.of("email must be an email", "email is odd")));
    }

    @Test
    void givesTheFieldsOfAConflictBackAcrossAHop() throws Exception {
        answer("user-store", exchange -> {
            throw Fault.conflict("TAKEN", "There is one.", Map.of("email", List.of("email is another")));
        });

        Fault fault = faultOf("store", StoreRequest.getDefaultInstance(), Map.of());

        assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(fault.reason()).isEqualTo("TAKEN");
        assertThat(fault.fieldErrors()).isEqualTo(Map.of("email", List.of("email is another")));
    }

    @Test
    void letsNoRouteSeeTextThatCannotBeStored() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        answer("user-store", exchange -> asked.set(true));

        Fault fault = faultOf(
                "store",
                StoreRequest.newBuilder()
                        .setName("a\0b")
                        .setEmail("a@example.org")
                        .setPassword("\0")
                        .build(),
                Map.of());

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of(
                        "name",
                        List.of("name must be valid text"),
                        "password",
                        List.of("password must be valid text")));
        assertThat(asked).isFalse();
    }

    @Test
    void carriesTheNamedHeadersAndNoOthers() throws Exception {
        answer("user-find-by-id", exchange -> {
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(Headers.USER_ID, "5")
                    .doesNotContainKeys("CamelFileName", "x-other");
            exchange.getMessage().setBody(found(1));
        });

        Object answer = call(
                "findById",
                FindByIdRequest.getDefaultInstance(),
                Map.of(Headers.USER_ID, 5, "CamelFileName", "../../etc/passwd", "x-other", "y"));

        assertThat(answer).isInstanceOf(FindByIdResponse.class);
    }

    /** gRPC itself warns of it with all its bytes, and a token of a client's is no business of the log's. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer\tsecret", "Bearer secret\u00e9", "Bearer secret\n"})
    void neitherCarriesNorLogsAHeaderThatIsNoMetadata(String value) throws Exception {
        answer("user-find-by-id", exchange -> {
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Headers.AUTHORIZATION);
            exchange.getMessage().setBody(found(1));
        });
        List<String> logged = new CopyOnWriteArrayList<>();
        java.util.logging.Handler log = new java.util.logging.Handler() {
            @Override
            public void publish(java.util.logging.LogRecord message) {
                logged.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        java.util.logging.Logger grpc = java.util.logging.Logger.getLogger("io.grpc");
        grpc.addHandler(log);
        try {
            Object answer =
                    call("findById", FindByIdRequest.getDefaultInstance(), Map.of(Headers.AUTHORIZATION, value));

            assertThat(answer).isInstanceOf(FindByIdResponse.class);
            assertThat(logged).isEmpty();
        } finally {
            grpc.removeHandler(log);
        }
    }

    @Test
    void letsMetadataOfACallerSteerNothing() throws Exception {
        answer("user-find-by-id", exchange -> {
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys(Headers.RPC, Headers.REQUEST_ID);
            exchange.getMessage().setBody(found(7));
        });
        answer("user-inside", exchange -> exchange.getMessage().setBody(found(666)));
        Metadata metadata = new Metadata();
        for (String name : List.of(
                "rpc",
                "camelhttpuri",
                "camelfilename",
                "camelsqlquery",
                "camelawss3key",
                "camelspringrabbitmqroutingoverridekey",
                "body",
                "x-other")) {
            metadata.put(MetadataKeys.of(name), "inside");
        }
        metadata.put(MetadataKeys.of(Headers.REQUEST_ID), "r-1");

        FindByIdResponse response = stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .findById(FindByIdRequest.getDefaultInstance());

        assertThat(response.getData().getUser().getId()).isEqualTo(7);
    }

    @Test
    void knowsNoProcedureButThoseOfItsContract() throws Exception {
        answer("user-inside", exchange -> exchange.getMessage().setBody(found(666)));
        MethodDescriptor<FindByIdRequest, FindByIdResponse> inside = UserServiceGrpc.getFindByIdMethod().toBuilder()
                .setFullMethodName("user.UserService/Inside")
                .build();

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel, inside, CallOptions.DEFAULT, FindByIdRequest.getDefaultInstance()))
                .hasMessageStartingWith("UNIMPLEMENTED");
    }

    @Test
    void endsACallThatTakesLongerThanItsDeadline() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        answer("user-find-by-id", exchange -> {
            asked.countDown();
            release.await(5, TimeUnit.SECONDS);
            exchange.getMessage().setBody(found(1));
        });

        Fault fault = faultOf("findById", FindByIdRequest.getDefaultInstance(), Map.of());

        release.countDown();
        assertThat(asked.getCount()).isZero();
        assertThat(fault.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void refusesABodyThatIsNoRequestOfTheMethod() {
        assertThatThrownBy(() -> call("findById", "text", Map.of())).hasRootCauseInstanceOf(ClassCastException.class);
    }

    @Test
    void saysUnavailableWhileNobodyListensAndWorksOnceSomebodyDoes() throws Exception {
        answer("user-find-by-id", exchange -> exchange.getMessage().setBody(found(1)));
        server.suspend();
        server.stop();

        Fault fault = faultOf("findById", FindByIdRequest.getDefaultInstance(), Map.of());

        assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void letsACallWaitWhileTheRouteIsReplaced() throws Exception {
        answer("user-find-by-id", exchange -> exchange.getMessage().setBody(found(3)));
        server.getRouteController().stopRoute("user-grpc-endpoint");

        var future = UserServiceGrpc.newFutureStub(channel).findById(FindByIdRequest.getDefaultInstance());
        server.getRouteController().startRoute("user-grpc-endpoint");

        assertThat(future.get(5, TimeUnit.SECONDS).getData().getUser().getId()).isEqualTo(3);
    }

    @Test
    void servesHealthByTheStateOfItsRoute() throws Exception {
        var health = HealthGrpc.newBlockingStub(channel);
        var request =
                HealthCheckRequest.newBuilder().setService("user.UserService").build();

        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
        server.getRouteController().stopRoute("user-grpc-endpoint");
        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void servesNoHealthWithoutWhatTheServiceNeeds() throws Exception {
        AtomicBoolean database = new AtomicBoolean(false);
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            int otherPort = endpoint(other, ServiceIdentity.none(), database::get);
            ManagedChannel toOther = channelTo(otherPort);
            try {
                var health = HealthGrpc.newBlockingStub(toOther);
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(health.check(HealthCheckRequest.getDefaultInstance())
                                        .getStatus())
                                .isEqualTo(ServingStatus.NOT_SERVING));
                database.set(true);
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(health.check(HealthCheckRequest.getDefaultInstance())
                                        .getStatus())
                                .isEqualTo(ServingStatus.SERVING));
            } finally {
                toOther.shutdownNow();
            }
        }
    }

    @Test
    void refusesWhoeverIsNoServiceOfThePlatformButTellsItsHealth() throws Exception {
        ServiceIdentity identity = new ServiceIdentity("user", "0123456789abcdef", Clock.systemUTC());
        try (DefaultCamelContext other = new DefaultCamelContext();
                DefaultCamelContext caller = new DefaultCamelContext()) {
            int otherPort = endpoint(other, identity, () -> true);
            answer(other, "user-find-by-id", exchange -> exchange.getMessage().setBody(found(4)));
            ManagedChannel toOther = channelTo(otherPort);
            try {
                var stranger = UserServiceGrpc.newBlockingStub(toOther);
                assertThatThrownBy(() -> stranger.findById(FindByIdRequest.getDefaultInstance()))
                        .hasMessageStartingWith("UNAUTHENTICATED");
                assertThat(HealthGrpc.newBlockingStub(toOther)
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            } finally {
                toOther.shutdownNow();
            }
            caller.addComponent("grpc", component(Duration.ofSeconds(5), identity, () -> true));
            caller.start();

            Object answer = call(caller, otherPort, "findById", FindByIdRequest.getDefaultInstance(), Map.of());

            assertThat(answer).isInstanceOf(FindByIdResponse.class);
            Fault unknown = Fault.in(catchThrowable(
                    () -> call(client, otherPort, "findById", FindByIdRequest.getDefaultInstance(), Map.of())));
            assertThat(unknown.code()).as("no caller of a client could mend it").isEqualTo(Status.Code.INTERNAL);
        }
    }

    @Test
    void asksForTheUserWhomAProcedureIsFor() throws Exception {
        answer("user-find-settings", exchange -> exchange.getMessage()
                .setBody(dev.caravan.proto.user.FindSettingsResponse.getDefaultInstance()));
        var request = dev.caravan.proto.user.FindSettingsRequest.getDefaultInstance();

        for (Object id : List.of("0", "-1", "x", "1 or 1=1")) {
            assertThat(faultOf("findSettings", request, Map.of(Headers.USER_ID, id))
                            .code())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(call("findSettings", request, Map.of(Headers.USER_ID, 7))).isNotNull();
    }

    @Test
    void asksAServiceThatDoesNotAnswerNoMoreAndFindsOutThatItIsBack() throws Exception {
        answer("user-store", exchange -> exchange.getMessage()
                .setBody(dev.caravan.proto.user.StoreResponse.getDefaultInstance()));
        server.suspend();
        server.stop();
        for (int i = 0; i < 10; i++) {
            assertThat(faultOf("store", StoreRequest.getDefaultInstance(), Map.of())
                            .reason())
                    .isEqualTo("UNAVAILABLE");
        }

        Fault open = faultOf("store", StoreRequest.getDefaultInstance(), Map.of());

        assertThat(open.reason()).isEqualTo("SERVICE_DOWN");
        assertThat(open.retryAfter()).isNotNull();
        try (DefaultCamelContext back = new DefaultCamelContext()) {
            endpoint(back, port, ServiceIdentity.none(), () -> true);
            answer(back, "user-store", exchange -> exchange.getMessage()
                    .setBody(dev.caravan.proto.user.StoreResponse.getDefaultInstance()));
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> assertThat(
                            call("store", StoreRequest.getDefaultInstance(), Map.of()))
                    .isNotNull());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNKNOWN", "INTERNAL"})
    void saysUnavailableWhenACalleeIsCutOffUnderTheCall(Status.Code code) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Server cutOff = callee((call, headers) -> {
            calls.incrementAndGet();
            // What gRPC itself says in the callee's place.
            call.close(code.toStatus().withDescription("channel closed"), new Metadata());
            return new ServerCall.Listener<>() {};
        });
        try {
            Fault read = faultOf("findById", FindByIdRequest.getDefaultInstance(), Map.of());
            int reads = calls.getAndSet(0);
            Fault written = faultOf("store", StoreRequest.getDefaultInstance(), Map.of());

            assertThat(List.of(read, written)).allSatisfy(fault -> {
                assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(fault.isOfTransport()).isTrue();
                assertThat(fault.retryAfter()).isNotNull();
                assertThat(fault.getMessage()).doesNotContain("channel");
            });
            assertThat(reads).isEqualTo(code == Status.Code.UNKNOWN ? 3 : 1);
            assertThat(calls).hasValue(1);
        } finally {
            cutOff.shutdownNow();
        }
    }

    @Test
    void saysUnavailableWhenACalleeStopsAtOnceUnderTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Server stopped = callee((call, headers) -> {
            asked.countDown();
            return new ServerCall.Listener<>() {};
        });
        CompletableFuture<Fault> fault = CompletableFuture.supplyAsync(
                () -> faultOf("store", StoreRequest.getDefaultInstance(), Map.of()), ON_THREADS);
        asked.await(5, TimeUnit.SECONDS);
        stopped.shutdownNow();

        assertThat(fault.get(5, TimeUnit.SECONDS).code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void repeatsNoCallThatACalleeHasAnswered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        answer("user-find-by-id", exchange -> {
            calls.incrementAndGet();
            throw Fault.unavailable("DEPENDENCY_DOWN", "The database is down.", Duration.ofSeconds(9));
        });

        Fault fault = faultOf("findById", FindByIdRequest.getDefaultInstance(), Map.of());

        assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(calls).hasValue(1);
    }

    @Test
    void endsTheCallsInProgressWhenItStopsAndRefusesFurtherOnesAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        answer("user-find-by-id", exchange -> {
            asked.countDown();
            release.await(5, TimeUnit.SECONDS);
            exchange.getMessage().setBody(found(7));
        });
        CompletableFuture<FindByIdResponse> inProgress =
                CompletableFuture.supplyAsync(() -> stub().findById(FindByIdRequest.getDefaultInstance()), ON_THREADS);
        asked.await(5, TimeUnit.SECONDS);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop, ON_THREADS);

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThatThrownBy(() -> stub().withDeadlineAfter(1, TimeUnit.SECONDS)
                                .findByCredential(dev.caravan.proto.user.FindByCredentialRequest.getDefaultInstance()))
                        .hasMessageContaining("UNAVAILABLE"));
        assertThat(stopped).isNotDone();
        release.countDown();

        assertThat(inProgress.get(5, TimeUnit.SECONDS).getData().getUser().getId())
                .isEqualTo(7);
        stopped.get(10, TimeUnit.SECONDS);
    }

    /** In the place of the server, a callee that is none of ours. */
    private Server callee(ServerCallHandler<Object, Object> handler) throws Exception {
        server.stop();
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(UserServiceGrpc.getServiceDescriptor());
        UserServiceGrpc.getServiceDescriptor().getMethods().forEach(method -> add(service, method, handler));
        return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(service.build())
                .build()
                .start();
    }

    @SuppressWarnings("unchecked") // the handler takes whatever comes
    private static void add(
            ServerServiceDefinition.Builder service,
            MethodDescriptor<?, ?> method,
            ServerCallHandler<Object, Object> handler) {
        service.addMethod((MethodDescriptor<Object, Object>) method, handler);
    }

    private UserServiceGrpc.UserServiceBlockingStub stub() {
        return UserServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.SECONDS);
    }

    private Object call(String method, Object body, Map<String, Object> headers) {
        return call(client, port, method, body, headers);
    }

    private Object call(CamelContext caller, int port, String method, Object body, Map<String, Object> headers) {
        try (var template = caller.createProducerTemplate()) {
            Exchange answered =
                    template.request("grpc:127.0.0.1:" + port + "/" + USER_SERVICE + "?method=" + method, exchange -> {
                        if (callersWait()) {
                            Waiting.begin(exchange);
                        }
                        exchange.getMessage().setBody(body);
                        exchange.getMessage().setHeaders(new HashMap<>(headers));
                    });
            if (answered.getException() != null) {
                throw CamelExecutionException.wrapCamelExecutionException(answered, answered.getException());
            }
            return answered.getMessage().getBody();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a call is made on the thread that waits for its exchange, and so waits itself. */
    boolean callersWait() {
        return false;
    }

    private Fault faultOf(String method, Object body, Map<String, Object> headers) {
        CamelExecutionException failure =
                catchThrowableOfType(CamelExecutionException.class, () -> call(method, body, headers));
        return Fault.in(failure);
    }

    private void answer(String id, Processor processor) throws Exception {
        answer(server, id, processor);
    }

    private static void answer(CamelContext server, String id, Processor processor) throws Exception {
        server.getRegistry().bind(id, processor);
        route(server, id, "direct:" + id, "process: {ref: " + id + "}");
    }

    /** Returns the port. */
    private static int endpoint(CamelContext other, ServiceIdentity identity, ServiceHealth health) throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            int free = socket.getLocalPort();
            socket.close();
            endpoint(other, free, identity, health);
            return free;
        }
    }

    private static void endpoint(CamelContext other, int port, ServiceIdentity identity, ServiceHealth health)
            throws Exception {
        other.addComponent("grpc", component(Duration.ofSeconds(5), identity, health));
        route(
                other,
                "user-grpc-endpoint",
                "grpc:127.0.0.1:" + port + "/" + USER_SERVICE,
                "toD: {uri: 'direct:user-${header.rpc}'}");
        other.start();
    }

    private static ManagedChannel channelTo(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    private void route(String id, String from, String step) throws Exception {
        route(server, id, from, step);
    }

    private static void route(CamelContext server, String id, String from, String step) throws Exception {
        String yaml = "- route: {id: %s, from: {uri: '%s', steps: [{%s}]}}".formatted(id, from, step);
        PluginHelper.getRoutesLoader(server).loadRoutes(ResourceHelper.fromString(id + ".yaml", yaml));
    }

    private static FindByIdResponse found(int id) {
        var response = FindByIdResponse.newBuilder().setMessage("Success");
        response.getDataBuilder().setUser(User.newBuilder().setId(id));
        return response.build();
    }

    private static RouteGrpcComponent component(Duration deadline) {
        return component(deadline, ServiceIdentity.none(), () -> true);
    }

    private static RouteGrpcComponent component(Duration deadline, ServiceIdentity identity, ServiceHealth health) {
        return new RouteGrpcComponent(
                new GrpcSettings(deadline, 4, 16, 10, 50, Duration.ofMillis(500)),
                identity,
                health,
                List.of(),
                List.of());
    }
}
