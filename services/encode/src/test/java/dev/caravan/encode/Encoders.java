package dev.caravan.encode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.encoder.Verifier;
import dev.caravan.encode.ffmpeg.JailMode;
import dev.caravan.encode.ffmpeg.JailSearch;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Losses;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.RenditionGroup;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Encoders as the service has them, but for speed, on the ffmpegs of this machine. */
final class Encoders {

    private Encoders() {}

    static FfmpegBinaries bundled() {
        return FfmpegBinaries.locate(Path.of(System.getProperty("caravan.root"), "target", "embedded-binaries"));
    }

    /**
     * What of a corpus goes through one ffmpeg: all of it through ours, and every third file through the machine's own; with {@code
     * -Dcorpora=whole} all of it through both.
     */
    static <T> List<T> share(FfmpegBinaries binaries, List<T> corpus) {
        if (binaries.equals(bundled()) || System.getProperty("corpora", "").equals("whole")) {
            return corpus;
        }
        return IntStream.range(0, corpus.size())
                .filter(index -> index % 3 == 0)
                .mapToObj(corpus::get)
                .toList();
    }

    /** The bundled one, and the system's where there is one: what is right does not depend on it. */
    static Stream<FfmpegBinaries> all() {
        return Stream.of(bundled(), FfmpegBinaries.system())
                .filter(Objects::nonNull)
                .distinct();
    }

    static boolean hasSystem() {
        return FfmpegBinaries.system() != null;
    }

    static FfmpegBinaries system() {
        return Objects.requireNonNull(FfmpegBinaries.system());
    }

    /** In the strongest jail that this machine has. */
    static Programs programs(FfmpegBinaries binaries) {
        return new JailSearch(
                        10, binaries.ffmpeg().toString(), binaries.ffprobe().toString(), binaries.environment())
                .find(JailMode.PREFERRED, false);
    }

    /** As the service does: the smallest size first. */
    static EncodedVideo encode(Encoder encoder, Path source, Path folder, Path output, Plan plan)
            throws IOException, InterruptedException {
        Losses losses = null;
        for (RenditionGroup group : plan.groups(1)) {
            losses = encoder.encode(source, folder, output, plan, group, progress -> {});
        }
        return encoder.finish(output, plan, Objects.requireNonNull(losses));
    }

    static Encoder of(EncodeProperties properties, Programs programs) {
        return new Encoder(
                properties,
                properties.limits(),
                programs,
                new ObjectMapper(),
                OpenTelemetry.noop().getTracer("test"));
    }

    static Verifier verifier(EncodeProperties properties, Programs programs) {
        return new Verifier(properties, programs, OpenTelemetry.noop().getTracer("test"));
    }

    /**
     * The defaults of the product, but for speed.
     *
     * @param folder for what is temporary
     */
    static EncodeProperties properties(FfmpegBinaries binaries, Path folder, Map<String, Object> changes)
            throws IOException {
        Map<String, Object> own = new HashMap<>();
        own.put("encode.ffmpeg", binaries.ffmpeg().toString());
        own.put("encode.ffprobe", binaries.ffprobe().toString());
        own.put("encode.style.preset", "ultrafast");
        own.put("encode.max-duration", "1h");
        own.put("encode.max-memory", "1GB");
        own.put("java.io.tmpdir", folder.toString());
        own.putAll(changes);
        List<PropertySource<?>> sources = new ArrayList<>(List.of(new MapPropertySource("own", own)));
        sources.addAll(new YamlPropertySourceLoader().load("encode", new ClassPathResource("config/encode.yaml")));
        return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bind("encode", EncodeProperties.class)
                .get();
    }
}
