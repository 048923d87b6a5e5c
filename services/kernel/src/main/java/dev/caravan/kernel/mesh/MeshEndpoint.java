package dev.caravan.kernel.mesh;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.kernel.access.StatedAccess;
import dev.caravan.kernel.http.Problem;
import dev.caravan.proto.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The map of a service, for other services that ask on behalf of an administrator. */
@WebEndpoint(id = "mesh")
public final class MeshEndpoint {

    private final Supplier<MapRoutes> mapRoutes;
    private final ServiceIdentity identity;

    MeshEndpoint(Supplier<MapRoutes> mapRoutes, ServiceIdentity identity) {
        this.mapRoutes = mapRoutes;
        this.identity = identity;
    }

    /** @param route whose YAML to add, if it is one of this service */
    @ReadOperation
    public WebEndpointResponse<?> map(@Nullable String route) {
        HttpServletRequest request = ((ServletRequestAttributes)
                        Objects.requireNonNull(RequestContextHolder.getRequestAttributes(), "called by HTTP"))
                .getRequest();
        try {
            identity.check(request.getHeader(Headers.SERVICE_TOKEN));
            StatedAccess.check(Access.ADMIN, request.getHeader(Headers.USER_ID), request.getHeader(Headers.USER_ROLE));
        } catch (Fault refusal) {
            return new WebEndpointResponse<>(Problem.status(refusal));
        }
        return new WebEndpointResponse<>(mapRoutes.get().map(route));
    }
}
