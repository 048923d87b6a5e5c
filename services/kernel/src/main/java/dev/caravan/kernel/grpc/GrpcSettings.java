package dev.caravan.kernel.grpc;

import java.time.Duration;

/**
 * How services call each other.
 *
 * @param deadline of a call that no caller bounded
 * @param threads of one service's servers and channels together
 * @param maxCalls in progress on one server; a further one is refused with UNAVAILABLE
 * @param breakerCalls how many of the last calls to a service decide whether it is asked at all
 * @param breakerFailures per cent of them that have to fail for it not to be asked
 * @param breakerPause how long it is not asked then
 */
public record GrpcSettings(
        Duration deadline, int threads, int maxCalls, int breakerCalls, int breakerFailures, Duration breakerPause) {}
