package dev.caravan.kernel.grpc;

/** The same of calls whose thread waits for the answer. */
class WaitingRouteGrpcTest extends RouteGrpcTest {

    @Override
    boolean callersWait() {
        return true;
    }
}
