package dev.caravan.chaos;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.caravan.chaos.Ledger.Entry;
import dev.caravan.chaos.Ledger.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Breaks a platform under load, at every named point and at random, and counts what was lost. The program behind
 * {@code ./caravan chaos}; ends with 0 when nothing was.
 */
public final class Chaos {

    /** How long a named point is waited for, and how often. */
    private static final long ROUND_MILLIS = 12_000;

    private static final int ROUNDS = 5;
    private static final long QUIET_MILLIS = 300;
    /** How long a video that has lost half of its attempts is let through before anything else breaks. */
    private static final long SPARED_MILLIS = 60_000;
    /** What is under way before it, and all its attempts. */
    private static final long POISON_MILLIS = 600_000;

    private static final String DISK = "platform/workers/encode";

    private final Options options;
    private final Path root;
    private final Consumer<String> say;
    private final Random random;

    Chaos(Options options, Path root, Consumer<String> say) {
        this.options = options;
        this.root = root;
        this.say = say;
        this.random = new Random(options.seed());
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        boolean clean = true;
        for (String servers :
                options.servers().equals("both") ? List.of("embedded", "real") : List.of(options.servers())) {
            clean &= new Chaos(options, Path.of("").toAbsolutePath(), System.out::println).on(servers);
        }
        System.exit(clean ? 0 : 1);
    }

    /** @return whether nothing was lost */
    boolean on(String kind) throws Exception {
        if (kind.equals("real") && !FoundServers.areThere()) {
            say.accept(
                    "No PostgreSQL, Redis and RabbitMQ were found on this machine: chaos runs on embedded servers only.");
            return true;
        }
        Path work = options.work().resolve(kind);
        Disk.release(work.resolve(DISK));
        delete(work);
        Files.createDirectories(work);
        long start = System.nanoTime();
        try (Servers servers = kind.equals("real")
                        ? new FoundServers(work.resolve("servers"), Long.toHexString(System.nanoTime() & 0xffffff))
                        : new EmbeddedServers(work.resolve("servers"));
                Disk disk = new Disk(work.resolve(DISK))) {
            Report report = new Report(servers.describe(), options.seed());
            say.accept("Breaking things on " + servers.describe() + ", seed " + options.seed());
            run(servers, disk, work, report);
            report.count("seconds", (int) ((System.nanoTime() - start) / 1_000_000_000));
            say.accept(report.text());
            Files.writeString(work.resolve("report.txt"), report.text());
            return report.isClean();
        }
    }

    private void run(Servers servers, Disk disk, Path work, Report report) throws Exception {
        Map<String, String> environment = new LinkedHashMap<>(servers.environment());
        environment.putAll(Impatience.SETTINGS);
        Ledger ledger = new Ledger();
        Clips clips = Clips.make(work);
        try (Processes platform = new Processes(root, work.resolve("platform"), environment);
                EventReceiver receiver = new EventReceiver(options.seed())) {
            Runtime.getRuntime().addShutdownHook(new Thread(platform::abandon, "chaos-abandon"));
            platform.startFront();
            platform.startWorkers();
            platform.stopWorkers();
            platform.startWorkers();
            Rest rest = new Rest(platform.url());
            List<String> tokens;
            try (SourceServer source = new SourceServer(clips.good());
                    Traffic traffic = new Traffic(rest, ledger, clips, servers, source, receiver)) {
                traffic.start(options.seed());
                String name = "session-" + options.seed();
                tokens = new ArrayList<>(traffic.tokens());
                try (Sessions sessions = new Sessions(rest, name, traffic.register(name));
                        Viewer viewer = new Viewer(rest, List.copyOf(tokens))) {
                    breakAtNamedPoints(platform, servers, report);
                    breakServers(servers, disk, report);
                    repeatAndReorderMessages(servers, report);
                    poison(platform, servers, traffic, clips, report, tokens);
                    startWithEverythingDown(platform, servers, report);
                    breakAtRandom(platform, servers, disk, report);
                    report.count("log-ins and log-outs", sessions.logouts());
                    report.count("checks of logged out tokens", sessions.checks());
                    report.count("segments watched", viewer.segments());
                    report.count("of them before the video was ready", viewer.early());
                }
            }
            servers.healAll();
            new Checker(rest, ledger, servers, tokens, receiver).check(report);
            rest.answers().forEach((status, count) -> report.count("answers " + status, count));
        }
    }

    /**
     * {@code kill -9} before and after each step of the workers that reaches outside; or at as many of these points as were asked
     * for, chosen by chance among those that the load comes by.
     */
    private void breakAtNamedPoints(Processes platform, Servers servers, Report report) throws Exception {
        List<KillPoint> points = new ArrayList<>(KillPoint.in(root.resolve("routes")));
        Collections.shuffle(points, random);
        int wanted = options.points() > 0 ? Math.min(points.size(), options.points()) : points.size();
        int broken = 0;
        List<String> notReached = new ArrayList<>();
        for (KillPoint point : points) {
            if (broken == wanted) {
                break;
            }
            spareTheUnlucky(servers);
            platform.order(point.order());
            boolean reached = false;
            for (int round = 0; round < ROUNDS && !reached; round++) {
                reached = reach(point, platform, servers);
                if (reached) {
                    platform.order("");
                }
                if (platform.awaitDeath(0)) {
                    platform.startWorkers();
                }
            }
            platform.order("");
            if (reached) {
                report.broke("kill -9 " + point);
                broken++;
            } else {
                notReached.add(point.toString());
            }
        }
        report.findings("named points not reached", broken < wanted ? notReached : List.of());
        say.accept(broken + " named points, not reached: " + notReached);
    }

    /**
     * Lets the workers go on until they die at the point, for a while. Some points are come by only while something else is
     * broken.
     */
    private boolean reach(KillPoint point, Processes platform, Servers servers) throws Exception {
        switch (point.step()) {
            case "postpone-message" -> servers.amqp().refuse();
            case "record-failure" -> servers.s3().set(FaultProxy.Mode.BUSY);
            case "release-job" -> {
                awaitJobs(servers, "state = 'running'", true, ROUND_MILLIS);
                platform.askToEnd();
                return platform.awaitKill(ROUND_MILLIS);
            }
            default -> {}
        }
        try {
            return platform.awaitKill(ROUND_MILLIS);
        } finally {
            servers.healAll();
        }
    }

    /** Returns as soon as there are such jobs, or are none, or it has taken too long. */
    private static void awaitJobs(Servers servers, String which, boolean there, long millis) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        try (java.sql.Connection connection = servers.database("encode");
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < end) {
                try (ResultSet jobs = statement.executeQuery("SELECT 1 FROM jobs WHERE " + which)) {
                    if (jobs.next() == there) {
                        return;
                    }
                }
                Thread.sleep(20);
            }
        }
    }

    private void breakServers(Servers servers, Disk disk, Report report) throws Exception {
        List<Fault> faults = new ArrayList<>(Fault.ofServers(servers, disk));
        Collections.shuffle(faults, random);
        for (Fault fault : faults) {
            once(fault, report, servers);
        }
        if (!disk.isOwn()) {
            say.accept("The encoder's disk was not filled: this user may not mount a small one.");
        }
        say.accept(faults.size() + " faults of servers");
    }

    /**
     * Goes on when no video has lost many attempts. One that all faults happen to hit is given up for them, which is true
     * and shows nothing.
     */
    private static void spareTheUnlucky(Servers servers) throws Exception {
        String unlucky = "state IN ('waiting', 'running') AND failures >= " + Impatience.MAX_ATTEMPTS / 2;
        awaitJobs(servers, unlucky, false, SPARED_MILLIS);
    }

    private void once(Fault fault, Report report, Servers servers) throws Exception {
        spareTheUnlucky(servers);
        fault.begin().run();
        Thread.sleep(fault.millis());
        fault.end().run();
        report.broke(fault.name());
        Thread.sleep(QUIET_MILLIS);
    }

    /** Every message of a while is compared with what is said of it, and comes twice, the second time later and in another order. */
    private void repeatAndReorderMessages(Servers servers, Report report) throws Exception {
        String exchange = servers.amqpName("AMQP_EXCHANGE", "video");
        try (Connection connection = servers.broker().newConnection("chaos");
                Channel channel = connection.createChannel()) {
            String copies =
                    channel.queueDeclare("", false, true, true, Map.of()).getQueue();
            channel.queueBind(copies, exchange, "#");
            Thread.sleep(6000);
            List<GetResponse> messages = new ArrayList<>();
            for (GetResponse message = channel.basicGet(copies, true);
                    message != null;
                    message = channel.basicGet(copies, true)) {
                messages.add(message);
            }
            channel.queueUnbind(copies, exchange, "#");
            MessageSchemas schemas = new MessageSchemas(root);
            Set<String> differences = new TreeSet<>();
            for (GetResponse message : messages) {
                differences.addAll(schemas.differences(message.getBody()));
            }
            report.findings("messages other than described", List.copyOf(differences));
            Collections.shuffle(messages, random);
            for (GetResponse message : messages) {
                AMQP.BasicProperties properties = message.getProps();
                channel.basicPublish(exchange, message.getEnvelope().getRoutingKey(), properties, message.getBody());
                report.broke("message repeated, in another order");
            }
        }
    }

    /** A video that kills the workers whenever they encode it; the videos beside it have to come through. */
    private void poison(
            Processes platform, Servers servers, Traffic traffic, Clips clips, Report report, List<String> tokens)
            throws Exception {
        traffic.hold(true);
        platform.order("encode:runEncoding:before:" + Traffic.title(Kind.POISON));
        Entry poison = traffic.upload(Kind.POISON, tokens.get(0), clips.good());
        Entry neighbour = traffic.upload(Kind.GOOD, tokens.get(1), clips.good());
        int deaths = 0;
        long end = System.nanoTime() + POISON_MILLIS * 1_000_000;
        while (!isOver(poison, servers)) {
            if (platform.awaitDeath(1000)) {
                report.broke("killed by a poison video");
                deaths++;
                platform.startWorkers();
            }
            if (deaths > 20 || System.nanoTime() > end) {
                throw new IllegalStateException("The poison video " + poison.title + " is tried for ever");
            }
        }
        platform.order("");
        say.accept("A poison video was given up after " + deaths + " deaths; its neighbour was " + neighbour.title);
        traffic.hold(false);
    }

    private static boolean isOver(Entry entry, Servers servers) throws Exception {
        try (java.sql.Connection connection = servers.database("encode");
                java.sql.PreparedStatement statement = connection.prepareStatement(
                        "SELECT 1 FROM jobs WHERE video_id = ? AND state NOT IN ('waiting', 'running')")) {
            statement.setString(1, entry.videoId);
            try (ResultSet job = statement.executeQuery()) {
                return job.next();
            }
        }
    }

    private void startWithEverythingDown(Processes platform, Servers servers, Report report) throws Exception {
        platform.killWorkers();
        servers.stopPostgres();
        servers.stopRedis();
        servers.stopBroker();
        servers.s3().refuse();
        platform.launchWorkers();
        Thread.sleep(8000);
        servers.startBroker();
        servers.startRedis();
        servers.startPostgres();
        servers.healAll();
        platform.awaitWorkers();
        report.broke("started while everything was down");
    }

    private void breakAtRandom(Processes platform, Servers servers, Disk disk, Report report) throws Exception {
        long end = System.nanoTime() + (long) (options.minutes() * 60e9);
        List<Fault> faults = Fault.ofServers(servers, disk);
        while (System.nanoTime() < end) {
            if (random.nextInt(3) == 0) {
                spareTheUnlucky(servers);
                Thread.sleep(random.nextInt(2500));
                platform.killWorkers();
                report.broke("kill -9 at random");
                platform.startWorkers();
            } else {
                once(faults.get(random.nextInt(faults.size())), report, servers);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
