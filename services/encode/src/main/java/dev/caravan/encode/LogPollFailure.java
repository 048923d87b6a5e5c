package dev.caravan.encode;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** A database that is down is one line in the log for each look at it; what is unexpected comes with its stack. */
@Component
final class LogPollFailure implements ExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(LogPollFailure.class);

    @Override
    public void handleException(Throwable failure) {
        handleException("", null, failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        handleException(message, null, failure);
    }

    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
        if (failure instanceof DataAccessException) {
            log.warn(
                    "Work cannot be looked for while the database does not answer: {}",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        } else {
            log.error("Work cannot be looked for", failure);
        }
    }
}
