package dev.caravan.chaos.agent;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Puts the fault points between the steps of every route, where {@value #ORDERS} names a file of orders. */
@AutoConfiguration
@ConditionalOnProperty(FaultPointsAutoConfiguration.ORDERS)
public class FaultPointsAutoConfiguration {

    /** The property that names the file. */
    public static final String ORDERS = "caravan.chaos.orders";

    @Bean
    FaultPoints faultPoints(
            @Value("${" + ORDERS + "}") Path orders, @Value("${spring.application.name}") String service) {
        return new FaultPoints(service, new Orders(orders));
    }
}
