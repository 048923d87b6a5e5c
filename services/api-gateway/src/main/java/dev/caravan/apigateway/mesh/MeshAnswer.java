package dev.caravan.apigateway.mesh;

import dev.caravan.kernel.mesh.ServiceMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service said of itself.
 *
 * @param map null when it did not answer
 */
record MeshAnswer(String service, @Nullable ServiceMap map) {}
