package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
        if (failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException) {
            LOG.warn("Uploads cannot be looked for while the database is down: {}", rootMessage(failure));
        } else if (Fault.in(failure) != null) {
            LOG.debug("A sweep waits for its next turn, as was told already", failure);
        } else {
            LOG.error("Uploads cannot be looked for", failure);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
