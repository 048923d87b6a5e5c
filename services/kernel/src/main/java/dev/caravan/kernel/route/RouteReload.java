package dev.caravan.kernel.route;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.AntPathMatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a saved route file live: looks at the service's folder and the shared one twice a second, when anything may have
 * changed there, and takes of them the files that the service starts with.
 *
 * <ul>
 *   <li>A changed or new file's routes replace those that it had; exchanges under way end first, new ones wait.
 *   <li>A file that does not load leaves its routes as they were; file, line and reason are logged once.
 *   <li>A deleted file's routes end.
 *   <li>A file that the service was not started with is taken as a new one, so that one that does not load keeps nobody else's
 *       routes from running.
 *   <li>A changed route configuration applies to every route at once, and a deleted file's to none any more.
 *   <li>A changed file that routes name (SQL, OpenAPI) reloads those routes.
 * </ul>
 *
 * Camel's own reloader lacks the last three and the second one's way back.
 */
public final class RouteReload extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long LONGEST_RELOAD_MILLIS = 10_000;
    private static final int DEPTH = 3;

    private final CamelContext context;
    private final Path routes;
    private final String service;
    private final List<String> patterns;
    private final ReloadLock lock;
    private final Map<Path, String> live = new LinkedHashMap<>();
    private final Map<Path, String> refused = new LinkedHashMap<>();
    private final Map<Path, List<RouteConfigurationDefinition>> configurations = new LinkedHashMap<>();
    private Map<Path, Seen> seen = Map.of();
    private @Nullable FolderWatch folders;
    private @Nullable ScheduledExecutorService watch;

    /**
     * @param routes the folder that has a folder for each service
     * @param service whose routes these are
     * @param patterns of the files that it has, as {@code camel.main.routes-include-pattern}
     * @param lock where requests over HTTP wait
     */
    public RouteReload(CamelContext context, Path routes, String service, String patterns, ReloadLock lock) {
        this.context = context;
        this.routes = routes.toAbsolutePath().normalize();
        this.service = service;
        this.patterns = Stream.of(patterns.split(","))
                .map(pattern -> pattern.strip().replaceFirst("^file:", ""))
                .toList();
        this.lock = lock;
    }

    @Override
    protected void doStart() {
        FolderWatch changes = new FolderWatch(folders(), DEPTH - 1);
        folders = changes;
        read().forEach((path, text) -> {
            if (!isRouteFile(path) || text.contains("routeConfiguration:") || isLoaded(path)) {
                live.put(path, text);
            }
        });
        rememberConfigurations();
        if (live.size() < seen.size()) {
            apply(read());
        }
        watch = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "route-reload");
        watch.scheduleWithFixedDelay(() -> look(changes), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        LOG.debug("Saved changes of {} and {} are live at once", routes.resolve(service), routes.resolve("shared"));
    }

    @Override
    protected void doStop() throws IOException {
        if (watch != null) {
            // A route that is being replaced is there again before the context counts its routes.
            context.getExecutorServiceManager().shutdownGraceful(watch, LONGEST_RELOAD_MILLIS);
            watch = null;
        }
        if (folders != null) {
            folders.close();
            folders = null;
        }
    }

    private void look(FolderWatch changes) {
        try {
            if (changes.mayHaveChanged()) {
                apply(read());
            }
        } catch (RuntimeException e) {
            LOG.warn("Cannot look for changed routes in {}: {}", routes, e.toString());
        }
    }

    private void apply(Map<Path, String> found) {
        Set<Path> reload = new LinkedHashSet<>();
        List<Path> deleted =
                live.keySet().stream().filter(path -> !found.containsKey(path)).toList();
        boolean configured = false;
        // First, so that a configuration may move to another file.
        for (Path gone : deleted) {
            configured |= endConfigurations(gone);
        }
        for (Map.Entry<Path, String> file : found.entrySet()) {
            String text = file.getValue();
            if (text.equals(live.get(file.getKey())) || text.equals(refused.get(file.getKey()))) {
                continue;
            }
            if (!isRouteFile(file.getKey())) {
                live.put(file.getKey(), text);
                live.forEach((path, routeText) -> {
                    if (isRouteFile(path)
                            && routeText.contains(file.getKey().getFileName().toString())) {
                        reload.add(path);
                    }
                });
            } else {
                boolean had = configures(file.getKey());
                if (replace(file.getKey(), text)) {
                    configured |= had || configures(file.getKey());
                    reload.remove(file.getKey());
                }
            }
        }
        for (Path gone : deleted) {
            live.remove(gone);
            end(routesOf(gone), gone);
        }
        refused.keySet().retainAll(found.keySet());
        if (configured) {
            live.keySet().stream()
                    .filter(path -> isRouteFile(path) && !configures(path))
                    .forEach(reload::add);
        }
        for (Path path : reload) {
            String text = live.get(path);
            if (text != null) {
                replace(path, text);
            }
        }
    }

    private boolean replace(Path file, String text) {
        List<String> before = routesOf(file);
        List<RouteBuilder> builders;
        try {
            builders = parse(file, text);
        } catch (Exception | LinkageError e) {
            refuse(file, text, e);
            return false;
        }
        try {
            Set<String> now = load(file, builders);
            live.put(file, text);
            refused.remove(file);
            end(before.stream().filter(id -> !now.contains(id)).toList(), file);
            LOG.info("Live: {} {}", routes.relativize(file), now);
            return true;
        } catch (Exception | LinkageError e) {
            refuse(file, text, e);
            restore(file);
            return false;
        }
    }

    private void refuse(Path file, String text, Throwable failure) {
        refused.put(file, text);
        Problem problem = Problem.of(failure, text, service);
        LOG.error(
                "Not live: {}:{}: {} (the running route is left as it was)",
                routes.relativize(file),
                problem.line(),
                problem.reason());
    }

    private void restore(Path file) {
        String last = live.get(file);
        try {
            if (last != null) {
                load(file, parse(file, last));
            } else {
                end(routesOf(file), file);
            }
        } catch (Exception | LinkageError e) {
            LOG.error("Cannot bring back {}", routes.relativize(file), e);
        }
    }

    private List<RouteBuilder> parse(Path file, String text) throws Exception {
        Resource resource = ResourceHelper.fromString(file.toUri().toString(), text);
        List<RouteBuilder> builders = new ArrayList<>();
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
            RouteBuilder parsed = (RouteBuilder) builder;
            parsed.configureRoutes(context);
            parsed.configureRests(context);
            builders.add(parsed);
        }
        return builders;
    }

    private Set<String> load(Path file, List<RouteBuilder> builders) throws Exception {
        replaceConfigurations(file, builders);
        List<String> before = routesOf(file);
        if (builders.stream().anyMatch(RouteReload::servesRest)
                || before.stream().anyMatch(this::isHttpEndpoint)) {
            return lock.exclusively(() -> update(builders));
        }
        holdNewCalls(before);
        return update(builders);
    }

    private boolean configures(Path file) {
        return !configurations.getOrDefault(file, List.of()).isEmpty();
    }

    /** Routes keep what they were built with until they are loaded again; false when there was nothing to end. */
    private boolean endConfigurations(Path file) {
        List<RouteConfigurationDefinition> former = configurations.remove(file);
        if (former == null || former.isEmpty()) {
            return false;
        }
        ((ModelCamelContext) context).getRouteConfigurationDefinitions().removeAll(former);
        LOG.info("Ended: {}, a route configuration", routes.relativize(file));
        return true;
    }

    /** Camel does not know which file a route configuration came from, so a file's former ones are remembered here. */
    private void replaceConfigurations(Path file, List<RouteBuilder> builders) throws Exception {
        List<RouteConfigurationDefinition> all = ((ModelCamelContext) context).getRouteConfigurationDefinitions();
        all.removeAll(configurations.getOrDefault(file, List.of()));
        List<RouteConfigurationDefinition> others = List.copyOf(all);
        for (RouteBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder loader) {
                loader.addRouteConfigurationsToCamelContext(context);
            }
        }
        configurations.put(
                file,
                all.stream()
                        .filter(configuration -> !others.contains(configuration))
                        .toList());
    }

    /** Routes keep what they were built with; these take the place of those for whatever is loaded from now on. */
    private void rememberConfigurations() {
        ((ModelCamelContext) context).getRouteConfigurationDefinitions().clear();
        live.forEach((file, text) -> {
            if (isRouteFile(file) && text.contains("routeConfiguration:")) {
                try {
                    replaceConfigurations(file, parse(file, text));
                } catch (Exception e) {
                    LOG.error("Cannot read the route configurations of {}", routes.relativize(file), e);
                }
            }
        });
    }

    private Set<String> update(List<RouteBuilder> builders) throws Exception {
        Set<String> ids = new LinkedHashSet<>();
        for (RouteBuilder builder : builders) {
            ids.addAll(builder.updateRoutesToCamelContext(context));
        }
        return ids;
    }

    private static boolean servesRest(RouteBuilder builder) {
        return !builder.getRestCollection().getRests().isEmpty();
    }

    private boolean isHttpEndpoint(String id) {
        Route route = context.getRoute(id);
        return route != null && route.getEndpoint().getEndpointUri().startsWith("platform-http:");
    }

    /** Callers of a {@code direct:} without a consumer wait; so the route runs empty, however many they are. */
    private void holdNewCalls(List<String> ids) {
        for (String id : ids) {
            Route route = context.getRoute(id);
            if (route != null && route.getConsumer() instanceof DirectConsumer consumer) {
                consumer.suspend();
            }
        }
    }

    private void end(List<String> ids, Path file) {
        for (String id : ids) {
            try {
                Route route = context.getRoute(id);
                if (route != null
                        && route.getConsumer() instanceof DirectConsumer consumer
                        && consumer.getEndpoint().getComponent() instanceof LiveDirectComponent direct) {
                    direct.end(consumer);
                }
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
                LOG.info("Ended: {} {}", routes.relativize(file), id);
            } catch (Exception e) {
                LOG.error("Cannot end route {} of {}", id, routes.relativize(file), e);
            }
        }
    }

    private List<String> routesOf(Path file) {
        List<String> ids = new ArrayList<>();
        for (Route route : context.getRoutes()) {
            Resource source = route.getSourceResource();
            if (source != null && isSame(source.getURI(), file)) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    /** Whether the service has it from its start; its routes themselves may begin later. */
    private boolean isLoaded(Path file) {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .anyMatch(route -> route.getResource() != null
                                && isSame(route.getResource().getURI(), file));
    }

    private static boolean isSame(@Nullable URI uri, Path file) {
        return uri != null
                && "file".equals(uri.getScheme())
                && file.toUri().getPath().equals(uri.getPath());
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals("openapi.yaml");
    }

    private Map<Path, String> read() {
        Map<Path, Seen> found = new LinkedHashMap<>();
        for (Path folder : folders()) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder, DEPTH)) {
                for (Path file : files.filter(this::isWatched).sorted().toList()) {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    if (attributes.isRegularFile()) {
                        found.put(file, see(file, attributes));
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        seen = found;
        Map<Path, String> texts = new LinkedHashMap<>();
        found.forEach((file, look) -> texts.put(file, look.text()));
        return texts;
    }

    private List<Path> folders() {
        return List.of(routes.resolve("shared"), routes.resolve(service));
    }

    /** Reads what may have changed since the last look, and nothing else: looking is all that an idle service does. */
    private Seen see(Path file, BasicFileAttributes attributes) throws IOException {
        Seen last = seen.get(file);
        return last != null && last.isOf(attributes)
                ? last
                : Seen.of(Files.readString(file, StandardCharsets.UTF_8), attributes, System.currentTimeMillis());
    }

    private boolean isWatched(Path file) {
        if (seen.containsKey(file)) {
            return true;
        }
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && (isRouteFile(file)
                        ? patterns.stream().anyMatch(pattern -> AntPathMatcher.INSTANCE.match(pattern, file.toString()))
                        : name.endsWith(".yaml") || name.endsWith(".sql") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }

    /**
     * A file at a look.
     *
     * @param settled whether it was old by then: of one that has just been written, the next write can have the same time
     */
    private record Seen(
            String text,
            FileTime modified,
            long size,
            @Nullable Object key,
            boolean settled) {

        private static final long SETTLED_MILLIS = 2000;

        static Seen of(String text, BasicFileAttributes attributes, long now) {
            FileTime modified = attributes.lastModifiedTime();
            return new Seen(
                    text,
                    modified,
                    attributes.size(),
                    attributes.fileKey(),
                    Math.abs(now - modified.toMillis()) > SETTLED_MILLIS);
        }

        boolean isOf(BasicFileAttributes attributes) {
            return settled
                    && size == attributes.size()
                    && modified.equals(attributes.lastModifiedTime())
                    && Objects.equals(key, attributes.fileKey());
        }
    }
}
