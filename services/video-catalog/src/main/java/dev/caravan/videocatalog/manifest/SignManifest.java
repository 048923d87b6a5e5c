package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.videocatalog.signature.PlaybackSigner;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.http.Abortable;

/**
 * Answers with the manifest in the body, every URL in it signed: a player asks for what a manifest names without the
 * manifest's own query. Captions that the video has by now are named in it too.
 */
@Component
class SignManifest implements Processor {

    /** Some days of video, in segments of four seconds. */
    private static final int LARGEST = 10 << 20;

    /** The variable that says whether the manifest will say more in a moment. */
    private static final String GROWING = "growing";

    private final PlaybackSigner signer;

    SignManifest(PlaybackSigner signer) {
        this.signer = signer;
    }

    @Override
    @SuppressWarnings("unchecked") // the rows of a statement
    public void process(Exchange exchange) throws Exception {
        Manifest manifest = exchange.getVariable(Manifest.VARIABLE, Manifest.class);
        Message message = exchange.getMessage();
        List<ShownCaptions> captions = ShownCaptions.of(exchange.getVariable(ShownCaptions.VARIABLE, List.class));
        boolean growing = exchange.getVariable(GROWING, false, Boolean.class);
        byte[] signed = sign(manifest, captions, read(message.getMandatoryBody(InputStream.class)));
        ManifestHeaders.answer(message, manifest, signed, growing);
    }

    private byte[] sign(Manifest manifest, List<ShownCaptions> captions, byte[] content)
            throws UnreadableManifestException {
        String query = signer.folderQuery(manifest.folder());
        if (manifest.isText()) {
            return StoryboardText.sign(new String(content, UTF_8), query).getBytes(UTF_8);
        }
        if (!manifest.isDash()) {
            return HlsPlaylist.sign(HlsPlaylist.withCaptions(new String(content, UTF_8), captions), query)
                    .getBytes(UTF_8);
        }
        try {
            return DashManifest.sign(content, captions, query);
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
