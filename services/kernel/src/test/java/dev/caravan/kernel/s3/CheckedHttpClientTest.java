package dev.caravan.kernel.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A connection that breaks where the HTTP client below wraps what it throws. */
class CheckedHttpClientTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void isTriedAgainAsEveryOtherBrokenConnection() {
        try (S3Client s3 = clientThatBreaks(1)) {
            assertThat(put(s3)).isEqualTo("\"tag\"");
        }

        assertThat(calls).hasValue(2);
    }

    @Test
    void isReportedAsAFailureOfTheStoreWhenItGoesOnBreaking() {
        try (S3Client s3 = clientThatBreaks(Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> put(s3))
                    .isInstanceOf(SdkClientException.class)
                    .hasRootCauseInstanceOf(ConnectException.class);
        }
    }

    private static String put(S3Client s3) {
        return s3.putObject(request -> request.bucket("bucket").key("key"), RequestBody.fromString("text"))
                .eTag();
    }

    private S3Client clientThatBreaks(int times) {
        SdkHttpClient breaking = new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return new ExecutableHttpRequest() {
                    @Override
                    public HttpExecuteResponse call() {
                        if (calls.incrementAndGet() <= times) {
                            throw new UncheckedIOException(new ConnectException("Connection refused"));
                        }
                        return HttpExecuteResponse.builder()
                                .response(SdkHttpFullResponse.builder()
                                        .statusCode(200)
                                        .putHeader("ETag", "\"tag\"")
                                        .build())
                                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))
                                .build();
                    }

                    @Override
                    public void abort() {}
                };
            }

            @Override
            public void close() {}
        };
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(new CheckedHttpClient(breaking))
                .build();
    }
}
