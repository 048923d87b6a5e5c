package dev.caravan.standalone;

import dev.caravan.embedded.ClassArchive;
import dev.caravan.embedded.EmbeddedServerException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program behind the commands of {@code ./caravan}. Ends with 0, or 1 and one clear line. */
public final class Caravan {

    private static final Logger LOG = LoggerFactory.getLogger(Caravan.class);

    private static final String USAGE = """
            ./caravan up [--port 4000] [--data .caravan] [--routes routes] [--no-demo]
            ./caravan demo FILE [--data .caravan]
            """ + Operator.USAGE;

    private Caravan() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            if (args.length == 0) {
                throw new UsageException(USAGE);
            }
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            switch (args[0]) {
                case "up" -> up(UpOptions.parse(rest));
                case "demo" -> demo(DemoOptions.parse(rest));
                case "dead-letters", "video", "sources", "users", "rotate-keys" ->
                    Operator.run(args[0], rest, System.out::println);
                default -> throw new UsageException("There is no command " + args[0] + ".\n" + USAGE);
            }
        } catch (UsageException | EmbeddedServerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            LOG.error("Caravan could not start", e);
            System.err.println("Caravan could not start: " + innermost(e) + " (its log says more)");
            System.exit(1);
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }

    private static void up(UpOptions options) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Platform platform = new Platform(options, System.out::println);
        List<AutoCloseable> running = new CopyOnWriteArrayList<>(List.of(platform));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Closing.together(running);
                            end.countDown();
                        },
                        "stop"));
        boolean firstRun = platform.start();
        if (firstRun && options.demo()) {
            platform.runDemo();
        }
        // What the start took and nobody needs goes back to the operating system.
        System.gc();
        String archive = System.getProperty("caravan.class-archive");
        if (archive != null) {
            // Where the script has the JVM write it to.
            Path loaded = Path.of(archive + "." + ProcessHandle.current().pid());
            running.add(ClassArchive.begin(Path.of(archive), loaded));
        }
        end.await();
    }

    private static void demo(DemoOptions options) throws InterruptedException {
        RunningPlatform platform = RunningPlatform.in(options.data());
        new Demo(platform.url(), options.data(), System.out::println).play(options.video());
    }
}
