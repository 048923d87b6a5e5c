package dev.caravan.apigateway;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What of the gateway is configured in {@code config/api-gateway.yaml}.
 *
 * @param maxBody largest body of a request that is no upload
 * @param corsOrigins who may call from a browser; {@code *} for everybody
 */
@ConfigurationProperties("api-gateway")
public record ApiGatewayProperties(DataSize maxBody, List<String> corsOrigins) {}
