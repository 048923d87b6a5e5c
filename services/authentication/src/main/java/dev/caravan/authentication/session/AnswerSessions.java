package dev.caravan.authentication.session;

import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.auth.EndSessionResponse;
import dev.caravan.proto.auth.EndSessionResponseData;
import dev.caravan.proto.auth.FindSessionsResponse;
import dev.caravan.proto.auth.FindSessionsResponseData;
import dev.caravan.proto.auth.Session;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about the sessions of a user. */
@Component
public final class AnswerSessions {

    private static final String SUCCESS = "Success";

    /** @param rows one more than the page holds when there is a next one */
    public FindSessionsResponse find(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(MomentPage.SIZE) int size) {
        FindSessionsResponseData.Builder data =
                FindSessionsResponseData.newBuilder().setSize(size);
        rows.stream().limit(size).map(AnswerSessions::session).forEach(data::addSessions);
        data.setCursor(MomentPage.next(rows, size, "id"));
        return FindSessionsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    public EndSessionResponse end() {
        return EndSessionResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(EndSessionResponseData.getDefaultInstance())
                .build();
    }

    private static Session session(Map<String, @Nullable Object> row) {
        Session.Builder session = Session.newBuilder()
                .setId(String.valueOf(row.get("id")))
                .setCreatedAt(instant(row, "created_at").toString())
                .setLastUsedAt(instant(row, "last_used_at").toString())
                .setExpiresAt(instant(row, "expires_at").toString())
                .setCurrent(Boolean.TRUE.equals(row.get("current")));
        if (row.get("client_address") instanceof String address) {
            session.setAddress(address);
        }
        if (row.get("client_agent") instanceof String agent) {
            session.setClient(agent);
        }
        return session.build();
    }

    private static Instant instant(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull((Timestamp) row.get(column), column).toInstant();
    }
}
