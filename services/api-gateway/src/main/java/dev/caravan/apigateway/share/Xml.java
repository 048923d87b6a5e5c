package dev.caravan.apigateway.share;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** XML as it is written. Whatever characters are in a text, the document can be read. */
final class Xml {

    static final String XML = "application/xml; charset=utf-8";

    /** What XML has no way to say. */
    private static final Pattern UNSAYABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    /**
     * @param root the first element
     * @param attributes name and value of each that it has
     */
    Xml(String root, String... attributes) throws XMLStreamException {
        writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        writer.writeStartDocument("UTF-8", "1.0");
        begin(root, attributes);
    }

    Xml begin(String element, String... attributes) throws XMLStreamException {
        writer.writeStartElement(element);
        return attributes(attributes);
    }

    Xml end() throws XMLStreamException {
        writer.writeEndElement();
        return this;
    }

    /** An element that has a text. */
    Xml text(String element, String content) throws XMLStreamException {
        writer.writeStartElement(element);
        writer.writeCharacters(sayable(content));
        return end();
    }

    /** An element that has attributes alone. */
    Xml empty(String element, String... attributes) throws XMLStreamException {
        writer.writeEmptyElement(element);
        return attributes(attributes);
    }

    private Xml attributes(String... attributes) throws XMLStreamException {
        for (int at = 0; at < attributes.length; at += 2) {
            writer.writeAttribute(attributes[at], sayable(attributes[at + 1]));
        }
        return this;
    }

    /** The whole; what is still open ends. */
    String document() throws XMLStreamException {
        writer.writeEndDocument();
        writer.close();
        return text.toString();
    }

    private static String sayable(String content) {
        return UNSAYABLE.matcher(content).replaceAll("");
    }
}
