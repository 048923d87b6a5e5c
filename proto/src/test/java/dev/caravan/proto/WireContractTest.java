package dev.caravan.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.caravan.proto.auth.Authentication;
import dev.caravan.proto.upload.Upload;
import dev.caravan.proto.user.UserOuterClass;
import dev.caravan.proto.videocatalog.VideoCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, numbers and types that clients of the first implementation were built on; what is added comes after them. */
class WireContractTest {

    private static final List<FileDescriptor> FILES = List.of(
            UserOuterClass.getDescriptor(),
            Authentication.getDescriptor(),
            Upload.getDescriptor(),
            VideoCatalog.getDescriptor());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user.UserService | FindById | id:int32=1 | user:user.User=1",
                "user.UserService | FindByCredential | email:string=1 password:string=2 | user:user.User=1",
                "user.UserService | Store | name:string=1 email:string=2 password:string=3 | user:user.User=1",
                "auth.AuthenticationService | Register | name:string=1 email:string=2 password:string=3 | token:string=1 user:auth.User=2",
                "auth.AuthenticationService | Login | email:string=1 password:string=2 | token:string=1 user:auth.User=2",
                "auth.AuthenticationService | VerifyToken | | user:auth.User=1",
                "auth.AuthenticationService | Logout | | ",
                "upload.UploadService | CreatePresignedUrl | | video_id:string=1 thumbnail_id:string=2 video_url:string=3 thumbnail_url:string=4",
                "upload.UploadService | UploadedWebhook | video_id:string=1 thumbnail_id:string=2 title:string=3 description:string=4 | ",
                "videocatalog.VideoCatalogService | FindAll | | repeated:videos:videocatalog.Video=1",
                "videocatalog.VideoCatalogService | FindById | id:int32=1 | video:videocatalog.Video=1 manifest_url:string=2",
            })
    void keepsEveryProcedure(String service, String procedure, String request, String responseData) {
        MethodDescriptor method = service(service).findMethodByName(procedure);

        assertThat(method).as(procedure).isNotNull();
        assertThat(method.getInputType().getName()).isEqualTo(procedure + "Request");
        assertThat(method.getOutputType().getName()).isEqualTo(procedure + "Response");
        assertThat(fields(method.getInputType())).containsAll(words(request));
        assertThat(fields(method.getOutputType()))
                .containsExactly(
                        "message:string=1",
                        "data:" + method.getFile().getPackage() + "." + procedure + "ResponseData=2");
        assertThat(fields(method.getOutputType().findFieldByName("data").getMessageType()))
                .containsAll(words(responseData));
    }

    @ParameterizedTest
    @CsvSource({
        "user.User,id:int32=1 name:string=2 email:string=3 optional:image:string=4 optional:created_at:string=5 optional:updated_at:string=6",
        "auth.User,id:int32=1 name:string=2 email:string=3 optional:image:string=4 optional:created_at:string=5 optional:updated_at:string=6",
        "videocatalog.User,id:int32=1 name:string=2 optional:image:string=3",
        "videocatalog.Video,id:int32=1 title:string=2 description:string=3 thumbnail_url:string=4 published_at:string=5 duration:int32=6 resolution:string=7 user:videocatalog.User=8",
    })
    void keepsEveryMessage(String name, String fields) {
        Descriptor message = FILES.stream()
                .flatMap(file -> file.getMessageTypes().stream())
                .filter(type -> type.getFullName().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(fields(message)).containsAll(words(fields));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void answersEveryProcedureInTheSameEnvelope(MethodDescriptor method) {
        assertThat(fields(method.getOutputType()))
                .containsExactly(
                        "message:string=1", "data:" + method.getOutputType().getFullName() + "Data=2");
        assertThat(method.isClientStreaming() || method.isServerStreaming()).isFalse();
    }

    @Test
    void isProto3() {
        assertThat(FILES)
                .allSatisfy(file -> assertThat(file.toProto().getSyntax()).isEqualTo("proto3"));
    }

    static Stream<MethodDescriptor> methods() {
        return FILES.stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream());
    }

    private static ServiceDescriptor service(String name) {
        return FILES.stream()
                .flatMap(file -> file.getServices().stream())
                .filter(service -> service.getFullName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> fields(Descriptor message) {
        return message.getFields().stream().map(WireContractTest::field).toList();
    }

    private static String field(FieldDescriptor field) {
        String type = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? field.getMessageType().getFullName()
                : field.getType().name().toLowerCase(java.util.Locale.ROOT);
        String label = field.isRepeated() ? "repeated:" : field.toProto().getProto3Optional() ? "optional:" : "";
        return label + field.getName() + ":" + type + "=" + field.getNumber();
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.asList(text.strip().split(" "));
    }
}
