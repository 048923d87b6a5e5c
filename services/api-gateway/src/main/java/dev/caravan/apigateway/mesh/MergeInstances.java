package dev.caravan.apigateway.mesh;

import dev.caravan.kernel.mesh.Address;
import dev.caravan.kernel.mesh.ServiceMap;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one map of those of a service's instances: each of their routes once, with what all of them have counted. */
final class MergeInstances {

    private MergeInstances() {}

    /** @param instances one or more, of one service */
    static ServiceMap merge(List<ServiceMap> instances) {
        Map<String, RunningRoute> routes = new LinkedHashMap<>();
        instances.forEach(
                instance -> instance.routes().forEach(route -> routes.merge(route.id(), route, MergeInstances::both)));
        return new ServiceMap(
                instances.get(0).service(),
                instances.stream().map(ServiceMap::instance).sorted().collect(Collectors.joining(", ")),
                instances.stream().mapToLong(ServiceMap::startedAt).min().orElseThrow(),
                List.copyOf(routes.values()),
                instances.stream()
                        .flatMap(instance -> instance.bindings().stream())
                        .distinct()
                        .toList(),
                instances.stream()
                        .map(ServiceMap::source)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** A route that is not in the same state everywhere says so. */
    private static RunningRoute both(RunningRoute one, RunningRoute other) {
        return new RunningRoute(
                one.id(),
                one.description(),
                Stream.of((one.state() + ", " + other.state()).split(", ", -1))
                        .distinct()
                        .collect(Collectors.joining(", ")),
                one.from(),
                List.copyOf(both(one.sendings(), other.sendings())),
                one.inFlight() + other.inFlight(),
                one.numbers().plus(other.numbers()));
    }

    private static Collection<Sending> both(List<Sending> one, List<Sending> other) {
        Map<Way, Sending> all = new LinkedHashMap<>();
        Stream.concat(one.stream(), other.stream())
                .forEach(sending -> all.merge(
                        new Way(sending.step(), sending.peer(), sending.to()),
                        sending,
                        (first, second) -> new Sending(
                                first.step(),
                                first.peer(),
                                first.to(),
                                first.numbers().plus(second.numbers()))));
        return all.values();
    }

    private record Way(@Nullable String step, @Nullable String peer, Address to) {}
}
