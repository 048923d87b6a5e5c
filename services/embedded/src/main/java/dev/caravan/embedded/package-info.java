/**
 * Real servers without installation: PostgreSQL, Redis, an AMQP 0-9-1 broker, an S3 server and ffmpeg.
 *
 * <p>Every server binds 127.0.0.1, keeps its data in the folder it is given, starts again on the same folder, and ends
 * with the virtual machine that started it, even when that one is killed. They are what {@code standalone} and tests run
 * on; a production platform has servers of its own.
 */
@NullMarked
package dev.caravan.embedded;

import org.jspecify.annotations.NullMarked;
