package dev.caravan.user.admin;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.access.InsecureConfigurationException;
import dev.caravan.kernel.access.ProductionCheck;
import dev.caravan.user.request.CheckNewUser;
import dev.caravan.user.request.Variables;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sets name, email, email_key and password of the first administrator as variables, or nothing when none is configured.
 * What is configured and can't be an account, or has a weak password in production, ends the start.
 */
@Component
public class ReadAdministrator implements Processor {

    private static final String NAME = "Administrator";

    private final Map<String, String> parameters;
    private final String password;

    /**
     * @throws InsecureConfigurationException when the password is weak in production
     * @throws IllegalStateException when no account can have this email or password
     */
    public ReadAdministrator(AdministratorProperties properties, @Value("${caravan.production}") boolean inProduction) {
        this.password = properties.password();
        this.parameters = properties.isGiven() ? checked(properties) : Map.of();
        if (inProduction && properties.isGiven() && ProductionCheck.isWeak(password)) {
            throw new InsecureConfigurationException(List.of("user.admin.password is weak"));
        }
    }

    private static Map<String, String> checked(AdministratorProperties properties) {
        try {
            return CheckNewUser.parameters(NAME, properties.email(), properties.password());
        } catch (Fault fault) {
            throw new IllegalStateException(
                    "user.admin.email and user.admin.password name no possible account: " + fault.fieldErrors(), fault);
        }
    }

    /** Of the configured email; null when none is. */
    @Nullable
    String emailKey() {
        return parameters.get(Variables.EMAIL_KEY);
    }

    @Override
    public void process(Exchange exchange) {
        parameters.forEach(exchange::setVariable);
        if (!parameters.isEmpty()) {
            exchange.setVariable(Variables.PASSWORD, password);
        }
    }
}
