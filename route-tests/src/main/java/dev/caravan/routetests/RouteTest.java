package dev.caravan.routetests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;

/** Runs one test: the route as it is in its file, but for where it starts and what its steps send to. */
final class RouteTest {

    private static final String START = "direct:the-test";

    private final Path file;
    private final Case test;

    /** @param file of the route */
    RouteTest(Path file, Case test) {
        this.file = file;
        this.test = test;
    }

    /** @return what is not as expected, a sentence each; empty when all is */
    List<String> run() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addPropertiesSource(new Names());
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context).resolveResource("file:" + file.toAbsolutePath()));
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            RouteDefinition route = model.getRouteDefinitions().get(0);
            Map<String, ToDefinition> sending = sending(route);
            Set<String> unknown = new LinkedHashSet<>(test.answers().keySet());
            unknown.addAll(test.expect().keySet());
            unknown.removeAll(sending.keySet());
            if (!unknown.isEmpty()) {
                return List.of("the route sends to nothing called " + String.join(", ", unknown) + ", but to "
                        + String.join(", ", sending.keySet()));
            }
            AdviceWith.adviceWith(context, route.getRouteId(), advice -> replace(advice, sending));
            for (String name : sending.keySet()) {
                mock(context, name)
                        .whenAnyExchangeReceived(
                                exchange -> answer(exchange, test.answers().getOrDefault(name, Case.Said.NOTHING)));
            }
            context.start();
            return compare(context, send(context));
        }
    }

    private static Map<String, ToDefinition> sending(RouteDefinition route) {
        Map<String, ToDefinition> sending = new LinkedHashMap<>();
        for (ToDefinition step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            sending.put(step.hasCustomIdAssigned() ? step.getId() : address(step), step);
        }
        return sending;
    }

    private static String address(ToDefinition step) {
        return step.getUri().replaceFirst("\\?.*", "");
    }

    private static void replace(AdviceWithRouteBuilder advice, Map<String, ToDefinition> sending) {
        advice.replaceFromWith(START);
        sending.forEach((name, step) -> (step.hasCustomIdAssigned()
                        ? advice.<ProcessorDefinition<?>>weaveById(step.getId())
                        : advice.<ProcessorDefinition<?>>weaveByToUri(step.getUri()))
                .replace()
                .to("mock:" + name.replace(':', '.').replace('/', '.')));
    }

    private static MockEndpoint mock(CamelContext context, String name) {
        return context.getEndpoint("mock:" + name.replace(':', '.').replace('/', '.'), MockEndpoint.class);
    }

    private static void answer(Exchange exchange, Case.Said said) {
        if (said.fails() != null) {
            throw new IllegalStateException(said.fails());
        }
        put(exchange, said);
    }

    private static void put(Exchange exchange, Case.Said said) {
        Message message = exchange.getMessage();
        if (said.body() != null) {
            message.setBody(said.body());
        }
        said.headers().forEach(message::setHeader);
        said.properties().forEach(exchange::setProperty);
    }

    private Exchange send(CamelContext context) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(START, exchange -> put(exchange, test.send()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> compare(CamelContext context, Exchange ended) {
        List<String> wrong = new ArrayList<>();
        test.expect().forEach((name, expected) -> {
            List<Exchange> received = mock(context, name).getReceivedExchanges();
            if (expected.times() < 0 ? received.isEmpty() : received.size() != expected.times()) {
                wrong.add(name + " is sent to " + times(received.size()) + ", not "
                        + (expected.times() < 0 ? "at all" : times(expected.times())));
            }
            received.forEach(exchange -> compare(name + " is sent", exchange, expected.message(), wrong));
        });
        String failure = ended.getException() == null
                ? null
                : String.valueOf(ended.getException().getMessage());
        String fails = test.ends().fails();
        if (fails == null && failure != null) {
            wrong.add("it fails: " + failure);
        } else if (fails != null && (failure == null || !failure.contains(fails))) {
            wrong.add("it " + (failure == null ? "does not fail" : "fails: " + failure) + ", but is to fail: " + fails);
        }
        compare("it ends with", ended, test.ends(), wrong);
        return wrong;
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    private static void compare(String what, Exchange exchange, Case.Said expected, List<String> wrong) {
        Message message = exchange.getMessage();
        if (expected.body() != null) {
            compare(what + " the body", message.getBody(String.class), expected.body(), wrong);
        }
        expected.headers()
                .forEach((name, value) ->
                        compare(what + " the header " + name, message.getHeader(name, String.class), value, wrong));
        expected.properties()
                .forEach((name, value) -> compare(
                        what + " the property " + name, exchange.getProperty(name, String.class), value, wrong));
    }

    private static void compare(
            String what, @org.jspecify.annotations.Nullable String found, String expected, List<String> wrong) {
        if (!Objects.equals(found, expected)) {
            wrong.add(what + " '" + found + "', not '" + expected + "'");
        }
    }

    /** A test needs no settings: each is its own name. */
    private static final class Names implements PropertiesSource {

        @Override
        public String getName() {
            return "names";
        }

        @Override
        public String getProperty(String name) {
            return name;
        }
    }
}
