package dev.caravan.videocatalog.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.proto.videocatalog.DayOfVideo;
import dev.caravan.proto.videocatalog.FindStatisticsResponse;
import dev.caravan.proto.videocatalog.FindStatisticsResponseData;
import dev.caravan.proto.videocatalog.Statistics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells how a video was watched: the one row in the body. */
@Component
class AnswerStatistics implements Processor {

    private static final double MILLIS = 1000;

    private final ObjectMapper json;

    AnswerStatistics(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<?, ?> row = (Map<?, ?>) exchange.getMessage().getBody(List.class).get(0);
        long sessions = number(row, "sessions");
        Statistics.Builder statistics = Statistics.newBuilder()
                .setViews(number(row, "views"))
                .setSessions(sessions)
                .setWatchedSeconds(number(row, "watched_ms") / MILLIS)
                .setStalls(number(row, "stalls"))
                .setErrors(number(row, "failures"));
        if (row.get("first_frame_median_ms") instanceof Number median) {
            statistics.setFirstFrameMedianMs(median.intValue());
        }
        if (row.get("first_frame_p95_ms") instanceof Number slow) {
            statistics.setFirstFrameP95Ms(slow.intValue());
        }
        if (sessions > 0) {
            json.readTree(String.valueOf(row.get("retention")))
                    .forEach(part -> statistics.addRetention(Math.min(1, part.asDouble() / sessions)));
        }
        json.readTree(String.valueOf(row.get("days"))).forEach(day -> statistics.addDays(day(day)));
        exchange.getMessage()
                .setBody(FindStatisticsResponse.newBuilder()
                        .setMessage("Success")
                        .setData(FindStatisticsResponseData.newBuilder().setStatistics(statistics))
                        .build());
    }

    private static DayOfVideo day(JsonNode kept) {
        return DayOfVideo.newBuilder()
                .setDay(kept.path("day").asText())
                .setViews(kept.path("views").asLong())
                .setSessions(kept.path("sessions").asLong())
                .setWatchedSeconds(kept.path("watched_ms").asLong() / MILLIS)
                .setStalls(kept.path("stalls").asLong())
                .setErrors(kept.path("failures").asLong())
                .build();
    }

    private static long number(Map<?, ?> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
