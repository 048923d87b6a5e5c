package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.videocatalog.signature.PlaybackSigner;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.http.Abortable;

/**
 * Answers with the manifest in the body, every URL in it signed: a player asks for what a manifest names without the
 * manifest's own query.
 */
@Component
class SignManifest implements Processor {

    /** Some days of video, in segments of four seconds. */
    private static final int LARGEST = 10 << 20;

    private final PlaybackSigner signer;

    SignManifest(PlaybackSigner signer) {
        this.signer = signer;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Manifest manifest = exchange.getVariable(Manifest.VARIABLE, Manifest.class);
        Message message = exchange.getMessage();
        byte[] signed = sign(manifest, read(message.getMandatoryBody(InputStream.class)));
        message.removeHeaders("*");
        message.setBody(signed);
        message.setHeader(Exchange.CONTENT_TYPE, manifest.contentType());
        // One viewer's, and for a shorter time than the shortest signature.
        message.setHeader(ManifestHeaders.CACHE_CONTROL, "private, max-age=60");
        // The length is known; viewers like to know it too.
        message.setHeader(Exchange.HTTP_CHUNKED, false);
    }

    private byte[] sign(Manifest manifest, byte[] content) throws UnreadableManifestException {
        String query = signer.folderQuery(manifest.folder());
        if (!manifest.isDash()) {
            return HlsPlaylist.sign(new String(content, UTF_8), query).getBytes(UTF_8);
        }
        try {
            return DashManifest.sign(content, query);
        } catch (XMLStreamException e) {
            throw new UnreadableManifestException(manifest.key() + " is no XML: " + e.getMessage());
        }
    }

    private static byte[] read(InputStream object) throws IOException, UnreadableManifestException {
        try (object) {
            byte[] content = object.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                if (object instanceof Abortable rest) {
                    rest.abort();
                }
                throw new UnreadableManifestException("A manifest is larger than " + LARGEST + " bytes");
            }
            return content;
        }
    }
}
