package dev.caravan.upload.imports;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.upload.CancelImportResponse;
import dev.caravan.proto.upload.CancelImportResponseData;
import dev.caravan.proto.upload.FindImportResponse;
import dev.caravan.proto.upload.FindImportResponseData;
import dev.caravan.proto.upload.FindImportsResponse;
import dev.caravan.proto.upload.FindImportsResponseData;
import dev.caravan.proto.upload.Import;
import dev.caravan.proto.upload.ImportError;
import dev.caravan.proto.upload.ImportVideoResponse;
import dev.caravan.proto.upload.ImportVideoResponseData;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers that show imports, of each RPC that does; from rows of find-import.sql. */
@Component
public class AnswerImport {

    private static final String SUCCESS = "Success";
    private static final int ALL = 100;

    public ImportVideoResponse begin(@Body Map<String, @Nullable Object> row) {
        return ImportVideoResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ImportVideoResponseData.newBuilder().setImport(shown(row)))
                .build();
    }

    public FindImportResponse find(@Body @Nullable Map<String, @Nullable Object> row) {
        if (row == null) {
            throw unknown();
        }
        return FindImportResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindImportResponseData.newBuilder().setImport(shown(row)))
                .build();
    }

    /** @param rows one more than the page holds when there is a next one */
    public FindImportsResponse findAll(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(MomentPage.SIZE) int size) {
        FindImportsResponseData.Builder data =
                FindImportsResponseData.newBuilder().setSize(size);
        rows.stream().limit(size).map(AnswerImport::shown).forEach(data::addImports);
        data.setCursor(MomentPage.next(rows, size, "video_id"));
        return FindImportsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    public CancelImportResponse cancel() {
        return CancelImportResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(CancelImportResponseData.getDefaultInstance())
                .build();
    }

    /** For one that is not there, and one that is somebody else's. */
    static Fault unknown() {
        return Fault.notFound("IMPORT_UNKNOWN", "There is no such import.");
    }

    private static Import shown(Map<String, @Nullable Object> row) {
        boolean ended = row.get("ended_at") != null;
        Import.Builder shown = Import.newBuilder()
                .setVideoId(String.valueOf(row.get("video_id")))
                .setUrl(String.valueOf(row.get("url")))
                .setTitle(String.valueOf(row.get("title")))
                .setState(!ended ? "importing" : row.get("code") == null ? "uploaded" : "failed")
                .setCreatedAt(instant(row, "created_at").toString());
        if (row.get("received") instanceof Long received) {
            shown.setBytes(received);
            boolean known = Boolean.TRUE.equals(row.get("length_known")) || ended;
            if (known && row.get("length") instanceof Long length) {
                shown.setSize(length).setPercent((int) (received * ALL / length));
            }
        }
        if (ended) {
            shown.setEndedAt(instant(row, "ended_at").toString());
        }
        if (row.get("code") instanceof String code) {
            ImportError.Builder error =
                    ImportError.newBuilder().setCode(code).setMessage(String.valueOf(row.get("reason")));
            if (row.get("status") instanceof Integer status) {
                error.setStatus(status);
            }
            shown.setError(error);
        }
        return shown.build();
    }

    private static Instant instant(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull((Timestamp) row.get(column), column).toInstant();
    }
}
