package dev.caravan.authentication;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The authentication service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuthenticationApplication {

    /** Starts it alone. */
    public static void main(String[] args) {
        CaravanService.run(AuthenticationApplication.class, "authentication", args);
    }
}
