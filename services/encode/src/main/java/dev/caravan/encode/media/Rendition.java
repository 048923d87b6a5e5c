package dev.caravan.encode.media;

/**
 * One of the qualities that a player chooses from.
 *
 * @param bitrate bits a second at most, picture and sound together
 * @param codecs of picture and sound, as in RFC 6381
 */
public record Rendition(int width, int height, long bitrate, String codecs) {}
