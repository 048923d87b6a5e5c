package dev.caravan.chaos;

import dev.caravan.chaos.FaultProxy.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that breaks for a while and comes back.
 *
 * @param millis how long it lasts
 */
record Fault(String name, long millis, Action begin, Action end) {

    /** Breaks or mends something. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private static final int CLOCK_SECONDS = 25;
    private static final Action NOTHING = () -> {};

    /** Those of the servers. */
    static List<Fault> ofServers(Servers servers, Disk disk) {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault("broker stopped", 3000, servers::stopBroker, servers::startBroker),
                new Fault("broker's connections cut", 500, () -> servers.amqp().cut(), NOTHING),
                new Fault("broker hangs", 3000, () -> servers.amqp().set(Mode.HANG), () -> servers.amqp()
                        .heal()),
                new Fault("the encoder's queue loses its bindings", 2000, servers::unbindEncoder, NOTHING),
                new Fault("PostgreSQL restarted", 500, servers::stopPostgres, servers::startPostgres),
                new Fault("PostgreSQL stopped", 4000, servers::stopPostgres, servers::startPostgres),
                new Fault(
                        "PostgreSQL's connections cut",
                        500,
                        () -> servers.postgres().cut(),
                        NOTHING),
                new Fault("PostgreSQL hangs", 3000, () -> servers.postgres().set(Mode.HANG), () -> servers.postgres()
                        .heal()),
                new Fault("Redis stopped", 4000, servers::stopRedis, servers::startRedis),
                new Fault("Redis paused", 4000, () -> servers.pauseRedis(true), () -> servers.pauseRedis(false)),
                new Fault("Redis flushed", 500, servers::flushRedis, NOTHING),
                new Fault("S3 slow", 4000, () -> servers.s3().set(Mode.SLOW), () -> servers.s3()
                        .heal()),
                new Fault("S3 answers 503", 3000, () -> servers.s3().set(Mode.BUSY), () -> servers.s3()
                        .heal()),
                new Fault("S3 cut in the middle", 1500, () -> servers.s3().cutAfter(4000), () -> servers.s3()
                        .heal()),
                new Fault("S3 refuses connections", 3000, () -> servers.s3().refuse(), () -> servers.s3()
                        .heal())));
        if (disk.isOwn()) {
            faults.add(new Fault("encoder's disk full", 3000, disk::fill, disk::empty));
        }
        if (servers.hasClock()) {
            // Longer than leases, backoffs and ages are here.
            faults.add(new Fault(
                    "database's clock jumps ahead and back",
                    4000,
                    () -> servers.jumpClock(CLOCK_SECONDS),
                    () -> servers.jumpClock(0)));
        }
        return faults;
    }
}
