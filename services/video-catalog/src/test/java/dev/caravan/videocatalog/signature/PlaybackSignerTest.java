package dev.caravan.videocatalog.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybackSignerTest {

    private static final Duration LIFETIME = Duration.ofHours(4);
    private static final Duration STEP = LIFETIME.dividedBy(16);
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void opensAFolderByOneSignature(String algorithm) {
        SigningKey key = SigningKey.create(algorithm);

        SignedUrl signed = SignedUrl.parse(signer(key, NOW).urlInFolder("encoded-videos/v", "master.mpd"));

        assertThat(signed.url()).isEqualTo("https://cdn.example.com/encoded-videos/v/master.mpd");
        assertThat(signed.parameters()).containsOnlyKeys("Policy", "Signature", "Key-Pair-Id");
        assertThat(signed.parameters()).containsEntry("Key-Pair-Id", "K1");
        assertThat(signed.resource()).isEqualTo("https://cdn.example.com/encoded-videos/v/*");
        assertThat(signed.isSignedBy(key)).isTrue();
        assertThat(signed.isSignedBy(SigningKey.create(algorithm))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void opensOneObjectAlone(String algorithm) {
        SigningKey key = SigningKey.create(algorithm);

        SignedUrl signed = SignedUrl.parse(signer(key, NOW).urlOfPicture("encoded-videos/v-1/poster.jpg"));

        assertThat(signed.url()).isEqualTo("https://cdn.example.com/encoded-videos/v-1/poster.jpg");
        assertThat(signed.parameters()).containsOnlyKeys("Expires", "Signature", "Key-Pair-Id");
        assertThat(signed.isSignedBy(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void opensAllSizesOfAPictureAndNothingElseByOneSignature(String algorithm) {
        SigningKey key = SigningKey.create(algorithm);
        PlaybackSigner signer = signer(key, NOW);

        SignedUrl large = SignedUrl.parse(signer.urlOfPicture("encoded-videos/v-1/2/thumbnail-1280.jpg"));
        SignedUrl small = SignedUrl.parse(signer.urlOfPicture("encoded-videos/v-1/2/thumbnail-320.webp"));

        assertThat(large.url()).isEqualTo("https://cdn.example.com/encoded-videos/v-1/2/thumbnail-1280.jpg");
        assertThat(large.resource()).isEqualTo("https://cdn.example.com/encoded-videos/v-1/2/thumbnail-*");
        assertThat(large.isSignedBy(key)).isTrue();
        assertThat(small.parameters()).isEqualTo(large.parameters());
    }

    @Test
    void saysTheQueryThatAFoldersUrlHas() {
        PlaybackSigner signer = signer(SigningKey.create("RSA"), NOW);

        assertThat(signer.urlInFolder("encoded-videos/v", "a"))
                .endsWith("/a?" + signer.folderQuery("encoded-videos/v"));
    }

    @Test
    void endsWithinTheLifetimeAndNotMuchSooner() {
        SigningKey key = SigningKey.create("EC");
        for (int seconds = 0; seconds < 2 * STEP.toSeconds(); seconds += 61) {
            Instant now = NOW.plusSeconds(seconds);
            Duration left = Duration.between(
                    now,
                    SignedUrl.parse(signer(key, now).urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg"))
                            .until());
            assertThat(left).isBetween(LIFETIME.minus(STEP), LIFETIME);
        }
    }

    @Test
    void staysTheSameForAWhile() {
        SigningKey key = SigningKey.create("RSA");
        Instant begin = Instant.ofEpochSecond(NOW.getEpochSecond() / STEP.toSeconds() * STEP.toSeconds());

        String first = signer(key, begin).urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg");

        assertThat(signer(key, begin.plus(STEP).minusMillis(1)).urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg"))
                .isEqualTo(first);
        assertThat(signer(key, begin.plus(STEP)).urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg"))
                .isNotEqualTo(first);
    }

    /** A signature by ECDSA is another one each time that it is made. */
    @Test
    void signsOnce() {
        PlaybackSigner signer = signer(SigningKey.create("EC"), NOW);

        assertThat(signer.urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg"))
                .isEqualTo(signer.urlOfPicture("encoded-videos/v-1/1/thumbnail-640.jpg"));
        assertThat(signer.folderQuery("encoded-videos/v")).isEqualTo(signer.folderQuery("encoded-videos/v"));
        assertThat(signer.folderQuery("encoded-videos/v")).isNotEqualTo(signer.folderQuery("encoded-videos/w"));
    }

    @Test
    void asksForALifetimeThatAPlayerCanUse() {
        assertThatThrownBy(() -> new CdnProperties("http://cdn", "K1", "key.pem", Duration.ofSeconds(119)))
                .hasMessageContaining("cdn.url-lifetime");
    }

    private static PlaybackSigner signer(SigningKey key, Instant now) {
        return new PlaybackSigner(
                new CdnProperties("https://cdn.example.com/", "K1", "key.pem", LIFETIME),
                key.keys().getPrivate(),
                Clock.fixed(now, ZoneOffset.UTC));
    }
}
