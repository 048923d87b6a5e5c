package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.sql.SqlConstants;
import org.springframework.stereotype.Component;

/** Lets an upload pass that has its row; another of the same key can have been accepted at this very moment. */
@Component
final class CheckReservation implements Processor {

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getHeader(SqlConstants.SQL_UPDATE_COUNT, 1, Integer.class) == 0) {
            throw Fault.of(
                    Status.Code.ABORTED,
                    "ACCEPTED_MEANWHILE",
                    "An upload with this Idempotency-Key has just been accepted; repeat the request to learn its id.");
        }
    }
}
