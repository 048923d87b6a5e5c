package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.User;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the time of an answer tells: user-find-by-credential. */
class LoginTimeIT extends UserServiceTestBase {

    private static final Logger LOG = LoggerFactory.getLogger(LoginTimeIT.class);

    private static final int WARM_UP = 5;
    private static final int SAMPLES = 41;

    @Test
    void takesAsLongForAnUnknownEmailAsForAWrongPassword() {
        User user = stored();
        long[] unknown = new long[SAMPLES];
        long[] wrong = new long[SAMPLES];

        // One after the other, so that what else the machine does slows both.
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            int sample = Math.max(i, 0);
            unknown[sample] = nanosToRefuse(newEmail());
            wrong[sample] = nanosToRefuse(user.getEmail());
        }

        double ratio = (double) median(unknown) / median(wrong);
        LOG.info(
                "Medians of {} logins: unknown email {} ms, wrong password {} ms, ratio {}",
                SAMPLES,
                millis(median(unknown)),
                millis(median(wrong)),
                String.format(Locale.ROOT, "%.3f", ratio));
        assertThat(ratio).isBetween(0.5, 2.0);
    }

    private long nanosToRefuse(String email) {
        long begin = System.nanoTime();
        assertThat(fault(() -> users().findByCredential(FindByCredentialRequest.newBuilder()
                                .setEmail(email)
                                .setPassword("wrong password")
                                .build()))
                        .reason())
                .isEqualTo("BAD_CREDENTIALS");
        return System.nanoTime() - begin;
    }

    private static long median(long[] nanos) {
        return LongStream.of(nanos).sorted().skip(nanos.length / 2).findFirst().orElseThrow();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
