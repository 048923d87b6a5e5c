package dev.caravan.videocatalog.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.cloudfront.CloudFrontUtilities;

/**
 * Signs URLs as CloudFront verifies them.
 *
 * <p>A signature costs about a millisecond and is the same for every viewer, so it is remembered; and its end is rounded
 * down, so that a URL stays the same for a 16th of its lifetime and browsers can keep what they got by it.
 */
public final class PlaybackSigner {

    private static final int REMEMBERED = 20_000;
    private static final int STEPS = 16;

    private final CloudFrontUtilities cloudFront = CloudFrontUtilities.create();
    private final CdnProperties properties;
    private final PrivateKey key;
    private final Clock clock;
    private final long stepMillis;
    private final Cache<Scope, String> queries;

    /** @param key RSA or EC, whose public key the CDN knows by the properties' key pair id */
    public PlaybackSigner(CdnProperties properties, PrivateKey key, Clock clock) {
        this.properties = properties;
        this.key = key;
        this.clock = clock;
        this.stepMillis = properties.lifetime().toMillis() / STEPS;
        this.queries = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(Duration.ofMillis(stepMillis))
                .build();
    }

    /**
     * A URL of a picture whose query opens all sizes of it and nothing else: one signature does for them, and an answer that
     * names them all is compressed to little more than one that names one.
     */
    public String urlOfPicture(String objectKey) {
        int size = objectKey.lastIndexOf('-');
        int name = objectKey.lastIndexOf('/');
        String sizes = size > name ? objectKey.substring(0, size + 1) + "*" : objectKey;
        Scope scope = new Scope(properties.url() + "/" + sizes, until());
        String query = size > name ? queries.get(scope, this::custom) : queries.get(scope, this::canned);
        return properties.url() + "/" + objectKey + "?" + query;
    }

    /** A URL of a file whose query opens nothing else. */
    public String urlOfFile(String objectKey) {
        String url = properties.url() + "/" + objectKey;
        return url + "?" + queries.get(new Scope(url, until()), this::canned);
    }

    /** A URL of a file whose query opens every file of its folder. */
    public String urlInFolder(String folder, String file) {
        return properties.url() + "/" + folder + "/" + file + "?" + folderQuery(folder);
    }

    /** The query, without its question mark, that opens every file of this folder. */
    public String folderQuery(String folder) {
        return queries.get(new Scope(properties.url() + "/" + folder + "/*", until()), this::custom);
    }

    private Instant until() {
        long now = clock.millis();
        return Instant.ofEpochMilli(now - now % stepMillis).plus(properties.lifetime());
    }

    private String canned(Scope scope) {
        return query(cloudFront
                .getSignedUrlWithCannedPolicy(request -> request.resourceUrl(scope.resource)
                        .privateKey(key)
                        .keyPairId(properties.keyPairId())
                        .expirationDate(scope.until))
                .url());
    }

    private String custom(Scope scope) {
        return query(cloudFront
                .getSignedUrlWithCustomPolicy(request -> request.resourceUrl(scope.resource)
                        .resourceUrlPattern(scope.resource)
                        .privateKey(key)
                        .keyPairId(properties.keyPairId())
                        .expirationDate(scope.until))
                .url());
    }

    private static String query(String url) {
        return url.substring(url.indexOf('?') + 1);
    }

    private record Scope(String resource, Instant until) {}
}
