package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.CreateLinkResponse;
import dev.caravan.proto.videocatalog.CreateLinkResponseData;
import dev.caravan.proto.videocatalog.FindLinksResponse;
import dev.caravan.proto.videocatalog.FindLinksResponseData;
import dev.caravan.proto.videocatalog.Link;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                .setId(Rows.number(row, "id"))
                .setCreatedAt(Objects.requireNonNull(Rows.instant(row, "created_at")))
                .setExpiresAt(Objects.requireNonNull(Rows.instant(row, "expires_at")))
                .build();
    }
}
