package dev.caravan.encode.presentation;

import dev.caravan.encode.media.SoundRendition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sounds that a picture of HLS can be heard with. All groups of a video have the same members, as HLS wants it: in
 * the one with 5.1 a sound that has but stereo is the same as in the other.
 *
 * @param name of the group
 * @param members in the order in which viewers are shown them
 */
record SoundGroup(String name, List<Member> members) {

    private static final String DESCRIBES = "public.accessibility.describes-video";

    /**
     * A sound in it.
     *
     * @param sound what viewers choose it by
     * @param track what is heard
     */
    record Member(SoundRendition sound, Track track) {}

    /** Bits a second of the one that takes most. */
    long bitrate() {
        return members.stream()
                .mapToLong(member -> member.track().bitrate())
                .max()
                .orElse(0);
    }

    /** Lines of the playlist that names the others. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Set<List<Object>> chosenByItself = new HashSet<>();
        for (Member member : members) {
            SoundRendition sound = member.sound();
            // A player chooses among those that differ in this: the first of each.
            boolean automatic = chosenByItself.add(List.of(sound.language(), sound.description()));
            lines.add(tag(member, automatic).toString());
        }
        return lines;
    }

    private HlsTag tag(Member member, boolean automatic) {
        SoundRendition sound = member.sound();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("TYPE", "AUDIO");
        attributes.put("GROUP-ID", HlsTag.quoted(name));
        attributes.put("NAME", HlsTag.quoted(sound.label()));
        if (!sound.language().isEmpty()) {
            attributes.put("LANGUAGE", HlsTag.quoted(sound.language()));
        }
        attributes.put("DEFAULT", sound.isDefault() ? "YES" : "NO");
        attributes.put("AUTOSELECT", automatic ? "YES" : "NO");
        attributes.put("CHANNELS", HlsTag.quoted(Integer.toString(member.track().channels())));
        if (sound.description()) {
            attributes.put("CHARACTERISTICS", HlsTag.quoted(DESCRIBES));
        }
        attributes.put("URI", HlsTag.quoted(HlsWriter.playlist(member.track())));
        return new HlsTag("#EXT-X-MEDIA", attributes);
    }
}
