package dev.caravan.kernel.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;

/** Refuses a request with text that no database takes, before any route sees it. */
final class StorableText {

    private StorableText() {}

    /** @throws Fault INVALID_ARGUMENT that names the fields */
    static void check(Message request) {
        FieldErrors errors = new FieldErrors();
        request.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated()) {
                errors.text(field.getName(), (String) value);
            }
        });
        errors.orThrow();
    }
}
