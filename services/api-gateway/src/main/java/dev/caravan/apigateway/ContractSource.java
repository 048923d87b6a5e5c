package dev.caravan.apigateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The contract as openapi.yaml says it now: a saved file is read anew, a broken one leaves the last good one. */
@Component
public final class ContractSource {

    private static final Logger LOG = LoggerFactory.getLogger(ContractSource.class);

    private final Resource openapi;
    private final boolean editable;
    private long readAt = -1;
    private @Nullable Contract contract;

    ContractSource(@Value("${caravan.routes}/api-gateway/openapi.yaml") Resource openapi) {
        this.openapi = openapi;
        this.editable = openapi.isFile();
    }

    /** @throws UncheckedIOException when there has never been a readable one */
    synchronized Contract contract() {
        try {
            long modified = editable ? openapi.lastModified() : 0;
            if (contract == null || modified != readAt) {
                readAt = modified;
                contract = read();
            }
            return contract;
        } catch (IOException | RuntimeException e) {
            if (contract == null) {
                throw new IllegalStateException("Cannot read " + openapi + ": " + e.getMessage(), e);
            }
            LOG.error("Not live: {}: {} (the contract is left as it was)", openapi, e.getMessage());
            return contract;
        }
    }

    /** The ids of all operations, which are those of the routes that serve them. */
    public Set<String> operations() {
        return contract().operations();
    }

    private Contract read() throws IOException {
        URLConnection connection = openapi.getURL().openConnection();
        connection.setUseCaches(false);
        try (InputStream input = connection.getInputStream()) {
            return Contract.read(input);
        }
    }
}
