package dev.caravan.kernel.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import org.apache.camel.spi.ClassResolver;

/** Finds the descriptor that grpc-java generated for a service named as camel-grpc names it: by its Java class. */
public record ServiceDescriptors(ClassResolver classes) {

    /** @throws IllegalArgumentException when the class path has no such service */
    public ServiceDescriptor of(String serviceClass) {
        try {
            Class<?> generated = classes.resolveMandatoryClass(serviceClass + "Grpc");
            return (ServiceDescriptor)
                    generated.getMethod("getServiceDescriptor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "No gRPC service " + serviceClass + ": name the generated class without its ending Grpc", e);
        }
    }

    /** @param name lowerCamel, as in the option {@code method} */
    @SuppressWarnings(
            "unchecked") // generated unary methods take and give messages; the message's own check is at run time
    static MethodDescriptor<Object, Object> method(ServiceDescriptor service, String name) {
        return (MethodDescriptor<Object, Object>) service.getMethods().stream()
                .filter(method -> String.valueOf(method.getBareMethodName()).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("gRPC service " + service.getName() + " has no method " + name));
    }
}
