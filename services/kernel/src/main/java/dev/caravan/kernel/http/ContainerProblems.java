package dev.caravan.kernel.http;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Response;

/** What the container refuses by itself, as problem details. */
public final class ContainerProblems extends ContainerRefusals {

    /** Called by the container, by this class's name. */
    public ContainerProblems() {
        // Nothing to set up.
    }

    @Override
    protected String contentType() {
        return Problem.CONTENT_TYPE;
    }

    @Override
    protected byte[] body(int status, Response response) {
        return Problem.of(
                        status,
                        Problem.reason(status),
                        Problem.message(status) + ".",
                        UUID.randomUUID().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
