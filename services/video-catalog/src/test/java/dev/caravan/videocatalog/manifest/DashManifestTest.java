package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DashManifestTest {

    private static final List<ShownCaptions> NONE = List.of();
    private static final String QUERY = "Policy=p_-~&Signature=s&Key-Pair-Id=k";

    @Test
    void signsTheTemplatesAndKeepsTheirVariables() throws Exception {
        Document signed = parse(DashManifest.sign(Fixtures.bytes("master.mpd"), NONE, QUERY));

        assertThat(attributes(signed, "SegmentTemplate", "initialization"))
                .hasSize(3)
                .containsOnly("init-$RepresentationID$.mp4?" + QUERY);
        assertThat(attributes(signed, "SegmentTemplate", "media"))
                .hasSize(3)
                .containsOnly("segment-$RepresentationID$-$Number%05d$.m4s?" + QUERY);
    }

    @Test
    void namesCaptionsBesideTheSegments() throws Exception {
        List<ShownCaptions> captions = List.of(
                new ShownCaptions("en", "English <i>&\"", true), new ShownCaptions("pt-BR", "Portugu\u00eas", false));

        Document signed = parse(DashManifest.sign(Fixtures.bytes("master.mpd"), captions, QUERY));

        NodeList sets = signed.getElementsByTagNameNS("urn:mpeg:dash:schema:mpd:2011", "AdaptationSet");
        Element last = (Element) sets.item(sets.getLength() - 1);
        Element first = (Element) sets.item(sets.getLength() - 2);
        assertThat(last.getParentNode().getLocalName()).isEqualTo("Period");
        assertThat(last.getAttribute("lang")).isEqualTo("pt-BR");
        assertThat(last.getAttribute("mimeType")).isEqualTo("text/vtt");
        assertThat(last.getElementsByTagName("BaseURL").item(0).getTextContent())
                .isEqualTo("captions-pt-BR.vtt?" + QUERY);
        assertThat(first.getElementsByTagName("Label").item(0).getTextContent()).isEqualTo("English <i>&\"");
        assertThat(first.getElementsByTagName("Role").getLength()).isEqualTo(2);
        assertThat(last.getElementsByTagName("Role").getLength()).isEqualTo(1);
    }

    @Test
    void changesNothingElse() throws Exception {
        Document plain = parse(Fixtures.bytes("master.mpd"));
        Document signed = parse(new String(DashManifest.sign(Fixtures.bytes("master.mpd"), NONE, QUERY), UTF_8)
                .replace("?" + QUERY.replace("&", "&amp;"), "")
                .getBytes(UTF_8));

        plain.normalizeDocument();
        signed.normalizeDocument();

        assertThat(signed.isEqualNode(plain)).isTrue();
        assertThat(signed.getDocumentElement().getNamespaceURI()).isEqualTo("urn:mpeg:dash:schema:mpd:2011");
    }

    @Test
    void signsAListOfSegments() throws Exception {
        Document signed = parse(DashManifest.sign(Fixtures.bytes("segment-list.mpd"), NONE, QUERY));

        assertThat(attributes(signed, "Initialization", "sourceURL")).containsExactly("init-stream0.m4s?" + QUERY);
        assertThat(attributes(signed, "SegmentURL", "media")).containsExactly("chunk-stream0-00001.m4s?" + QUERY);
    }

    @Test
    void signsTheOneFileOfARepresentation() throws Exception {
        Document signed = parse(DashManifest.sign(Fixtures.bytes("single-file.mpd"), NONE, QUERY));

        assertThat(signed.getElementsByTagName("BaseURL").item(0).getTextContent())
                .isEqualTo("list-stream0.mp4?" + QUERY);
        assertThat(attributes(signed, "SegmentURL", "mediaRange")).containsExactly("806-396528");
    }

    @Test
    void leavesFoldersAndForeignServersUnsigned() throws Exception {
        String manifest = "<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><BaseURL>folder/</BaseURL>"
                + "<BaseURL>https://example.com/a.mp4</BaseURL><BaseURL/><BaseURL> a&amp;b.mp4\n</BaseURL>"
                + "<UTCTiming value='time.txt'/><SegmentTemplate media='//example.com/$Number$'/></MPD>";

        String signed = new String(DashManifest.sign(manifest.getBytes(UTF_8), NONE, "q=1&r=2"), UTF_8);

        assertThat(signed)
                .contains(
                        "<BaseURL>folder/</BaseURL>",
                        "<BaseURL>https://example.com/a.mp4</BaseURL>",
                        "<BaseURL>a&amp;b.mp4?q=1&amp;r=2</BaseURL>",
                        "\"time.txt\"",
                        "\"//example.com/$Number$\"");
    }

    @Test
    void refusesWhatIsNoXml() {
        for (String text : List.of("", "#EXTM3U", "<MPD>", "\0\0\0")) {
            assertThatThrownBy(() -> DashManifest.sign(text.getBytes(UTF_8), NONE, QUERY))
                    .as(text)
                    .isInstanceOf(XMLStreamException.class);
        }
    }

    @Test
    void readsNothingThatADocumentTypeNames() {
        String manifest = "<!DOCTYPE MPD [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><MPD><BaseURL>&e;</BaseURL></MPD>";

        assertThatThrownBy(() -> DashManifest.sign(manifest.getBytes(UTF_8), NONE, QUERY))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageNotContaining("root:");
    }

    private static List<String> attributes(Document document, String element, String attribute) {
        NodeList elements = document.getElementsByTagName(element);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(elements.item(i).getAttributes().getNamedItem(attribute).getNodeValue());
        }
        return values;
    }

    private static Document parse(byte[] manifest) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(manifest));
    }
}
