package dev.caravan.user.password;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The cost of a password hash.
 *
 * @param memory of Argon2id, in KiB
 * @param iterations of Argon2id
 * @param parallelism of Argon2id, in lanes
 * @param threads that hash at the same time; 0 for one a processor
 * @param queue how many may wait for one of them; a further one is refused
 */
@ConfigurationProperties("user.password")
public record PasswordProperties(int memory, int iterations, int parallelism, int threads, int queue) {}
