package dev.caravan.kernel.access;

import java.io.Serial;
import java.util.List;

/** Secrets are missing or weak in production; the message is a sentence for the operator. */
public final class InsecureConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param findings such as "caravan.service-key is missing" */
    public InsecureConfigurationException(List<String> findings) {
        super("This service does not start in production: " + String.join(", ", findings) + ".");
    }
}
