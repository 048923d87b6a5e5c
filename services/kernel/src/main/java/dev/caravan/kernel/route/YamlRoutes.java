package dev.caravan.kernel.route;

import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.dsl.yaml.deserializers.RouteConfigurationDefinitionDeserializer;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads routes as Camel does, and keeps a route configuration for every route when Kaoto has saved it: it gives one
 * without an id an id of its making, like {@code routeConfiguration-1234}, and Camel applies one that has an id to the
 * routes that ask for it alone.
 */
public final class YamlRoutes extends YamlRoutesBuilderLoader {

    private static final String MADE_ID = "routeConfiguration-\\d+";

    @Override
    protected YamlDeserializationContext newYamlDeserializationContext(LoadSettings settings, Resource resource) {
        YamlDeserializationContext context = super.newYamlDeserializationContext(settings, resource);
        context.addResolvers(new Configurations());
        return context;
    }

    private static final class Configurations implements YamlDeserializerResolver {

        @Override
        public @Nullable ConstructNode resolve(String id) {
            return id.equals("routeConfiguration") ? Configurations::construct : null;
        }

        @Override
        public int getOrder() {
            return ORDER_HIGHEST;
        }

        private static Object construct(Node node) {
            RouteConfigurationDefinition configuration =
                    (RouteConfigurationDefinition) new RouteConfigurationDefinitionDeserializer().construct(node);
            if (configuration.getId() != null && configuration.getId().matches(MADE_ID)) {
                configuration.setId(null);
            }
            return configuration;
        }
    }
}
