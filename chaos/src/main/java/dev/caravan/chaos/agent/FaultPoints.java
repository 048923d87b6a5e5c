package dev.caravan.chaos.agent;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Kills the process, as {@code kill -9} does, before or after the steps that the orders name. */
final class FaultPoints implements InterceptStrategy {

    private final String service;
    private final Orders orders;

    FaultPoints(String service, Orders orders) {
        this.service = service;
        this.orders = orders;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Watched(target, service + ":" + name(definition));
    }

    private static String name(NamedNode definition) {
        return definition instanceof ProcessDefinition process && process.getRef() != null
                ? process.getRef()
                : String.valueOf(definition.getId());
    }

    private void pass(String point, Exchange exchange) {
        for (String order : orders.lines()) {
            if (order.equals(point)
                    || (order.startsWith(point + ":") && carries(exchange, order.substring(point.length() + 1)))) {
                die();
            }
        }
    }

    private static boolean carries(Exchange exchange, String text) {
        return String.valueOf(exchange.getProperties()).contains(text)
                || String.valueOf(exchange.getMessage().getBody()).contains(text);
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            Runtime.getRuntime().halt(137);
        }
        for (; ; ) {
            LockSupport.park();
        }
    }

    private final class Watched extends DelegateAsyncProcessor {

        private final String step;

        Watched(Processor target, String step) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            pass(step + ":before", exchange);
            return super.process(exchange, done -> {
                pass(step + ":after", exchange);
                callback.done(done);
            });
        }
    }
}
