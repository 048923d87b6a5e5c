package dev.caravan.videocatalog.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.proto.videocatalog.PlaybackReport;
import dev.caravan.proto.videocatalog.RecordPlaybackRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes from a request what players report; afterwards the body is the parameters of {@code record-playback.sql}. */
@Component
class ReadRecordPlaybackRequest implements Processor {

    private final ObjectMapper json;

    ReadRecordPlaybackRequest(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        RecordPlaybackRequest request = exchange.getMessage().getMandatoryBody(RecordPlaybackRequest.class);
        Map<String, @Nullable Object> parameters =
                ReadChangedVideo.parameters(exchange.getMessage(), 0, request.getLink());
        ArrayNode reports = json.createArrayNode();
        request.getReportsList().forEach(report -> reports.add(row(report)));
        parameters.put("reports", reports.toString());
        parameters.put("viewer", request.getViewer());
        exchange.getMessage().setBody(parameters);
    }

    private ObjectNode row(PlaybackReport report) {
        ObjectNode row = json.createObjectNode()
                .put("video_id", report.getVideoId())
                .put("session", report.getSession())
                .put("number", report.getNumber())
                .put("first_frame_ms", report.hasFirstFrameMs() ? report.getFirstFrameMs() : null)
                .put("stalled", report.getStalled())
                .put("error", report.hasError() ? report.getError() : null)
                .put("height", report.getHeight())
                .put("edge", report.getEdge());
        ArrayNode played = row.putArray("played");
        report.getPlayedList()
                .forEach(stretch ->
                        played.addObject().put("from", stretch.getFrom()).put("to", stretch.getTo()));
        return row;
    }
}
