package dev.caravan.encode.media;

/**
 * The sound of a file.
 *
 * @param index of the stream in its file
 * @param channels as declared; 0 when unknown
 * @param arranged whether it says which channel is left, right and so on, or has so few that it is clear
 * @param preferred whether the file marks it as the one to play
 * @param span when it is heard
 */
public record AudioStream(int index, int channels, boolean arranged, boolean preferred, Span span) {

    AudioStream at(Span when) {
        return new AudioStream(index, channels, arranged, preferred, when);
    }
}
