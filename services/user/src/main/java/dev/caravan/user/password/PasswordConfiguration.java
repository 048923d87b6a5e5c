package dev.caravan.user.password;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are hashed, and on which threads. */
@Configuration(proxyBeanMethods = false)
class PasswordConfiguration {

    private static final String ARGON2ID = "argon2id";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /**
     * Argon2id for new hashes; bcrypt, with or without a prefix, is understood, so that accounts of another system can
     * be taken over, and replaced at their next login.
     */
    @Bean
    PasswordEncoder passwordEncoder(PasswordProperties cost) {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
        DelegatingPasswordEncoder encoder = new DelegatingPasswordEncoder(
                ARGON2ID,
                Map.of(
                        ARGON2ID,
                        new Argon2PasswordEncoder(
                                SALT_BYTES, HASH_BYTES, cost.parallelism(), cost.memory(), cost.iterations()),
                        "bcrypt",
                        bcrypt));
        encoder.setDefaultPasswordEncoderForMatches(bcrypt);
        return encoder;
    }

    /**
     * Hashing takes a processor and much memory for long. On threads of its own it can't hold up other calls, and a
     * flood of logins is refused, not piled up. Wrapped, because Camel runs what a bare ThreadPoolExecutor rejects on
     * the caller's thread.
     */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService passwordThreads(PasswordProperties cost) {
        int threads = cost.threads() > 0 ? cost.threads() : Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(cost.queue()),
                new CustomizableThreadFactory("user-password-"));
        pool.allowCoreThreadTimeOut(true);
        return Executors.unconfigurableExecutorService(pool);
    }
}
