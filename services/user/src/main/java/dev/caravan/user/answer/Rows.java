package dev.caravan.user.answer;

import dev.caravan.proto.user.Account;
import dev.caravan.proto.user.Deletion;
import dev.caravan.proto.user.Settings;
import dev.caravan.proto.user.User;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

/** Rows, as camel-sql gives them, to messages. */
final class Rows {

    static final String SUCCESS = "Success";

    private Rows() {}

    static User user(Map<String, Object> row) {
        User.Builder user = User.newBuilder()
                .setId(value(row, "id", Integer.class))
                .setName(value(row, "name", String.class))
                .setEmail(value(row, "email", String.class))
                .setRole(value(row, "role", String.class));
        if (row.get("image") instanceof String image) {
            user.setImage(image);
        }
        if (row.get("created_at") instanceof Timestamp created) {
            user.setCreatedAt(instant(created));
        }
        if (row.get("updated_at") instanceof Timestamp updated) {
            user.setUpdatedAt(instant(updated));
        }
        return user.build();
    }

    static Account account(Map<String, Object> row) {
        Account.Builder account = Account.newBuilder()
                .setId(value(row, "id", Integer.class))
                .setName(value(row, "name", String.class))
                .setEmail(value(row, "email", String.class))
                .setCreatedAt(instant(value(row, "created_at", Timestamp.class)))
                .setRole(value(row, "role", String.class));
        if (row.get("image") instanceof String image) {
            account.setImage(image);
        }
        if (row.get("blocked_at") instanceof Timestamp blocked) {
            account.setBlockedAt(instant(blocked));
        }
        return account.build();
    }

    static Deletion deletion(Map<String, Object> row) {
        Deletion.Builder deletion = Deletion.newBuilder()
                .setId(value(row, "receipt", String.class))
                .setRequestedAt(instant(value(row, "requested_at", Timestamp.class)))
                .setUploadsEnded(value(row, "uploads_ended", Integer.class))
                .setVideosDeleted(value(row, "videos_deleted", Integer.class));
        if (row.get("completed_at") instanceof Timestamp completed) {
            deletion.setCompletedAt(instant(completed));
        }
        return deletion.build();
    }

    static boolean blocked(Map<String, Object> row) {
        return row.get("blocked_at") != null;
    }

    static int credentialVersion(Map<String, Object> row) {
        return value(row, "credential_version", Integer.class);
    }

    static Settings settings(Map<String, Object> row) {
        return Settings.newBuilder()
                .setLanguage(value(row, "language", String.class))
                .setAutoplay(value(row, "autoplay", Boolean.class))
                .setPreferredMaxResolution(value(row, "preferred_max_resolution", Integer.class))
                .setEmailNotices(value(row, "email_notices", Boolean.class))
                .build();
    }

    private static <T> T value(Map<String, Object> row, String column, Class<T> type) {
        return Objects.requireNonNull(type.cast(row.get(column)), column);
    }

    /** ISO-8601 in UTC, in milliseconds, which is what browsers' clocks read. */
    private static String instant(Timestamp timestamp) {
        return timestamp.toInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
