package dev.caravan.kernel.http.client;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.HttpClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The one client for servers that users name, of services that ask any. */
@AutoConfiguration
@ConditionalOnClass(HttpClient.class)
@EnableConfigurationProperties(SafeHttpProperties.class)
public class SafeHttpAutoConfiguration {

    @Bean
    @Lazy
    SafeHttpClient safeHttpClient(SafeHttpProperties properties) {
        return new SafeHttpClient(properties, SystemDefaultDnsResolver.INSTANCE);
    }
}
