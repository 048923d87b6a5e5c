package dev.caravan.upload.media;

import java.util.List;
import java.util.Set;

/**
 * Containers of video and of sound by their first bytes: those that the encoder reads (MP4 and QuickTime, Matroska and
 * WebM, MPEG-TS and -PS, AVI, FLV, Ogg, ASF, GIF; MP3, AAC, FLAC, WAV, AIFF, AC-3, AMR). It keeps out what is obviously
 * something else; what is in the container is for the encoder to find out.
 */
public final class VideoSignature {

    /** How many bytes are looked at. */
    public static final int LENGTH = 64 * 1024;

    /** Atoms that a QuickTime file may begin with; since MP4 it is ftyp. */
    private static final Set<String> FIRST_ATOMS = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /** Brands of images in the same container: HEIF and AVIF. */
    private static final List<String> IMAGE_BRANDS = List.of("hei", "hev", "mif1", "msf1", "avif", "avis");

    /** Plain, with a time stamp before each (Blu-ray, camcorders), with a checksum behind each (broadcast). */
    private static final int[] TS_PACKETS = {188, 192, 204};

    private static final int TS_PACKETS_IN_A_ROW = 5;
    private static final int LARGEST_PACK = 8 * 1024;
    private static final int EBML_HEADER = 128;

    private VideoSignature() {}

    /** @param file its first {@link #LENGTH} bytes, or all of it */
    public static boolean matches(byte[] file) {
        return isMp4(file)
                || isMatroska(file)
                || isTransportStream(file)
                || isProgramStream(file)
                || (Bytes.at(file, 0, "RIFF") && Bytes.at(file, 8, "AVI "))
                || Bytes.at(file, 0, "FLV\u0001")
                || Bytes.at(file, 0, "OggS\0")
                || Bytes.at(
                        file,
                        0,
                        "\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011\u00a6\u00d9\0\u00aa\0\u0062\u00ce\u006c")
                || ImageSignature.typeOf(file).filter("image/gif"::equals).isPresent()
                || isSound(file);
    }

    private static boolean isSound(byte[] file) {
        boolean chunks = Bytes.at(file, 0, "RIFF") || Bytes.at(file, 0, "RF64");
        return chunks && Bytes.at(file, 8, "WAVE")
                || Bytes.at(file, 0, "riff\u002e\u0091\u00cf\u0011")
                || Bytes.at(file, 0, "FORM") && (Bytes.at(file, 8, "AIFF") || Bytes.at(file, 8, "AIFC"))
                || Bytes.at(file, 0, "fLaC")
                || Bytes.at(file, 0, "#!AMR")
                || Bytes.at(file, 0, "\u000bw")
                // What precedes an MP3, and at times an AAC or a FLAC.
                || Bytes.at(file, 0, "ID3")
                || isMpegSound(file);
    }

    /** Eleven bits set, then a version and a layer (none for AAC) that exist. */
    private static boolean isMpegSound(byte[] file) {
        if (file.length < 3 || (file[0] & 0xff) != 0xff || (file[1] & 0xe0) != 0xe0) {
            return false;
        }
        int version = file[1] >> 3 & 3;
        int layer = file[1] >> 1 & 3;
        if (layer == 0) {
            return (file[1] & 0xf0) == 0xf0;
        }
        return version != 1 && layer != 3 && (file[2] & 0xf0) != 0xf0 && (file[2] & 0x0c) != 0x0c;
    }

    private static boolean isMp4(byte[] file) {
        return FIRST_ATOMS.stream().anyMatch(atom -> Bytes.at(file, 4, atom))
                && !(Bytes.at(file, 4, "ftyp") && IMAGE_BRANDS.stream().anyMatch(brand -> Bytes.at(file, 8, brand)));
    }

    private static boolean isMatroska(byte[] file) {
        return Bytes.at(file, 0, "\u001a\u0045\u00df\u00a3")
                && (Bytes.before(file, EBML_HEADER, "matroska") || Bytes.before(file, EBML_HEADER, "webm"));
    }

    /** A capture may begin in the middle of a packet. */
    private static boolean isTransportStream(byte[] file) {
        for (int packet : TS_PACKETS) {
            for (int offset = 0; offset < packet; offset++) {
                if (areInARow(file, offset, packet)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean areInARow(byte[] file, int offset, int packet) {
        for (int i = 0; i < TS_PACKETS_IN_A_ROW; i++) {
            if (!Bytes.at(file, offset + i * packet, "G")) {
                return false;
            }
        }
        return true;
    }

    /** A capture may begin in the middle of a pack: then two begin soon. */
    private static boolean isProgramStream(byte[] file) {
        if (isPack(file, 0)) {
            return true;
        }
        int packs = 0;
        for (int at = 1; at < 2 * LARGEST_PACK && packs < 2; at++) {
            packs += isPack(file, at) ? 1 : 0;
        }
        return packs == 2;
    }

    private static boolean isPack(byte[] file, int at) {
        return Bytes.at(file, at, "\0\0\u0001\u00ba")
                && file.length > at + 4
                && ((file[at + 4] & 0xc0) == 0x40 || (file[at + 4] & 0xf0) == 0x20);
    }
}
