package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.videocatalog.PutCaptionsRequest;
import dev.caravan.videocatalog.caption.Captions;
import dev.caravan.videocatalog.caption.LanguageTag;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads captions that somebody sent; afterwards the body is the parameters of {@code put-captions.sql}. */
@Component
class ReadPutCaptionsRequest implements Processor {

    private static final int LONGEST_LABEL = 100;

    @Override
    public void process(Exchange exchange) throws Exception {
        PutCaptionsRequest request = exchange.getMessage().getMandatoryBody(PutCaptionsRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        FieldErrors errors = new FieldErrors();
        String language = LanguageTag.of(request.getLanguage()).orElse("");
        if (language.isEmpty()) {
            errors.add("language", "language must be a language tag, such as en or pt-BR");
        }
        String label = request.hasLabel() ? UserText.line(request.getLabel()).strip() : null;
        if (label != null) {
            errors.required("label", label);
        }
        errors.length("label", label, 1, LONGEST_LABEL).line("label", label).orThrow();
        Captions captions = Captions.of(request.getFile().toByteArray());
        parameters.put("language", language);
        parameters.put("label", label);
        parameters.put("usual_label", LanguageTag.ownName(language));
        parameters.put("is_default", request.hasDefault() ? request.getDefault() : null);
        parameters.put("content", captions.content());
        parameters.put("cues", captions.cues());
        parameters.put("words", captions.words());
        exchange.getMessage().setBody(parameters);
    }
}
