package dev.caravan.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTest {

    @Test
    void readsAnObjectStoreOutOfItsUrl() {
        assertThat(ObjectStore.at(URI.create("http://key:se%2Fcret@127.0.0.1:9000/videos")))
                .isEqualTo(new ObjectStore("http://127.0.0.1:9000", "videos", "key", "se/cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/videos", "http://key:secret@127.0.0.1:9000", "http://k:s@h:1/a/b"})
    void saysWhatAnObjectStoresUrlHasToSay(String url) {
        assertThatThrownBy(() -> ObjectStore.at(URI.create(url)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("S3_URL takes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "no url at all", "postgresql://127.0.0.1:5432"})
    void saysWhatADatabasesUrlHasToSay(String url) {
        assertThatThrownBy(() -> Databases.at(url, new Ports(Map.of())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("POSTGRESQL_URL");
    }

    @Test
    void waitsForDatabasesThatAreNotThereYet() {
        assertThat(Databases.at("postgresql://a:b@127.0.0.1:1", new Ports(Map.of()))
                        .urlOf("user"))
                .isEqualTo("jdbc:postgresql://127.0.0.1:1/caravan_user");
    }

    @Test
    void runsTheServicesThatAreNamedAndAllWhenNoneIs() {
        assertThat(ServiceContexts.named(new Ports(Map.of()))).isEqualTo(ServiceContexts.SERVICES.keySet());
        assertThat(ServiceContexts.named(new Ports(Map.of("CARAVAN_SERVICES", "encode, upload"))))
                .containsExactly("encode", "upload");
        assertThatThrownBy(() -> ServiceContexts.named(new Ports(Map.of("CARAVAN_SERVICES", "encoder"))))
                .hasMessageContaining("CARAVAN_SERVICES takes some of");
    }
}
