package dev.caravan.kernel.access;

import com.google.protobuf.Descriptors;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.access.Access;
import dev.caravan.proto.access.AccessOuterClass;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may call a procedure, as its contract states it by the option {@code (caravan.access)}. */
public final class StatedAccess {

    private static final Pattern USER_ID = Pattern.compile("[1-9]\\d{0,9}");

    private StatedAccess() {}

    /** @throws IllegalStateException when the contract states nothing: such a procedure must not be served */
    public static Access of(MethodDescriptor<?, ?> method) {
        if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema) {
            return of(schema.getMethodDescriptor());
        }
        throw new IllegalStateException(method.getFullMethodName() + " has no contract");
    }

    /** As {@link #of(MethodDescriptor)}. */
    public static Access of(Descriptors.MethodDescriptor method) {
        Access access = method.getOptions().getExtension(AccessOuterClass.access);
        if (access == Access.ACCESS_UNSTATED || access == Access.UNRECOGNIZED) {
            throw new IllegalStateException(method.getFullName() + " does not state (caravan.access)");
        }
        return access;
    }

    /**
     * Lets a caller pass who may call. Whose a thing is, an owner's route looks for itself.
     *
     * @param userId metadata {@code x-user-id}
     * @param role metadata {@code x-user-role}
     * @throws Fault UNAUTHENTICATED when a user is asked for and none is named, PERMISSION_DENIED for the wrong one
     */
    public static void check(Access access, @Nullable String userId, @Nullable String role) {
        if (access == Access.ANYONE) {
            return;
        }
        if (userId == null || !USER_ID.matcher(userId).matches()) {
            throw Fault.unauthenticated("NO_CALLER", "Log in first.");
        }
        if (access == Access.ADMIN && !Headers.ADMIN.equals(role)) {
            throw Fault.forbidden("NOT_AN_ADMIN", "Only administrators may do this.");
        }
    }
}
