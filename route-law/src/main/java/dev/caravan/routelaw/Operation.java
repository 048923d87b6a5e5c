package dev.caravan.routelaw;

import java.util.List;

/**
 * An operation of a REST contract.
 *
 * @param id its operationId, by which its route is called
 * @param line of the id in the contract
 * @param parameters the names of what it takes beside a body, from path, query and headers
 */
public record Operation(String id, int line, List<String> parameters) {}
