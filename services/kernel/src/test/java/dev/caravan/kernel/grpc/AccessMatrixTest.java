package dev.caravan.kernel.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.kernel.access.StatedAccess;
import dev.caravan.proto.access.Access;
import dev.caravan.proto.auth.AuthenticationServiceGrpc;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.upload.UploadServiceGrpc;
import dev.caravan.proto.user.UserServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each procedure of each contract, with each kind of caller, through the endpoint that services have. */
class AccessMatrixTest {

    private static final List<ServiceDescriptor> CONTRACTS = List.of(
            AuthenticationServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            UploadServiceGrpc.getServiceDescriptor(),
            EncodeServiceGrpc.getServiceDescriptor(),
            VideoCatalogServiceGrpc.getServiceDescriptor());

    private static final ServiceIdentity IDENTITY =
            new ServiceIdentity("api-gateway", "a key that services share", Clock.systemUTC());

    /** Who calls, by the metadata that he comes with. */
    private enum Caller {
        STRANGER(Map.of(Headers.USER_ID, "7", Headers.USER_ROLE, "admin")),
        NOBODY(Map.of()),
        USER(Map.of(Headers.USER_ID, "7", Headers.USER_ROLE, "user")),
        ADMIN(Map.of(Headers.USER_ID, "1", Headers.USER_ROLE, "admin"));

        private final Map<String, String> metadata;

        Caller(Map<String, String> metadata) {
            this.metadata = metadata;
        }
    }

    private static Status.Code expected(Access access, Caller caller) {
        return switch (caller) {
            case STRANGER -> Status.Code.UNAUTHENTICATED;
            case NOBODY -> access == Access.ANYONE ? Status.Code.OK : Status.Code.UNAUTHENTICATED;
            // Whose a thing is, the route of the procedure looks for itself.
            case USER -> access == Access.ADMIN ? Status.Code.PERMISSION_DENIED : Status.Code.OK;
            case ADMIN -> Status.Code.OK;
        };
    }

    @TestFactory
    List<DynamicTest> isHeldAtEveryEndpoint() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ServiceDescriptor contract : CONTRACTS) {
            tests.add(DynamicTest.dynamicTest(contract.getName(), () -> check(contract)));
        }
        return tests;
    }

    private static void check(ServiceDescriptor contract) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent(
                    "grpc",
                    new RouteGrpcComponent(
                            new GrpcSettings(Duration.ofSeconds(5), 2, 16, 20, 50, Duration.ofSeconds(1)),
                            IDENTITY,
                            () -> true,
                            List.of(),
                            List.of()));
            context.addRoutes(endpoint(contract, port));
            context.start();
            ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                    .build();
            try {
                for (MethodDescriptor<?, ?> method : contract.getMethods()) {
                    for (Caller caller : Caller.values()) {
                        assertThat(call(channel, method, caller))
                                .as("%s by %s", method.getFullMethodName(), caller)
                                .isEqualTo(expected(StatedAccess.of(method), caller));
                    }
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static RouteBuilder endpoint(ServiceDescriptor contract, int port) {
        String type = contract.getMethods().iterator().next().getSchemaDescriptor()
                        instanceof ProtoMethodDescriptorSupplier schema
                ? schema.getFileDescriptor().getOptions().getJavaPackage() + "."
                        + schema.getServiceDescriptor().getName()
                : "";
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("grpc:127.0.0.1:" + port + "/" + type).process(exchange -> {
                    String rpc = exchange.getMessage().getHeader(Headers.RPC, String.class);
                    exchange.getMessage().setBody(answerOf(contract, rpc));
                });
            }
        };
    }

    private static Object answerOf(ServiceDescriptor contract, String rpc) {
        return contract.getMethods().stream()
                .filter(method -> String.valueOf(method.getBareMethodName()).equalsIgnoreCase(rpc.replace("-", "")))
                .map(method -> ((MethodDescriptor.PrototypeMarshaller<?>) method.getResponseMarshaller())
                        .getMessagePrototype())
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // generated unary methods
    private static Status.Code call(ManagedChannel channel, MethodDescriptor<?, ?> method, Caller caller) {
        Metadata metadata = new Metadata();
        caller.metadata.forEach((name, value) -> metadata.put(MetadataKeys.of(name), value));
        if (caller != Caller.STRANGER) {
            metadata.put(MetadataKeys.of(Headers.SERVICE_TOKEN), IDENTITY.token());
        }
        MethodDescriptor<Object, Object> unary = (MethodDescriptor<Object, Object>) method;
        Object request =
                ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
                    unary,
                    CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS),
                    request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
