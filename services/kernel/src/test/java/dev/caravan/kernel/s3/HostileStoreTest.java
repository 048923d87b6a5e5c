package dev.caravan.kernel.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An object store, or whoever answers in its place, whose XML names files and addresses. */
class HostileStoreTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private HttpServer store;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        store = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        store.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        store.start();
        s3 = Stores.clientOf(store);
    }

    @AfterEach
    void stop() {
        s3.close();
        store.stop(0);
    }

    @Test
    void isReadWhenItsXmlIsPlain() {
        answer = list("", "a-key");

        assertThat(keys()).containsExactly("a-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file://%s\">]>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s/entity\">]>",
                "<!DOCTYPE x SYSTEM \"%s/entity\" [<!ENTITY e \"harmless\">]>",
                "<!DOCTYPE x [<!ENTITY %% p SYSTEM \"%s/entity\"> %%p; <!ENTITY e \"harmless\">]>"
            })
    void hasNoFileReadAndNoAddressAsked(String doctype, @TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        answer = list(doctype.formatted(doctype.contains("file:") ? secret : Stores.address(store)), "&e;");

        List<String> keys = new ArrayList<>();
        Throwable refusal = catchThrowable(() -> keys.addAll(keys()));

        assertThat(keys).noneMatch(key -> key.contains("the secret"));
        assertThat(String.valueOf(refusal)).doesNotContain("the secret");
        assertThat(asked).allMatch(path -> path.startsWith("/bucket"));
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket("bucket")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static String list(String doctype, String key) {
        return "<?xml version=\"1.0\"?>" + doctype + "<ListBucketResult><Contents><Key>" + key
                + "</Key></Contents></ListBucketResult>";
    }
}
