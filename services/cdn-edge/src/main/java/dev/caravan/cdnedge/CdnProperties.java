package dev.caravan.cdnedge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the edge serves, to whom, and whose signatures it trusts.
 *
 * @param url what signed URLs begin with; signatures are held against it, never against a Host header
 * @param keyPairId the id that signers give for {@code publicKey}
 * @param publicKey PEM file of a public key, RSA or ECDSA
 * @param keys further keys, PEM files by key pair id, so that signers can change theirs without a gap
 * @param paths what the served paths begin with
 * @param corsOrigin {@code *}, or the exact origins
 * @param cacheControl for objects that bring no Cache-Control of their own
 * @param cache what is kept of the object store
 */
@ConfigurationProperties("cdn")
public record CdnProperties(
        String url,
        String keyPairId,
        @DefaultValue("") String publicKey,
        @DefaultValue Map<String, String> keys,
        @DefaultValue("encoded-videos/") List<String> paths,
        @DefaultValue("*") List<String> corsOrigin,
        @DefaultValue("private, max-age=86400, immutable") String cacheControl,
        Cache cache) {

    /**
     * What is kept of the object store.
     *
     * @param folder for it alone
     * @param size of all in it; 0 for nothing
     * @param recheckAfter how long the object store's word holds that it has an object
     * @param dropAfter how long an object is kept that nobody asks for
     */
    public record Cache(Path folder, DataSize size, Duration recheckAfter, Duration dropAfter) {}
}
