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

    private DashManifest() {}

    /**
     * The manifest with the query on every URL: of segment templates, lists of segments and files.
     *
     * @throws XMLStreamException when it is no XML
     */
    static byte[] sign(byte[] manifest, String query) throws XMLStreamException {
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
}
