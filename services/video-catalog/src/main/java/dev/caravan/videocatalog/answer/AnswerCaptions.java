package dev.caravan.videocatalog.answer;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.FindCaptionsResponse;
import dev.caravan.proto.videocatalog.FindCaptionsResponseData;
import dev.caravan.proto.videocatalog.FindChaptersResponse;
import dev.caravan.proto.videocatalog.FindChaptersResponseData;
import dev.caravan.proto.videocatalog.PutCaptionsResponse;
import dev.caravan.proto.videocatalog.PutCaptionsResponseData;
import dev.caravan.proto.videocatalog.PutChaptersResponse;
import dev.caravan.proto.videocatalog.PutChaptersResponseData;
import dev.caravan.proto.videocatalog.ReadCaptionsResponse;
import dev.caravan.proto.videocatalog.ReadCaptionsResponseData;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers that show captions and chapters, of each RPC that does; each of one row. */
@Component
class AnswerCaptions {

    private static final String SUCCESS = "Success";

    private final Rows rows;

    AnswerCaptions(Rows rows) {
        this.rows = rows;
    }

    public PutCaptionsResponse put(@Body List<Map<String, @Nullable Object>> found) {
        return PutCaptionsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(PutCaptionsResponseData.newBuilder().addAllCaptions(rows.captions(found.get(0))))
                .build();
    }

    public FindCaptionsResponse find(@Body List<Map<String, @Nullable Object>> found) {
        return FindCaptionsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindCaptionsResponseData.newBuilder().addAllCaptions(rows.captions(found.get(0))))
                .build();
    }

    /** @throws Fault {@code NOT_FOUND} when the video has none in this language */
    public ReadCaptionsResponse read(@Body List<Map<String, @Nullable Object>> found) {
        if (!(found.get(0).get("content") instanceof String content)) {
            throw Fault.notFound("CAPTIONS_UNKNOWN", "There are no such captions.");
        }
        return ReadCaptionsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ReadCaptionsResponseData.newBuilder().setContent(content))
                .build();
    }

    public PutChaptersResponse putChapters(@Body List<Map<String, @Nullable Object>> found) {
        return PutChaptersResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(PutChaptersResponseData.newBuilder().addAllChapters(rows.chapters(found.get(0))))
                .build();
    }

    public FindChaptersResponse findChapters(@Body List<Map<String, @Nullable Object>> found) {
        return FindChaptersResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindChaptersResponseData.newBuilder().addAllChapters(rows.chapters(found.get(0))))
                .build();
    }
}
