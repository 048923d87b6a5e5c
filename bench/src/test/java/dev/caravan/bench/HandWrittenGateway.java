package dev.caravan.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.caravan.proto.auth.AuthenticationServiceGrpc;
import dev.caravan.proto.auth.AuthenticationServiceGrpc.AuthenticationServiceBlockingStub;
import dev.caravan.proto.auth.VerifyTokenRequest;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.github.bucket4j.Bucket;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.JvmMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.web.tomcat.TomcatMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The gateway's GET of a video as a good programmer writes it without Camel: Spring MVC, blocking stubs, Jackson, with the same
 * meters of both sides, limits, checks, deadline, repetitions and headers.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CompositeMeterRegistryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    JvmMetricsAutoConfiguration.class,
    MetricsAutoConfiguration.class,
    ObservationAutoConfiguration.class,
    PrometheusMetricsExportAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    TomcatMetricsAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    WebMvcObservationAutoConfiguration.class
})
public class HandWrittenGateway {

    static final String PORT = "GATEWAY_PORT";
    static final String ADDRESS = "STUB_ADDRESS";

    private static final String REQUEST_ID = "x-request-id";
    private static final String CALLER = "caller";
    private static final int RATE = 1_000_000_000;

    private static final Map<String, ?> REPEATED = Map.of(
            "methodConfig",
            List.of(Map.of(
                    "name",
                    List.of(
                            Map.of("service", VideoCatalogServiceGrpc.SERVICE_NAME),
                            Map.of("service", AuthenticationServiceGrpc.SERVICE_NAME)),
                    "retryPolicy",
                    Map.of(
                            "maxAttempts",
                            3.0,
                            "initialBackoff",
                            "0.1s",
                            "maxBackoff",
                            "1s",
                            "backoffMultiplier",
                            3.0,
                            "retryableStatusCodes",
                            List.of("UNAVAILABLE", "UNKNOWN")))));

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(HandWrittenGateway.class);
        application.setDefaultProperties(Map.of(
                "spring.config.name", "none",
                "server.address", "127.0.0.1",
                "server.port", System.getenv(PORT),
                "server.compression.enabled", "true",
                "server.tomcat.max-keep-alive-requests", "-1"));
        application.run(args);
    }

    @Bean
    ManagedChannel channel(MeterRegistry meters) {
        return NettyChannelBuilder.forTarget("dns:///" + System.getenv(ADDRESS))
                .usePlaintext()
                .intercept(new MetricCollectingClientInterceptor(meters))
                .defaultLoadBalancingPolicy("round_robin")
                .defaultServiceConfig(REPEATED)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .build();
    }

    @Bean
    RequestFilter requestFilter() {
        return new RequestFilter();
    }

    /** A minute's requests of each. */
    private static final class Limit {

        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .expireAfterAccess(Duration.ofMinutes(1))
                .maximumSize(100_000)
                .build();

        boolean admits(String key) {
            return buckets.get(key, absent -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(RATE).refillGreedy(RATE, Duration.ofMinutes(1)))
                            .build())
                    .tryConsume(1);
        }
    }

    /** Names each request, and lets in those of an address that has not sent too many. */
    static final class RequestFilter extends OncePerRequestFilter {

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

        private final Limit addresses = new Limit();

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String id = request.getHeader(REQUEST_ID);
            if (id == null || !ID.matcher(id).matches()) {
                id = UUID.randomUUID().toString();
            }
            response.setHeader(REQUEST_ID, id);
            response.setHeader("X-Content-Type-Options", "nosniff");
            request.setAttribute(REQUEST_ID, id);
            if (!addresses.admits(request.getRemoteAddr())) {
                response.sendError(429);
                return;
            }
            MDC.put("request", id);
            try {
                chain.doFilter(request, response);
            } finally {
                MDC.clear();
            }
        }
    }

    /** The operation. */
    @RestController
    static final class Videos {

        private static final Metadata.Key<String> ID = key(REQUEST_ID);
        private static final Metadata.Key<String> ADDRESS_KEY = key("x-client-address");
        private static final Metadata.Key<String> USER = key("x-user-id");
        private static final Metadata.Key<String> ROLE = key("x-user-role");
        private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

        private final VideoCatalogServiceBlockingStub catalog;
        private final AuthenticationServiceBlockingStub authentication;
        private final Limit users = new Limit();

        Videos(ManagedChannel channel) {
            catalog = VideoCatalogServiceGrpc.newBlockingStub(channel);
            authentication = AuthenticationServiceGrpc.newBlockingStub(channel);
        }

        private static Metadata.Key<String> key(String name) {
            return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        }

        @GetMapping(path = "/videos/{id}", produces = "application/json")
        ResponseEntity<?> find(
                @PathVariable int id,
                @RequestHeader(name = "Authorization", required = false) String authorization,
                HttpServletRequest request) {
            if (id < 1) {
                return ResponseEntity.badRequest()
                        .body(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "id must be 1 or more"));
            }
            Metadata metadata = new Metadata();
            metadata.put(ID, (String) request.getAttribute(REQUEST_ID));
            metadata.put(ADDRESS_KEY, request.getRemoteAddr());
            if (authorization != null) {
                metadata.put(AUTHORIZATION, authorization);
                var user = authentication
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                        .withDeadlineAfter(5, TimeUnit.SECONDS)
                        .verifyToken(VerifyTokenRequest.getDefaultInstance())
                        .getData()
                        .getUser();
                String caller = String.valueOf(user.getId());
                metadata.put(USER, caller);
                metadata.put(ROLE, user.getRole());
                MDC.put(CALLER, caller);
                if (!users.admits(caller)) {
                    return ResponseEntity.status(429).build();
                }
            }
            FindByIdResponse answer = catalog.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .findById(FindByIdRequest.newBuilder().setId(id).build());
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .eTag("\"" + answer.getData().getVideo().getRevision() + "\"")
                    .body(new Envelope(
                            answer.getMessage(),
                            new Playback(
                                    VideoView.of(answer.getData().getVideo()),
                                    answer.getData().getManifestUrl(),
                                    answer.getData().getHlsUrl(),
                                    answer.getData().getCaptionsList().stream()
                                            .map(each -> new CaptionView(
                                                    each.getLanguage(),
                                                    each.getLabel(),
                                                    each.getDefault(),
                                                    each.getCues(),
                                                    each.getUrl()))
                                            .toList(),
                                    answer.getData().getChaptersList().stream()
                                            .map(each -> new ChapterView(each.getSeconds(), each.getTitle()))
                                            .toList())));
        }

        @ExceptionHandler
        ResponseEntity<ProblemDetail> failed(StatusRuntimeException failure) {
            HttpStatus status =
                    switch (failure.getStatus().getCode()) {
                        case NOT_FOUND -> HttpStatus.NOT_FOUND;
                        case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
                        case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
                        case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
                        default -> HttpStatus.INTERNAL_SERVER_ERROR;
                    };
            return ResponseEntity.status(status)
                    .body(ProblemDetail.forStatusAndDetail(
                            status, String.valueOf(failure.getStatus().getDescription())));
        }
    }

    record Envelope(String message, Playback data) {}

    record Playback(
            VideoView video,
            @JsonProperty("manifest_url") String manifestUrl,
            @JsonProperty("hls_url") String hlsUrl,
            List<CaptionView> captions,
            List<ChapterView> chapters) {}

    record CaptionView(
            String language,
            String label,
            @JsonProperty("default") boolean isDefault,
            int cues,
            String url) {}

    record ChapterView(double seconds, String title) {}

    record UserView(int id, String name, String image) {}

    record RenditionView(int width, int height, int bitrate, String codecs) {}

    record DownloadFileView(String rendition, int width, int height, long size) {}

    record ThumbnailView(String url, int width, int height, String type) {}

    record VideoView(
            int id,
            String title,
            String description,
            @JsonProperty("thumbnail_url") String thumbnailUrl,
            @JsonProperty("published_at") String publishedAt,
            int duration,
            String resolution,
            UserView user,
            String state,
            int progress,
            String failure,
            List<RenditionView> renditions,
            @JsonProperty("video_id") String videoId,
            @JsonProperty("duration_ms") long durationMs,
            List<String> warnings,
            List<ThumbnailView> thumbnails,
            String visibility,
            @JsonProperty("publish_at") String publishAt,
            List<String> tags,
            String language,
            String licence,
            @JsonProperty("embed_origins") List<String> embedOrigins,
            int revision,
            @JsonProperty("restorable_until") String restorableUntil,
            String downloads,
            @JsonProperty("download_files") List<DownloadFileView> downloadFiles,
            @JsonProperty("playable_until") Double playableUntil) {

        static VideoView of(Video video) {
            return new VideoView(
                    video.getId(),
                    video.getTitle(),
                    video.getDescription(),
                    video.getThumbnailUrl(),
                    video.getPublishedAt(),
                    video.getDuration(),
                    video.getResolution(),
                    new UserView(
                            video.getUser().getId(),
                            video.getUser().getName(),
                            video.getUser().hasImage() ? video.getUser().getImage() : null),
                    video.getState(),
                    video.getProgress(),
                    video.hasFailure() ? video.getFailure() : null,
                    video.getRenditionsList().stream()
                            .map(rendition -> new RenditionView(
                                    rendition.getWidth(),
                                    rendition.getHeight(),
                                    rendition.getBitrate(),
                                    rendition.getCodecs()))
                            .toList(),
                    video.getVideoId(),
                    video.getDurationMs(),
                    List.copyOf(video.getWarningsList()),
                    video.getThumbnailsList().stream()
                            .map(thumbnail -> new ThumbnailView(
                                    thumbnail.getUrl(),
                                    thumbnail.getWidth(),
                                    thumbnail.getHeight(),
                                    thumbnail.getType()))
                            .toList(),
                    video.getVisibility(),
                    video.hasPublishAt() ? video.getPublishAt() : null,
                    List.copyOf(video.getTagsList()),
                    video.hasLanguage() ? video.getLanguage() : null,
                    video.hasLicence() ? video.getLicence() : null,
                    List.copyOf(video.getEmbedOriginsList()),
                    video.getRevision(),
                    video.hasRestorableUntil() ? video.getRestorableUntil() : null,
                    video.getDownloads(),
                    video.getDownloadFilesList().stream()
                            .map(file -> new DownloadFileView(
                                    file.getRendition(), file.getWidth(), file.getHeight(), file.getSize()))
                            .toList(),
                    video.hasPlayableUntil() ? video.getPlayableUntil() : null);
        }
    }
}
