package dev.caravan.videocatalog.signature;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What playback URLs are made of.
 *
 * @param url what they begin with
 * @param keyPairId names the key to the CDN
 * @param privateKey path of the PEM file
 * @param lifetime how long a URL is valid at most
 */
@ConfigurationProperties("cdn")
public record CdnProperties(
        String url,
        String keyPairId,
        String privateKey,
        @Name("url-lifetime") Duration lifetime) {

    private static final Duration SHORTEST = Duration.ofMinutes(2);

    public CdnProperties {
        if (lifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("cdn.url-lifetime is " + lifetime + ", it has to be PT2M or more");
        }
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
