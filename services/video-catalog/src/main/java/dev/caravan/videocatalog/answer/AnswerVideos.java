package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.FindAllResponse;
import dev.caravan.proto.videocatalog.FindAllResponseData;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.FindMineResponse;
import dev.caravan.proto.videocatalog.FindMineResponseData;
import dev.caravan.proto.videocatalog.RestoreResponse;
import dev.caravan.proto.videocatalog.RestoreResponseData;
import dev.caravan.proto.videocatalog.UpdateResponse;
import dev.caravan.proto.videocatalog.UpdateResponseData;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.videocatalog.owner.OwnersOfVideos;
import dev.caravan.videocatalog.query.Listed;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers that show videos, of each RPC that does. */
@Component
class AnswerVideos {

    private static final String SUCCESS = "Success";

    private final Rows rows;

    AnswerVideos(Rows rows) {
        this.rows = rows;
    }

    public FindAllResponse findAll(
            @Body List<Map<String, @Nullable Object>> found,
            @Variable(OwnersOfVideos.VARIABLE) OwnersOfVideos owners,
            @Variable(Listed.VARIABLE) Listed listed) {
        FindAllResponseData.Builder data = FindAllResponseData.newBuilder().addAllVideos(videos(found, owners));
        listed.into(data::setPage, data::setSize, data::setTotal, data::setTotalExact, data::setCursor);
        return FindAllResponse.newBuilder().setMessage(SUCCESS).setData(data).build();
    }

    public FindMineResponse findMine(
            @Body List<Map<String, @Nullable Object>> found,
            @Variable(OwnersOfVideos.VARIABLE) OwnersOfVideos owners,
            @Variable(Listed.VARIABLE) Listed listed) {
        FindMineResponseData.Builder data = FindMineResponseData.newBuilder().addAllVideos(videos(found, owners));
        listed.into(data::setPage, data::setSize, data::setTotal, data::setTotalExact, data::setCursor);
        return FindMineResponse.newBuilder().setMessage(SUCCESS).setData(data).build();
    }

    public FindByIdResponse findById(
            @Body List<Map<String, @Nullable Object>> found, @Variable(OwnersOfVideos.VARIABLE) OwnersOfVideos owners) {
        return FindByIdResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindByIdResponseData.newBuilder()
                        .setVideo(videos(found, owners).get(0))
                        .setManifestUrl(rows.manifestUrl(found.get(0)))
                        .setHlsUrl(rows.hlsUrl(found.get(0)))
                        .setStoryboardUrl(rows.storyboardUrl(found.get(0)))
                        .addAllCaptions(rows.captions(found.get(0)))
                        .addAllChapters(rows.chapters(found.get(0)))
                        .addAllAudioTracks(rows.audioTracks(found.get(0))))
                .build();
    }

    public UpdateResponse update(
            @Body List<Map<String, @Nullable Object>> found, @Variable(OwnersOfVideos.VARIABLE) OwnersOfVideos owners) {
        return UpdateResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(UpdateResponseData.newBuilder()
                        .setVideo(videos(found, owners).get(0)))
                .build();
    }

    public RestoreResponse restore(
            @Body List<Map<String, @Nullable Object>> found, @Variable(OwnersOfVideos.VARIABLE) OwnersOfVideos owners) {
        return RestoreResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(RestoreResponseData.newBuilder()
                        .setVideo(videos(found, owners).get(0)))
                .build();
    }

    private List<Video> videos(List<Map<String, @Nullable Object>> found, OwnersOfVideos owners) {
        return found.stream()
                .map(row -> rows.video(row, owners.find(Rows.number(row, "user_id"))))
                .toList();
    }
}
