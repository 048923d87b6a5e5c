package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the HLS playlists of what a DASH manifest offers (RFC 8216): the same files, with the same lengths. */
final class HlsWriter {

    /** Shaka takes 0 for nothing that was said, and begins at the end. */
    private static final String START = "\n#EXT-X-START:TIME-OFFSET=0.001";

    private static final String BEGIN = "#EXTM3U\n#EXT-X-VERSION:7\n";

    private final Presentation presentation;
    private final List<SoundGroup> groups;

    /** @param sounds what viewers choose by, of each sound of the presentation */
    HlsWriter(Presentation presentation, List<SoundGroup.Member> sounds) {
        this.presentation = presentation;
        this.groups = groups(sounds);
    }

    /** All playlists of what nothing more comes to, by their names. */
    Map<String, String> ended() {
        return playlists(null);
    }

    /**
     * All playlists of what grows, by their names; players begin at its beginning.
     *
     * @param longest whole seconds that no segment is longer than, now and later
     */
    Map<String, String> growing(int longest) {
        return playlists(longest);
    }

    private Map<String, String> playlists(@Nullable Integer longest) {
        Map<String, String> playlists = new LinkedHashMap<>();
        for (Track track : presentation.tracks()) {
            playlists.put(playlist(track), media(track, longest));
        }
        playlists.put(EncodeCommand.HLS, master());
        return playlists;
    }

    /** The name of a track's playlist. */
    static String playlist(Track track) {
        return "media_" + track.id() + ".m3u8";
    }

    /** All with the same members, in 5.1 where there is any: who has but stereo is in both. */
    private static List<SoundGroup> groups(List<SoundGroup.Member> sounds) {
        List<SoundGroup.Member> stereo =
                sounds.stream().filter(sound -> !sound.sound().isSurround()).toList();
        List<SoundGroup.Member> surround = stereo.stream()
                .map(sound -> sounds.stream()
                        .filter(other -> other.sound().isSurround()
                                && other.sound().label().equals(sound.sound().label()))
                        .findFirst()
                        .orElse(sound))
                .toList();
        List<SoundGroup> groups = new ArrayList<>();
        if (!stereo.isEmpty()) {
            groups.add(new SoundGroup("stereo", stereo));
        }
        if (!surround.equals(stereo)) {
            groups.add(new SoundGroup("surround", surround));
        }
        return groups;
    }

    /** Each picture once with each group of sounds. */
    private String master() {
        StringBuilder master = new StringBuilder(BEGIN).append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        groups.forEach(
                group -> group.lines().forEach(line -> master.append(line).append('\n')));
        if (groups.isEmpty()) {
            variants(null, master);
        }
        groups.forEach(group -> variants(group, master));
        return master.toString();
    }

    private void variants(@Nullable SoundGroup group, StringBuilder master) {
        Stream<String> heard = group == null
                ? Stream.of()
                : presentation.sounds().stream().map(Track::codecs).distinct();
        List<String> sounds = heard.toList();
        for (Track picture : presentation.pictures()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            long bitrate = picture.bitrate() + (group == null ? 0 : group.bitrate());
            attributes.put("BANDWIDTH", Long.toString(bitrate));
            attributes.put("RESOLUTION", picture.name());
            attributes.put(
                    "CODECS",
                    HlsTag.quoted(Stream.concat(Stream.of(picture.codecs()), sounds.stream())
                            .collect(Collectors.joining(","))));
            if (group != null) {
                attributes.put("AUDIO", HlsTag.quoted(group.name()));
            }
            master.append(new HlsTag("#EXT-X-STREAM-INF", attributes)).append('\n');
            master.append(playlist(picture)).append('\n');
        }
    }

    private static String media(Track track, @Nullable Integer longest) {
        long rounded = track.segments().stream()
                .mapToLong(segment -> Math.round(track.seconds(segment.duration())))
                .max()
                .orElse(1);
        StringBuilder playlist = new StringBuilder(BEGIN)
                .append("#EXT-X-TARGETDURATION:")
                .append(Objects.requireNonNullElse(longest, Math.toIntExact(Math.max(1, rounded))))
                .append("\n#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:")
                .append(longest == null ? "VOD" : "EVENT")
                .append(longest == null ? "" : START)
                .append("\n#EXT-X-MAP:URI=")
                .append(HlsTag.quoted(track.init()))
                .append('\n');
        for (Segment segment : track.segments()) {
            playlist.append(String.format(Locale.ROOT, "#EXTINF:%.6f,\n", track.seconds(segment.duration())))
                    .append(segment.file())
                    .append('\n');
        }
        return playlist.append(longest == null ? "#EXT-X-ENDLIST\n" : "").toString();
    }
}
