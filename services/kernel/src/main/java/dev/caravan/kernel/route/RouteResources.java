package dev.caravan.kernel.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.scan.DefaultPackageScanResourceResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Finds the routes that a pattern names, in the folders below as well. Camel's own finds those of folders in a jar and then
 * looks for them at its root (CAMEL-23370).
 */
public final class RouteResources extends DefaultPackageScanResourceResolver {

    private static final String CLASSPATH = "classpath:";

    private final ResourcePatternResolver spring;

    public RouteResources(CamelContext context, ResourcePatternResolver spring) {
        this.spring = spring;
        setCamelContext(context);
    }

    @Override
    public Collection<Resource> findResources(String location) throws Exception {
        int wildcard = location.indexOf('*');
        if (!location.startsWith(CLASSPATH) || wildcard < 0) {
            return super.findResources(location);
        }
        String root = location.substring(CLASSPATH.length(), location.lastIndexOf('/', wildcard) + 1);
        TreeSet<String> paths = new TreeSet<>();
        for (org.springframework.core.io.Resource found : Arrays.asList(spring.getResources(location))) {
            String url = found.getURL().toString();
            paths.add(url.substring(url.lastIndexOf("/" + root) + 1));
        }
        List<Resource> resources = new ArrayList<>();
        for (String path : paths) {
            resources.add(PluginHelper.getResourceLoader(getCamelContext()).resolveResource(CLASSPATH + path));
        }
        return resources;
    }
}
