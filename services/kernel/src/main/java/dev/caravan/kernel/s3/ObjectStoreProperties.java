package dev.caravan.kernel.s3;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where objects are.
 *
 * @param bucket the one bucket of the platform; must exist
 * @param endpoint URL of an S3 server; empty for AWS
 * @param publicEndpoint URL that presigned URLs name, when clients reach the server by another one than services do
 * @param region region of the bucket
 * @param accessKey empty for the SDK's default chain
 * @param secretKey belongs to the access key
 */
@ConfigurationProperties("s3")
public record ObjectStoreProperties(
        @DefaultValue("caravan") String bucket,
        @DefaultValue("") String endpoint,
        @DefaultValue("") String publicEndpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey) {

    String publicEndpointOrDefault() {
        return publicEndpoint.isBlank() ? endpoint : publicEndpoint;
    }
}
