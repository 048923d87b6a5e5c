package dev.caravan.upload.sources;

import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.upload.DescribeSourceFileResponse;
import dev.caravan.proto.upload.DescribeSourceFileResponseData;
import dev.caravan.proto.upload.FindSourceFilesResponse;
import dev.caravan.proto.upload.FindSourceFilesResponseData;
import dev.caravan.proto.upload.ImportError;
import dev.caravan.proto.upload.ReportSourceFileResponse;
import dev.caravan.proto.upload.ReportSourceFileResponseData;
import dev.caravan.proto.upload.SourceFile;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import dev.caravan.proto.upload.TakeSourceFileResponseData;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about files of sources, of each RPC that is asked of them; from rows of find-source-file.sql. */
@Component
public class AnswerSourceFile {

    private static final String SUCCESS = "Success";
    private static final int ALL = 100;

    public TakeSourceFileResponse take(@Body Map<String, @Nullable Object> row) {
        return TakeSourceFileResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(TakeSourceFileResponseData.newBuilder().setFile(shown(row)))
                .build();
    }

    public ReportSourceFileResponse report() {
        return ReportSourceFileResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ReportSourceFileResponseData.getDefaultInstance())
                .build();
    }

    public DescribeSourceFileResponse describe() {
        return DescribeSourceFileResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(DescribeSourceFileResponseData.getDefaultInstance())
                .build();
    }

    /** @param rows one more than the page holds when there is a next one */
    public FindSourceFilesResponse findAll(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(MomentPage.SIZE) int size) {
        FindSourceFilesResponseData.Builder data =
                FindSourceFilesResponseData.newBuilder().setSize(size);
        rows.stream().limit(size).map(AnswerSourceFile::shown).forEach(data::addFiles);
        data.setCursor(MomentPage.next(rows, size, "id"));
        return FindSourceFilesResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    private static SourceFile shown(Map<String, @Nullable Object> row) {
        boolean ended = row.get("ended_at") != null;
        boolean refused = Boolean.TRUE.equals(row.get("refused"));
        long size = (long) Objects.requireNonNull(row.get("size"));
        SourceFile.Builder shown = SourceFile.newBuilder()
                .setSource(String.valueOf(row.get("source")))
                .setAddress(String.valueOf(row.get("address")))
                .setTitle(String.valueOf(row.get("title")))
                .setState(!ended ? "importing" : refused ? "refused" : "uploaded")
                .setSize(size)
                .setOwnerId((int) Objects.requireNonNull(row.get("user_id")))
                .setCreatedAt(instant(row, "created_at").toString());
        if (row.get("video_id") != null) {
            shown.setVideoId(String.valueOf(row.get("video_id")));
        }
        if (!refused) {
            long received = ended ? size : row.get("received") instanceof Long bytes ? bytes : 0;
            shown.setBytes(received).setPercent(size == 0 ? 0 : (int) (received * ALL / size));
        }
        if (ended) {
            shown.setEndedAt(instant(row, "ended_at").toString());
        }
        if (row.get("code") instanceof String code) {
            shown.setError(ImportError.newBuilder().setCode(code).setMessage(String.valueOf(row.get("reason"))));
        }
        return shown.build();
    }

    private static Instant instant(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull((Timestamp) row.get(column), column).toInstant();
    }
}
