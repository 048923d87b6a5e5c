package dev.caravan.encode.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the manifest that ffmpeg wrote. */
public final class DashManifest {

    private DashManifest() {}

    /**
     * What the manifest offers.
     *
     * @throws IOException when it is no manifest, or offers no picture
     */
    public static EncodedVideo read(Path manifest) throws IOException {
        Element root = parse(manifest).getDocumentElement();
        List<Element> pictures = new ArrayList<>();
        String soundCodec = "";
        long soundBitrate = 0;
        NodeList representations = root.getElementsByTagName("Representation");
        for (int i = 0; i < representations.getLength(); i++) {
            Element representation = (Element) representations.item(i);
            if (representation.getAttribute("mimeType").startsWith("video/")) {
                pictures.add(representation);
            } else {
                soundCodec = "," + representation.getAttribute("codecs");
                soundBitrate = Long.parseLong(representation.getAttribute("bandwidth"));
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException("The manifest has no picture.");
        }
        List<Rendition> renditions = new ArrayList<>();
        for (Element picture : pictures) {
            renditions.add(new Rendition(
                    Integer.parseInt(picture.getAttribute("width")),
                    Integer.parseInt(picture.getAttribute("height")),
                    Long.parseLong(picture.getAttribute("bandwidth")) + soundBitrate,
                    picture.getAttribute("codecs") + soundCodec));
        }
        Duration duration = Duration.parse(root.getAttribute("mediaPresentationDuration"));
        return new EncodedVideo(duration.toMillis() / 1000.0, List.copyOf(renditions), List.of());
    }

    private static Document parse(Path manifest) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default one writes to standard error; the exception says the same.
            builder.setErrorHandler(null);
            return builder.parse(manifest.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("The manifest cannot be read: " + e.getMessage(), e);
        }
    }
}
