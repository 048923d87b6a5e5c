package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.FindSitemapResponse;
import dev.caravan.proto.videocatalog.FindSitemapResponseData;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What search engines are told of. */
@Component
class AnswerSitemap {

    private final Rows rows;

    AnswerSitemap(Rows rows) {
        this.rows = rows;
    }

    public FindSitemapResponse pages(@Body List<Map<String, @Nullable Object>> found) {
        FindSitemapResponseData.Builder data = FindSitemapResponseData.newBuilder();
        found.forEach(row -> data.addPages(Rows.number(row, "page")));
        return answer(data);
    }

    public FindSitemapResponse page(@Body List<Map<String, @Nullable Object>> found) {
        FindSitemapResponseData.Builder data = FindSitemapResponseData.newBuilder();
        found.forEach(row -> data.addVideos(rows.sitemapVideo(row)));
        return answer(data);
    }

    private static FindSitemapResponse answer(FindSitemapResponseData.Builder data) {
        return FindSitemapResponse.newBuilder()
                .setMessage("Success")
                .setData(data)
                .build();
    }
}
