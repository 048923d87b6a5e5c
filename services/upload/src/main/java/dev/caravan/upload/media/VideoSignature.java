package dev.caravan.upload.media;

import java.util.List;
import java.util.Set;

/**
 * Containers of video by their first bytes: those that the encoder reads (MP4 and QuickTime, Matroska and WebM, MPEG-TS
 * and -PS, AVI, FLV, Ogg, ASF). It keeps out what is obviously something else; what is in the container is for the
 * encoder to find out.
 */
public final class VideoSignature {

    /** How many bytes are looked at. */
    public static final int LENGTH = 64 * 1024;

    /** Atoms that a QuickTime file may begin with; since MP4 it is ftyp. */
    private static final Set<String> FIRST_ATOMS = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /** Brands of images in the same container: HEIF and AVIF. */
    private static final List<String> IMAGE_BRANDS = List.of("hei", "hev", "mif1", "msf1", "avif", "avis");

    private static final int TS_PACKET = 188;
    private static final int EBML_HEADER = 128;

    private VideoSignature() {}

    /** @param file its first {@link #LENGTH} bytes, or all of it */
    public static boolean matches(byte[] file) {
        return isMp4(file)
                || isMatroska(file)
                || isTransportStream(file, 0, TS_PACKET)
                // Blu-ray's and camcorders' packets have a time stamp before them.
                || isTransportStream(file, 4, TS_PACKET + 4)
                || Bytes.at(file, 0, "\0\0\u0001\u00ba")
                || (Bytes.at(file, 0, "RIFF") && Bytes.at(file, 8, "AVI "))
                || Bytes.at(file, 0, "FLV\u0001")
                || Bytes.at(file, 0, "OggS\0")
                || Bytes.at(
                        file,
                        0,
                        "\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011\u00a6\u00d9\0\u00aa\0\u0062\u00ce\u006c");
    }

    private static boolean isMp4(byte[] file) {
        return FIRST_ATOMS.stream().anyMatch(atom -> Bytes.at(file, 4, atom))
                && !(Bytes.at(file, 4, "ftyp") && IMAGE_BRANDS.stream().anyMatch(brand -> Bytes.at(file, 8, brand)));
    }

    private static boolean isMatroska(byte[] file) {
        return Bytes.at(file, 0, "\u001a\u0045\u00df\u00a3")
                && (Bytes.before(file, EBML_HEADER, "matroska") || Bytes.before(file, EBML_HEADER, "webm"));
    }

    private static boolean isTransportStream(byte[] file, int offset, int packet) {
        return Bytes.at(file, offset, "G")
                && Bytes.at(file, offset + packet, "G")
                && Bytes.at(file, offset + 2 * packet, "G");
    }
}
