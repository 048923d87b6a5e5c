package dev.caravan.cdnedge;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.caravan.cdnedge.cache.ObjectCache;
import dev.caravan.cdnedge.signature.PublicKeyFile;
import dev.caravan.cdnedge.signature.ServedPaths;
import dev.caravan.cdnedge.signature.SignatureVerifier;
import dev.caravan.cdnedge.signature.TrustedKeys;
import dev.caravan.cdnedge.viewer.RefusalValve;
import dev.caravan.kernel.http.ContainerRefusals;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whose signatures count, for what, and what is kept of it. */
@Configuration(proxyBeanMethods = false)
class CdnEdgeConfiguration {

    @Bean
    SignatureVerifier signatureVerifier(CdnProperties properties) {
        Map<String, String> files = new HashMap<>(properties.keys());
        if (!properties.publicKey().isBlank()) {
            files.put(properties.keyPairId(), properties.publicKey());
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("cdn.public-key has to name the PEM file of the signer's public key");
        }
        Map<String, PublicKey> keys = new HashMap<>();
        files.forEach((id, file) -> keys.put(id, PublicKeyFile.read(Path.of(file))));
        return new SignatureVerifier(properties.url(), new TrustedKeys(keys), Clock.systemUTC());
    }

    @Bean
    ServedPaths servedPaths(CdnProperties properties) {
        return new ServedPaths(properties.paths());
    }

    @Bean
    ObjectCache objectCache(CdnProperties properties, MeterRegistry meters) {
        CdnProperties.Cache cache = properties.cache();
        return ObjectCache.open(
                cache.folder(),
                cache.size().toBytes(),
                cache.recheckAfter(),
                cache.dropAfter(),
                Ticker.systemTicker(),
                meters);
    }

    /** Without a page of Tomcat's for what it refuses by itself. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerRefusals() {
        return ContainerRefusals.by(RefusalValve.class);
    }
}
