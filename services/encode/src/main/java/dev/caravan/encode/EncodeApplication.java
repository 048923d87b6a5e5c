package dev.caravan.encode;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The encode service. */
@SpringBootApplication
@EnableConfigurationProperties(EncodeProperties.class)
public class EncodeApplication {

    /** Starts it alone. */
    public static void main(String[] args) {
        CaravanService.run(EncodeApplication.class, "encode", args);
    }
}
