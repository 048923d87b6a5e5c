package dev.caravan.user;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.ReportFault;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that are no classes of their own. */
@Configuration(proxyBeanMethods = false)
class UserConfiguration {

    /** For an {@code onException} on the unique key of emails. */
    @Bean
    Processor reportTakenEmail() {
        return new ReportFault(() -> Fault.conflict("EMAIL_TAKEN", "There is an account with this email already."));
    }

    /** For an {@code onException} on a full queue of passwords. */
    @Bean
    Processor reportFullQueue() {
        return new ReportFault(() -> Fault.unavailable("BUSY", "Too many people log in at the moment."));
    }

    /** For no row where one user's was asked for. */
    @Bean
    Processor refuseUnknownUser() {
        return exchange -> {
            throw Fault.notFound("USER_NOT_FOUND", "There is no such user.");
        };
    }
}
