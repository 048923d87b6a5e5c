package dev.caravan.bench;

import dev.caravan.proto.auth.AuthenticationServiceGrpc.AuthenticationServiceImplBase;
import dev.caravan.proto.auth.VerifyTokenRequest;
import dev.caravan.proto.auth.VerifyTokenResponse;
import dev.caravan.proto.auth.VerifyTokenResponseData;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.Rendition;
import dev.caravan.proto.videocatalog.Thumbnail;
import dev.caravan.proto.videocatalog.User;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceImplBase;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;

/** What both gateways ask: services that know every token and every video at once. */
public final class StubServices {

    static final String PORT = "STUB_PORT";

    private static final String CDN = "http://127.0.0.1:4001/encoded-videos/0f8fad5b-d9cb-469f-a165-70867728950e/1/";
    private static final String SIGNATURE = "?Policy=" + "eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoi".repeat(6)
            + "&Signature=" + "q4Zk~x9A".repeat(43) + "&Key-Pair-Id=caravan";

    private StubServices() {}

    public static void main(String[] args) throws Exception {
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv(PORT))))
                .directExecutor()
                .addService(new Catalog())
                .addService(new Authentication())
                .build()
                .start()
                .awaitTermination();
    }

    /** A video as the catalogue shows one: five sizes, two kinds of thumbnails in three sizes. */
    private static Video video(int id) {
        Video.Builder video = Video.newBuilder()
                .setId(id)
                .setTitle("How salt crosses the desert")
                .setDescription("Three weeks with those who walk ahead of the camels. ".repeat(4))
                .setThumbnailUrl(CDN + "poster.jpg" + SIGNATURE)
                .setPublishedAt("2026-05-04T09:12:44.123Z")
                .setDuration(634)
                .setDurationMs(634_533)
                .setResolution("1920x1080")
                .setUser(User.newBuilder().setId(7).setName("Amina"))
                .setState("ready")
                .setProgress(100)
                .setVisibility("public")
                .addTags("desert")
                .setLanguage("en")
                .setRevision(3)
                .setDownloads("none")
                .setVideoId("0f8fad5b-d9cb-469f-a165-70867728950e");
        for (int height : new int[] {1080, 720, 480, 360, 240}) {
            video.addRenditions(Rendition.newBuilder()
                    .setWidth(height * 16 / 9)
                    .setHeight(height)
                    .setBitrate(height * 4000)
                    .setCodecs("avc1.64001f"));
        }
        for (int height : new int[] {720, 360, 180}) {
            for (String kind : new String[] {"jpeg", "webp"}) {
                video.addThumbnails(Thumbnail.newBuilder()
                        .setUrl(CDN + "thumbnail-" + height + "." + kind + SIGNATURE)
                        .setWidth(height * 16 / 9)
                        .setHeight(height)
                        .setType("image/" + kind));
            }
        }
        return video.build();
    }

    private static final class Catalog extends VideoCatalogServiceImplBase {

        private final FindByIdResponse.Builder answer = FindByIdResponse.newBuilder()
                .setMessage("Video found")
                .setData(FindByIdResponseData.newBuilder()
                        .setManifestUrl(CDN + "manifest.mpd" + SIGNATURE)
                        .setHlsUrl(CDN + "master.m3u8" + SIGNATURE));
        private final FindByIdResponse found;

        Catalog() {
            answer.getDataBuilder().setVideo(video(1));
            found = answer.build();
        }

        @Override
        public void findById(FindByIdRequest request, StreamObserver<FindByIdResponse> observer) {
            observer.onNext(found);
            observer.onCompleted();
        }
    }

    private static final class Authentication extends AuthenticationServiceImplBase {

        private static final VerifyTokenResponse KNOWN = VerifyTokenResponse.newBuilder()
                .setMessage("Token valid")
                .setData(VerifyTokenResponseData.newBuilder()
                        .setUser(dev.caravan.proto.auth.User.newBuilder()
                                .setId(7)
                                .setName("Amina")
                                .setEmail("amina@example.org")
                                .setRole("user")))
                .build();

        @Override
        public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> observer) {
            observer.onNext(KNOWN);
            observer.onCompleted();
        }
    }
}
