package dev.caravan.kernel.http.client;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How servers that users name are asked.
 *
 * @param allowedNetworks addresses that may be asked although they are not public, as 10.1.0.0/16
 * @param connectTimeout for a connection, and again for what secures it
 * @param answerTimeout until the header of an answer is there
 */
@ConfigurationProperties("caravan.http-client")
public record SafeHttpProperties(List<String> allowedNetworks, Duration connectTimeout, Duration answerTimeout) {}
