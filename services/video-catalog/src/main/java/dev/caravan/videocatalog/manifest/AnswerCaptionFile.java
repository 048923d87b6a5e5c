package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.videocatalog.signature.PlaybackSigner;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers with the text of captions, or with the playlist that has it as its only segment, signed. */
@Component
class AnswerCaptionFile implements Processor {

    private final PlaybackSigner signer;

    AnswerCaptionFile(PlaybackSigner signer) {
        this.signer = signer;
    }

    @Override
    @SuppressWarnings("unchecked") // the row of a statement
    public void process(Exchange exchange) throws Exception {
        Manifest manifest = exchange.getVariable(Manifest.VARIABLE, Manifest.class);
        List<Map<String, @Nullable Object>> rows = exchange.getMessage().getMandatoryBody(List.class);
        Map<String, @Nullable Object> row = rows.get(0);
        String content = manifest.isText()
                ? String.valueOf(row.get("content"))
                : playlist(manifest, row.get("duration_ms") instanceof Number millis ? millis.longValue() : 1);
        ManifestHeaders.answer(exchange.getMessage(), manifest, content.getBytes(UTF_8));
    }

    private String playlist(Manifest manifest, long millis) {
        String file = ShownCaptions.textFile(String.valueOf(manifest.captions()));
        return HlsPlaylist.sign(HlsPlaylist.ofCaptions(file, millis), signer.folderQuery(manifest.folder()));
    }
}
