package dev.caravan.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test where the machine lacks something, and says on the console how to get it. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
@interface Needs {

    Need[] value();

    /** What a newcomer's machine may lack. */
    enum Need {
        BROWSER("a browser and its driver", "apt-get install chromium chromium-driver", Browser::isInstalled),
        MANIFEST_CHECKS(
                "what checks manifests, from npm",
                "npm ci --prefix e2e/manifests",
                () -> Files.isDirectory(PlatformProcess.ROOT.resolve("e2e/manifests/node_modules"))),
        PLAYERS(
                "the players from npm",
                "npm ci --prefix e2e/players",
                () -> Files.isDirectory(PlayerPages.FOLDER.resolve("node_modules"))),
        TUS_CLIENTS(
                "tus-js-client from npm",
                "npm ci --prefix e2e/players",
                () -> Files.isDirectory(PlayerPages.FOLDER.resolve("node_modules/tus-js-client"))),
        NEWMAN(
                "Postman's newman from npm",
                "npm ci --prefix e2e/postman",
                () -> Files.isDirectory(PlatformProcess.ROOT.resolve("e2e/postman/node_modules"))),
        CONTRACT_CHECKS(
                "what reads contracts, from npm",
                "npm ci --prefix e2e/contracts",
                () -> Files.isDirectory(PlatformProcess.ROOT.resolve("e2e/contracts/node_modules"))),
        STANDARD_WEBHOOKS(
                "the library of Standard Webhooks from npm",
                "npm ci --prefix e2e/webhooks",
                () -> Files.isDirectory(PlatformProcess.ROOT.resolve("e2e/webhooks/node_modules"))),
        PROMETHEUS("Prometheus", "apt-get install prometheus", () -> Servers.areInstalled("prometheus", "promtool")),
        MONITORED_SERVERS(
                "RabbitMQ and exporters for PostgreSQL, Redis and the machine",
                "apt-get install rabbitmq-server prometheus-postgres-exporter prometheus-redis-exporter"
                        + " prometheus-node-exporter",
                () -> Servers.areInstalled(
                        "rabbitmq-server",
                        "prometheus-postgres-exporter",
                        "prometheus-redis-exporter",
                        "prometheus-node-exporter")),
        LOGQL(
                "Grafana's parser of LogQL from npm",
                "npm ci --prefix e2e/logql",
                () -> Files.isDirectory(PlatformProcess.ROOT.resolve("e2e/logql/node_modules")));

        private final String what;
        private final String remedy;
        private final BooleanSupplier met;

        Need(String what, String remedy, BooleanSupplier met) {
            this.what = what;
            this.remedy = remedy;
            this.met = met;
        }
    }

    /** Decides before a platform is started. */
    final class Condition implements ExecutionCondition {

        private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .map(element -> element.getAnnotation(Needs.class))
                    .flatMap(needs -> Stream.of(needs.value())
                            .filter(need -> !need.met.getAsBoolean())
                            .findFirst())
                    .map(need -> skip(context.getRequiredTestClass().getSimpleName(), need))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
        }

        /** The test report names skipped tests without a reason, so the reason is printed, once a class. */
        private static ConditionEvaluationResult skip(String test, Need need) {
            String line = "Skipped: " + test + " needs " + need.what + ". To run it: " + need.remedy;
            if (SAID.add(line)) {
                System.out.println(line);
            }
            return ConditionEvaluationResult.disabled(line);
        }
    }
}
