package dev.caravan.authentication.throttle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many attempts there are.
 *
 * @param loginAccount failed logins of one account: from all strange addresses together, and from each known one alone
 * @param loginAddress failed logins from one address
 * @param refreshAddress failed refreshes from one address
 * @param registerAddress registrations from one address
 * @param knownFor how long an address counts as an account's own after a login
 */
@ConfigurationProperties("authentication.throttle")
public record ThrottleProperties(
        Limit loginAccount, Limit loginAddress, Limit refreshAddress, Limit registerAddress, Duration knownFor) {

    /**
     * A bucket of attempts.
     *
     * @param burst what it holds
     * @param refill what flows in, evenly, during each period
     * @param period of the refill
     */
    public record Limit(long burst, long refill, Duration period) {}
}
