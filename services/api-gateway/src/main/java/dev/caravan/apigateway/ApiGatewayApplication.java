package dev.caravan.apigateway;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The one service that clients see. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ApiGatewayApplication {

    public static void main(String[] args) {
        CaravanService.run(ApiGatewayApplication.class, "api-gateway", args);
    }
}
