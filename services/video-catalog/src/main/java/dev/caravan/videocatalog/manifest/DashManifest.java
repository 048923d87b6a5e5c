package dev.caravan.videocatalog.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/** MPEG-DASH manifests. */
final class DashManifest {

    /** Attributes that hold a URL, by element. */
    private static final Map<String, Set<String>> URLS = Map.of(
            "SegmentTemplate", Set.of("media", "initialization", "index", "bitstreamSwitching"),
            "SegmentURL", Set.of("media", "index"),
            "Initialization", Set.of("sourceURL"),
            "RepresentationIndex", Set.of("sourceURL"),
            "BitstreamSwitching", Set.of("sourceURL"));

    private static final String BASE = "BaseURL";
    private static final String PERIOD = "Period";
    private static final String TYPE = "text/vtt";
    /** Bits per second: about what speech comes to. A player has to be told one. */
    private static final String BANDWIDTH = "256";

    private DashManifest() {}

    /**
     * The manifest with these captions, each a file beside the segments, and with the query on every URL: of segment templates,
     * lists of segments and files.
     *
     * @throws XMLStreamException when it is no XML
     */
    static byte[] sign(byte[] manifest, List<ShownCaptions> captions, String query) throws XMLStreamException {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(manifest.length * 2);
        XMLEventFactory events = XMLEventFactory.newDefaultFactory();
        XMLEventReader reader = input().createXMLEventReader(new ByteArrayInputStream(manifest));
        XMLEventWriter writer =
                XMLOutputFactory.newDefaultFactory().createXMLEventWriter(signed, StandardCharsets.UTF_8.name());
        boolean base = false;
        while (reader.hasNext()) {
            XMLEvent event = reader.nextEvent();
            if (event.isStartDocument()) {
                event = events.createStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            } else if (event instanceof StartElement element) {
                base = BASE.equals(element.getName().getLocalPart());
                event = signed(element, query, events);
            } else if (event.isEndElement()) {
                base = false;
                if (PERIOD.equals(event.asEndElement().getName().getLocalPart())) {
                    for (ShownCaptions each : captions) {
                        new CaptionSet(writer, events, event.asEndElement().getName()).write(each, query);
                    }
                }
            } else if (base && event.isCharacters()) {
                String reference = event.asCharacters().getData().strip();
                event = events.createCharacters(Reference.sign(reference, query));
            }
            writer.add(event);
        }
        writer.close();
        return signed.toByteArray();
    }

    /** Nothing in a manifest may name something outside of it. */
    private static XMLInputFactory input() {
        XMLInputFactory input = XMLInputFactory.newDefaultFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        input.setProperty(XMLInputFactory.IS_COALESCING, true);
        return input;
    }

    private static StartElement signed(StartElement element, String query, XMLEventFactory events) {
        QName name = element.getName();
        Set<String> urls = URLS.get(name.getLocalPart());
        if (urls == null) {
            return element;
        }
        List<Attribute> attributes = new ArrayList<>();
        for (Iterator<Attribute> each = element.getAttributes(); each.hasNext(); ) {
            Attribute attribute = each.next();
            attributes.add(
                    urls.contains(attribute.getName().getLocalPart())
                            ? events.createAttribute(attribute.getName(), Reference.sign(attribute.getValue(), query))
                            : attribute);
        }
        return events.createStartElement(
                name.getPrefix(),
                name.getNamespaceURI(),
                name.getLocalPart(),
                attributes.iterator(),
                element.getNamespaces());
    }

    /** Writes an adaptation set of captions. */
    private record CaptionSet(XMLEventWriter writer, XMLEventFactory events, QName period) {

        void write(ShownCaptions captions, String query) throws XMLStreamException {
            open("AdaptationSet", "contentType", "text", "mimeType", TYPE, "lang", captions.language());
            text("Label", captions.name());
            role("subtitle");
            if (captions.isDefault()) {
                role("main");
            }
            open("Representation", "id", "captions-" + captions.language(), "bandwidth", BANDWIDTH);
            text(BASE, Reference.sign(captions.file(), query));
            close("Representation");
            close("AdaptationSet");
        }

        private void role(String value) throws XMLStreamException {
            open("Role", "schemeIdUri", "urn:mpeg:dash:role:2011", "value", value);
            close("Role");
        }

        private void text(String element, String text) throws XMLStreamException {
            open(element);
            writer.add(events.createCharacters(text));
            close(element);
        }

        /** In the namespace of the manifest. */
        private void open(String element, String... attributes) throws XMLStreamException {
            writer.add(events.createStartElement(period.getPrefix(), period.getNamespaceURI(), element));
            for (int i = 0; i < attributes.length; i += 2) {
                writer.add(events.createAttribute(attributes[i], attributes[i + 1]));
            }
        }

        private void close(String element) throws XMLStreamException {
            writer.add(events.createEndElement(period.getPrefix(), period.getNamespaceURI(), element));
        }
    }
}
