package dev.caravan.kernel.grpc;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ManagedChannel;

/**
 * The way to one service.
 *
 * @param channel that all callers of one of its contracts share
 * @param breaker of the service's address: callers of a service that does not answer are told at once
 */
record ServiceChannel(ManagedChannel channel, CircuitBreaker breaker) {}
