package dev.caravan.apigateway;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.IpNetwork;
import dev.caravan.proto.videocatalog.PlaybackReport;
import dev.caravan.proto.videocatalog.RecordPlaybackRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts what a player reports, lines of {@link Cmcd} in the property {@code reports}, into the request that is the body now, with
 * what tells one viewer from another. Lines that are none are counted and left out.
 *
 * @throws Fault INVALID_ARGUMENT when none is one, or when there are too many
 */
@Component
final class AddReports implements Processor {

    private static final int MOST = 200;

    private final Counter malformed;

    AddReports(MeterRegistry meters) {
        malformed = meters.counter("playback.reports.malformed");
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        List<String> lines = exchange.getProperty("reports", "", String.class)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MOST + 1)
                .toList();
        if (lines.size() > MOST) {
            throw Fault.invalid("body", "body may have " + MOST + " lines at most");
        }
        List<PlaybackReport> reports =
                lines.stream().map(Cmcd::read).flatMap(Optional::stream).toList();
        malformed.increment(lines.size() - reports.size());
        if (reports.isEmpty() && !lines.isEmpty()) {
            throw Fault.invalid(
                    "body",
                    "body must be lines of CMCD, version 2, each with cid (the number of a video), sid, sn and e");
        }
        message.setBody(message.getMandatoryBody(RecordPlaybackRequest.class).toBuilder()
                .addAllReports(reports)
                .setViewer(viewer(message))
                .build());
    }

    private static String viewer(Message message) {
        @Nullable String user = message.getHeader(Headers.USER_ID, String.class);
        return user == null
                ? "address " + IpNetwork.of(message.getHeader(Headers.CLIENT_ADDRESS, "", String.class))
                : "user " + user;
    }
}
