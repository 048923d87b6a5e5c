package dev.caravan.kernel.sql;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** For routes that look for work: a database that is down is one line for each look; the unexpected has its stack. */
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
        if (failure instanceof DataAccessException) {
            LOG.warn(
                    "Work cannot be looked for while the database does not answer: {}",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        } else if (Fault.in(failure) != null) {
            LOG.debug("This look for work is left out, as was told already", failure);
        } else {
            LOG.error("Work cannot be looked for", failure);
        }
    }
}
