package dev.caravan.user.admin;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first administrator.
 *
 * @param email of the account; empty for none
 * @param password that the account gets when it is made; empty for none
 */
@ConfigurationProperties("user.admin")
public record AdministratorProperties(String email, String password) {

    boolean isGiven() {
        return !email.isBlank() || !password.isBlank();
    }

    /** Tells no password. */
    @Override
    public String toString() {
        return "AdministratorProperties[email=" + email + "]";
    }
}
