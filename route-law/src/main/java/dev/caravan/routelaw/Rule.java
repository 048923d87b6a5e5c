package dev.caravan.routelaw;

/** One law. It reports everything that breaks it and throws nothing because of a route. */
@FunctionalInterface
public interface Rule {

    void check(Project project, Findings findings);
}
