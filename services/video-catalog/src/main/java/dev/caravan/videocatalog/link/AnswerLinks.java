package dev.caravan.videocatalog.link;

import dev.caravan.proto.videocatalog.CreateLinkResponse;
import dev.caravan.proto.videocatalog.CreateLinkResponseData;
import dev.caravan.proto.videocatalog.FindLinksResponse;
import dev.caravan.proto.videocatalog.FindLinksResponseData;
import dev.caravan.proto.videocatalog.Link;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers that show links, of each RPC that does. */
@Component
class AnswerLinks {

    private static final String SUCCESS = "Success";

    public CreateLinkResponse create(
            @Body List<Map<String, @Nullable Object>> rows, @Variable("secret") String secret) {
        return CreateLinkResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(CreateLinkResponseData.newBuilder()
                        .setLink(link(rows.get(0)))
                        .setSecret(secret))
                .build();
    }

    /** @param rows one without an id stands for a video without links */
    public FindLinksResponse find(@Body List<Map<String, @Nullable Object>> rows) {
        FindLinksResponseData.Builder data = FindLinksResponseData.newBuilder();
        rows.stream()
                .filter(row -> row.get("id") != null)
                .map(AnswerLinks::link)
                .forEach(data::addLinks);
        return FindLinksResponse.newBuilder().setMessage(SUCCESS).setData(data).build();
    }

    private static Link link(Map<String, @Nullable Object> row) {
        return Link.newBuilder()
                .setId(row.get("id") instanceof Number id ? id.intValue() : 0)
                .setCreatedAt(instant(row, "created_at"))
                .setExpiresAt(instant(row, "expires_at"))
                .build();
    }

    private static String instant(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Timestamp time
                ? time.toInstant().truncatedTo(ChronoUnit.MILLIS).toString()
                : "";
    }
}
