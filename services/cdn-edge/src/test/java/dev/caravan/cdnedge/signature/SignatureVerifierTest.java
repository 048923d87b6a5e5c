package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.kernel.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final String CDN = "https://cdn.example.com";
    private static final String FOLDER = CDN + "/encoded-videos/v1/";
    private static final String SEGMENT = FOLDER + "seg-1.m4s";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String VIEWER = "203.0.113.9";

    private static final TestSigner RSA = TestSigner.create("K-RSA", "RSA");
    private static final TestSigner EC = TestSigner.create("K-EC", "EC");
    private static final TestSigner STRANGER = TestSigner.create("K-RSA", "RSA");

    private final SignatureVerifier verifier = at(NOW);

    static Stream<TestSigner> signers() {
        return Stream.of(RSA, EC);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void acceptsACannedPolicy(TestSigner signer) {
        assertAllowed(signer.canned(SEGMENT, LATER));
    }

    @ParameterizedTest
    @MethodSource("signers")
    void acceptsACustomPolicyForAFolderOnEachOfItsFiles(TestSigner signer) {
        String query = query(signer.custom(SEGMENT, FOLDER + "*", LATER));
        assertAllowed(FOLDER + "master.mpd?" + query);
        assertAllowed(FOLDER + "v/0/init.mp4?" + query);
        assertRefused(CDN + "/encoded-videos/v2/master.mpd?" + query, Refusal.OTHER_RESOURCE);
        assertRefused(CDN + "/encoded-videos/v11/master.mpd?" + query, Refusal.OTHER_RESOURCE);
    }

    @Test
    void acceptsSignedParametersOfTheUrlAndNoneThatWereAdded() {
        assertAllowed(RSA.canned(SEGMENT + "?size=large&x", LATER));
        assertRefused(RSA.canned(SEGMENT, LATER) + "&size=large", Refusal.BAD_SIGNATURE);
        assertRefused(RSA.custom(SEGMENT, SEGMENT, LATER) + "&size=large", Refusal.OTHER_RESOURCE);
        assertAllowed(RSA.custom(SEGMENT, FOLDER + "*", LATER) + "&size=large");
    }

    @Test
    void acceptsPercentEncodedParameterValues() {
        assertAllowed(
                RSA.custom(SEGMENT, FOLDER + "*", LATER).replace("~", "%7E").replace("_", "%5f"));
    }

    @Test
    void endsAtTheSecondThatThePolicyNames() {
        String url = RSA.canned(SEGMENT, LATER);
        assertThatCode(() -> verify(at(LATER.minusMillis(1)), url, VIEWER)).doesNotThrowAnyException();
        assertThat(refusal(at(LATER), url, VIEWER)).isEqualTo(Refusal.EXPIRED);
        String custom = EC.custom(SEGMENT, FOLDER + "*", LATER);
        assertThat(refusal(at(LATER), custom, VIEWER)).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void beginsAtTheSecondThatThePolicyNames() {
        String url = RSA.custom(SEGMENT, request -> request.activeDate(NOW).expirationDate(LATER));
        assertAllowed(url);
        assertThat(refusal(at(NOW.minusMillis(1)), url, VIEWER)).isEqualTo(Refusal.NOT_YET_VALID);
    }

    @Test
    void allowsOnlyTheAddressesOfThePolicy() {
        String url =
                RSA.custom(SEGMENT, request -> request.ipRange("203.0.113.0/24").expirationDate(LATER));
        assertAllowed(url);
        assertThat(refusal(verifier, url, "203.0.114.9")).isEqualTo(Refusal.OTHER_ADDRESS);
        assertThat(refusal(verifier, url, "2001:db8::1")).isEqualTo(Refusal.OTHER_ADDRESS);
        assertThat(refusal(verifier, url, "not-an-address")).isEqualTo(Refusal.OTHER_ADDRESS);
        String everybody =
                RSA.custom(SEGMENT, request -> request.ipRange("0.0.0.0/0").expirationDate(LATER));
        assertThatCode(() -> verify(verifier, everybody, "2001:db8::1")).doesNotThrowAnyException();
    }

    /** The signature is verified once, the policy weighed each time. */
    @Test
    void refusesASignatureThatItRemembersWhereAndWhenItDoesNotCount() {
        MovingClock clock = new MovingClock();
        SignatureVerifier remembering = at(clock);
        String custom = query(RSA.custom(SEGMENT, request -> request.resourceUrlPattern(FOLDER + "*")
                .ipRange("203.0.113.0/24")
                .expirationDate(LATER)));
        String canned = query(EC.canned(SEGMENT, LATER));
        for (int round = 0; round < 2; round++) {
            assertThatCode(() -> verify(remembering, SEGMENT + "?" + custom, VIEWER))
                    .doesNotThrowAnyException();
            assertThatCode(() -> verify(remembering, SEGMENT + "?" + canned, VIEWER))
                    .doesNotThrowAnyException();
        }
        String other = FOLDER + "seg-2.m4s";
        assertThatCode(() -> verify(remembering, other + "?" + custom, VIEWER)).doesNotThrowAnyException();
        assertThat(refusal(remembering, other + "?" + canned, VIEWER)).isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(remembering, CDN + "/encoded-videos/v2/seg-1.m4s?" + custom, VIEWER))
                .isEqualTo(Refusal.OTHER_RESOURCE);
        assertThat(refusal(remembering, SEGMENT + "?" + custom, "198.51.100.1")).isEqualTo(Refusal.OTHER_ADDRESS);
        assertThat(refusal(remembering, SEGMENT + "?" + custom.replace("K-RSA", "K-EC"), VIEWER))
                .isEqualTo(Refusal.BAD_SIGNATURE);
        clock.now = LATER;
        assertThat(refusal(remembering, SEGMENT + "?" + custom, VIEWER)).isEqualTo(Refusal.EXPIRED);
        assertThat(refusal(remembering, SEGMENT + "?" + canned, VIEWER)).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void refusesAnUnsignedRequest() {
        assertRefused(SEGMENT, Refusal.UNSIGNED);
        assertRefused(SEGMENT + "?size=large", Refusal.UNSIGNED);
    }

    @Test
    void refusesAnotherKeyUnderAKnownId() {
        assertRefused(STRANGER.canned(SEGMENT, LATER), Refusal.BAD_SIGNATURE);
    }

    @Test
    void refusesAnUnknownKey() {
        assertRefused(RSA.canned(SEGMENT, LATER).replace("K-RSA", "K-OTHER"), Refusal.UNKNOWN_KEY);
        assertRefused(RSA.canned(SEGMENT, LATER).replace("K-RSA", "K-EC"), Refusal.BAD_SIGNATURE);
        assertRefused(EC.canned(SEGMENT, LATER).replace("K-EC", "K-RSA"), Refusal.BAD_SIGNATURE);
    }

    @Test
    void refusesAnotherHostOrScheme() {
        assertRefused(RSA.custom(SEGMENT, "https://evil.example.com/*", LATER), Refusal.OTHER_RESOURCE);
        assertRefused(RSA.custom(SEGMENT, SEGMENT.replace("https", "http"), LATER), Refusal.OTHER_RESOURCE);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void refusesWhenAnyCharacterOfTheSignatureIsAltered(TestSigner signer) {
        for (String url : List.of(signer.canned(SEGMENT, LATER), signer.custom(SEGMENT, FOLDER + "*", LATER))) {
            String signature = parameter(url, "Signature");
            for (int i = 0; i < signature.length() - 6; i += 7) {
                char altered = signature.charAt(i) == 'A' ? 'B' : 'A';
                String other = signature.substring(0, i) + altered + signature.substring(i + 1);
                assertThat(refusal(url.replace(signature, other))).isEqualTo(Refusal.BAD_SIGNATURE);
            }
        }
    }

    @Test
    void refusesAnAlteredPolicyOrExpiry() {
        String custom = RSA.custom(SEGMENT, FOLDER + "*", LATER);
        String wider =
                encoded(new String(decoded(parameter(custom, "Policy")), StandardCharsets.UTF_8).replace("/v1/", "/"));
        assertRefused(custom.replace(parameter(custom, "Policy"), wider), Refusal.BAD_SIGNATURE);
        String canned = RSA.canned(SEGMENT, LATER);
        String expires = parameter(canned, "Expires");
        assertRefused(canned.replace(expires, "9" + expires), Refusal.BAD_SIGNATURE);
        assertRefused(canned.replace("seg-1", "seg-2"), Refusal.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Expires=+1", "Expires=0123", "Expires=", "Expires=1e9", "Expires=-1", "Expires", "Expires=%zz"})
    void refusesAnExpiryThatIsNoPlainNumber(String expires) {
        String url = RSA.canned(SEGMENT, LATER);
        assertRefused(url.replace("Expires=" + parameter(url, "Expires"), expires), Refusal.MALFORMED);
    }

    @Test
    void refusesParametersThatAreDoubledMissingOrMixed() {
        String canned = query(RSA.canned(SEGMENT, LATER));
        String custom = query(RSA.custom(SEGMENT, FOLDER + "*", LATER));
        for (String part : (canned + "&" + custom).split("&")) {
            assertRefused(SEGMENT + "?" + canned + "&" + part, Refusal.MALFORMED);
            assertRefused(SEGMENT + "?" + custom + "&" + part, Refusal.MALFORMED);
        }
        for (String query : List.of(canned, custom)) {
            for (String part : query.split("&")) {
                List<String> rest = new ArrayList<>(List.of(query.split("&")));
                rest.remove(part);
                assertRefused(SEGMENT + "?" + String.join("&", rest), Refusal.MALFORMED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%zz", "a b", "+/==", "AAAA=", "____", "A", "AAAAA", "💥", "%00", "-\u0000", "\""})
    void refusesSignaturesAndPoliciesThatAreNotBase64(String text) {
        String url = RSA.custom(SEGMENT, FOLDER + "*", LATER);
        for (String name : List.of("Policy", "Signature")) {
            String altered = url.replace(name + "=" + parameter(url, name), name + "=" + text);
            assertThat(refusal(altered)).isEqualTo(Refusal.MALFORMED);
        }
    }

    @Test
    void refusesBrokenSignatureEncodings() {
        String url = EC.canned(SEGMENT, LATER);
        byte[] der = decoded(parameter(url, "Signature"));
        List<byte[]> broken = new ArrayList<>(List.of(
                new byte[1],
                new byte[] {0x30},
                new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                new byte[] {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00},
                new byte[] {0x30, 0x00},
                new byte[4096]));
        for (int length = 1; length < der.length; length++) {
            broken.add(java.util.Arrays.copyOf(der, length));
        }
        for (byte[] signature : broken) {
            assertRefused(url.replace(parameter(url, "Signature"), encoded(signature)), Refusal.BAD_SIGNATURE);
            assertRefused(
                    url.replace(parameter(url, "Signature"), encoded(signature)).replace("K-EC", "K-RSA"),
                    Refusal.BAD_SIGNATURE);
        }
    }

    @Test
    void neverThrowsAnythingButAFaultAtNoise() {
        Random random = new Random(42);
        String seed = query(EC.custom(SEGMENT, FOLDER + "*", LATER));
        for (int round = 0; round < 2_000; round++) {
            StringBuilder query = new StringBuilder(seed);
            for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
                int at = random.nextInt(query.length());
                switch (random.nextInt(3)) {
                    case 0 -> query.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> query.deleteCharAt(at);
                    default -> query.insert(at, (char) (32 + random.nextInt(95)));
                }
            }
            if (!query.toString().equals(seed)) {
                Fault fault = catchThrowableOfType(
                        Fault.class, () -> verifier.verify("/encoded-videos/v1/seg-1.m4s", query.toString(), VIEWER));
                // An edit may leave the signature whole: one that swaps a character for itself, or adds an "&".
                if (fault != null) {
                    assertThat(Refusal.valueOf(fault.reason())).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"Statement\":[]}",
                "{\"Statement\":{}}",
                "not json",
                "{\"Statement\":[{\"Resource\":\"*\"}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{}}]}",
                "{\"Statement\":[{\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999}}}]}",
                "{\"Statement\":[{\"Resource\":7,\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":\"soon\"}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1e99}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":9999999999}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999},"
                        + "\"IpAddress\":{\"AWS:SourceIp\":\"localhost\"}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999},"
                        + "\"IpAddress\":{\"AWS:SourceIp\":\"10.0.0.0/33\"}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999},"
                        + "\"Bool\":{\"x\":true}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999}}},{}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999}}}]}",
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":9999999999}}}]} {}"
            })
    void refusesSignedPoliciesItDoesNotUnderstand(String policy) throws Exception {
        String text = policy.isEmpty() ? " " : policy;
        Signature signature = Signature.getInstance("SHA1withRSA");
        signature.initSign(RSA.keys().getPrivate());
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        assertRefused(
                SEGMENT + "?Policy=" + encoded(text) + "&Signature=" + encoded(signature.sign()) + "&Key-Pair-Id=K-RSA",
                Refusal.BAD_POLICY);
    }

    private static final class MovingClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static SignatureVerifier at(Instant now) {
        return at(Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SignatureVerifier at(Clock clock) {
        return new SignatureVerifier(
                CDN + "/",
                new TrustedKeys(Map.of(
                        "K-RSA", RSA.keys().getPublic(), "K-EC", EC.keys().getPublic())),
                clock);
    }

    private void assertAllowed(String url) {
        assertThatCode(() -> verify(url)).doesNotThrowAnyException();
    }

    private void assertRefused(String url, Refusal refusal) {
        assertThat(refusal(url)).isEqualTo(refusal);
    }

    private void verify(String url) {
        int question = url.indexOf('?');
        String path = url.substring(CDN.length(), question < 0 ? url.length() : question);
        verifier.verify(path, question < 0 ? null : url.substring(question + 1), VIEWER);
    }

    private static void verify(SignatureVerifier verifier, String url, String address) {
        URI uri = URI.create(url);
        verifier.verify(uri.getRawPath(), uri.getRawQuery(), address);
    }

    private Refusal refusal(String url) {
        Fault fault = catchThrowableOfType(Fault.class, () -> verify(url));
        assertThat(fault).as(url).isNotNull();
        return Refusal.valueOf(fault.reason());
    }

    private static Refusal refusal(SignatureVerifier verifier, String url, String address) {
        Fault fault = catchThrowableOfType(Fault.class, () -> verify(verifier, url, address));
        assertThat(fault).isNotNull();
        return Refusal.valueOf(fault.reason());
    }

    private static String query(String url) {
        return url.substring(url.indexOf('?') + 1);
    }

    private static String parameter(String url, String name) {
        return Stream.of(query(url).split("&"))
                .filter(part -> part.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder()
                .decode(text.replace('-', '+').replace('_', '=').replace('~', '/'));
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(bytes)
                .replace('+', '-')
                .replace('=', '_')
                .replace('/', '~');
    }
}
