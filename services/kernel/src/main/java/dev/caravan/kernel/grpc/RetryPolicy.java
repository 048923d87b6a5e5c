package dev.caravan.kernel.grpc;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Map;

/**
 * Which calls gRPC repeats by itself when nobody was there to answer, or went away under the call: those whose contract says, by
 * {@code idempotency_level}, that twice is as good as once.
 */
final class RetryPolicy {

    private static final Map<String, ?> POLICY = Map.of(
            "maxAttempts",
            3.0,
            "initialBackoff",
            "0.1s",
            "maxBackoff",
            "1s",
            "backoffMultiplier",
            3.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE", "UNKNOWN"));

    private RetryPolicy() {}

    /** As {@code ManagedChannelBuilder.defaultServiceConfig} takes it. */
    static Map<String, ?> of(ServiceDescriptor service) {
        List<Map<String, String>> names = service.getMethods().stream()
                .filter(RetryPolicy::isIdempotent)
                .map(method ->
                        Map.of("service", service.getName(), "method", String.valueOf(method.getBareMethodName())))
                .toList();
        return names.isEmpty()
                ? Map.of()
                : Map.of("methodConfig", List.of(Map.of("name", names, "retryPolicy", POLICY)));
    }

    private static boolean isIdempotent(MethodDescriptor<?, ?> method) {
        return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
                && schema.getMethodDescriptor().getOptions().getIdempotencyLevel()
                        != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
    }
}
