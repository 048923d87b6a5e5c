package dev.caravan.routelaw;

/**
 * One step of a route.
 *
 * @param name the EIP, such as {@code setHeader}
 * @param node what stands under it
 * @param depth how many steps it stands in; 0 in the route itself
 */
public record Step(String name, YamlNode node, int depth) {}
