package dev.caravan.videocatalog;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/** A database that is down is one line in the log for each look at it; what is unexpected comes with its stack. */
@Component
final class LogPollFailure implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LogPollFailure.class);

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
        if (Fault.in(failure) != null
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException) {
            LOG.warn(
                    "The catalogue's messages wait while the database is down: {}",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        } else {
            LOG.error("The catalogue's messages cannot be looked for", failure);
        }
    }
}
