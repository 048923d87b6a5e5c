package dev.caravan.encode.presentation;

import dev.caravan.encode.media.SoundRendition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The DASH manifest that ffmpeg wrote, or writes at the moment: with a timeline for each track. */
public final class DashManifest {

    private static final String ROLES = "urn:mpeg:dash:role:2011";
    private static final String DURATION = "mediaPresentationDuration";
    private static final String LONGEST_SEGMENT = "maxSegmentDuration";
    private static final String IMAGE = "image/";
    private static final String SET = "AdaptationSet";
    private static final String REPRESENTATION = "Representation";
    /** More than a week in segments of a second. */
    private static final int MOST_SEGMENTS = 1_000_000;

    private static final Pattern NUMBER = Pattern.compile("\\$Number(?:%0(\\d)d)?\\$");

    private final Path file;
    private final Document document;

    private DashManifest(Path file, Document document) {
        this.file = file;
        this.document = document;
    }

    /** @throws dev.caravan.kernel.Fault when it is no manifest */
    public static DashManifest read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw Unplayable.because("the DASH manifest is missing");
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default one writes to standard error; the exception says the same.
            builder.setErrorHandler(null);
            return new DashManifest(file, builder.parse(file.toFile()));
        } catch (SAXException e) {
            throw Unplayable.because("the DASH manifest cannot be read");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What it offers.
     *
     * @throws dev.caravan.kernel.Fault when it says less than a player needs
     */
    public Presentation presentation() {
        try {
            Element root = document.getDocumentElement();
            return new Presentation(
                    seconds(root, DURATION),
                    seconds(root, LONGEST_SEGMENT),
                    representations().stream()
                            .filter(representation -> !isImage(representation))
                            .map(DashManifest::track)
                            .toList());
        } catch (NumberFormatException | DateTimeException e) {
            throw Unplayable.because("the DASH manifest cannot be read");
        }
    }

    /**
     * Takes over what another one offers: its pictures behind its own in one set, which players choose from, and its sounds.
     *
     * @param prefix of the names of the other's tracks
     */
    void append(DashManifest other, String prefix) {
        other.identify(prefix);
        List<Element> own = elements(document.getDocumentElement(), SET);
        Node period = own.get(0).getParentNode();
        int number = own.size();
        for (Element set : elements(other.document.getDocumentElement(), SET)) {
            if (set.getAttribute("contentType").equals("video")) {
                elements(set, REPRESENTATION)
                        .forEach(picture -> own.get(0).appendChild(document.importNode(picture, true)));
            } else {
                Element sound = (Element) document.importNode(set, true);
                sound.setAttribute("id", Integer.toString(number++));
                period.appendChild(sound);
            }
        }
    }

    /** Gives its tracks names that those of another group do not have, as their files have them. */
    void identify(String prefix) {
        for (Element representation : representations()) {
            representation.setAttribute("id", prefix + representation.getAttribute("id"));
            Element template = only(representation, "SegmentTemplate");
            for (String name : List.of("initialization", "media")) {
                template.setAttribute(
                        name, template.getAttribute(name).replace(prefix + "$RepresentationID$", "$RepresentationID$"));
            }
        }
    }

    /** Leaves a track out, and its set when nothing else is in it. */
    void remove(Track track) {
        for (Element representation : representations()) {
            if (representation.getAttribute("id").equals(track.id())) {
                Node set = representation.getParentNode();
                set.removeChild(representation);
                if (((Element) set).getElementsByTagName(REPRESENTATION).getLength() == 0) {
                    set.getParentNode().removeChild(set);
                }
            }
        }
    }

    /** Says of a track, which is the only one of its set, what viewers and players choose it by. */
    void describe(Track track, SoundRendition sound) {
        for (Element representation : representations()) {
            if (representation.getAttribute("id").equals(track.id())) {
                describe((Element) representation.getParentNode(), sound);
            }
        }
    }

    private void describe(Element set, SoundRendition sound) {
        if (!sound.language().isEmpty()) {
            set.setAttribute("lang", sound.language());
        }
        // Of two that are as good the one for everyone.
        int priority = (sound.isDefault() ? 2 : 0) + (sound.isSurround() ? 1 : 2);
        set.setAttribute("selectionPriority", Integer.toString(priority));
        Node first = set.getFirstChild();
        Element label = document.createElement("Label");
        label.setTextContent(sound.isSurround() ? sound.label() + " (5.1)" : sound.label());
        set.insertBefore(label, first);
        if (sound.description()) {
            set.insertBefore(descriptor("Accessibility", "urn:tva:metadata:cs:AudioPurposeCS:2007", "1"), first);
            set.insertBefore(descriptor("Role", ROLES, "description"), first);
        }
        set.insertBefore(descriptor("Role", ROLES, sound.isDefault() ? "main" : "alternate"), first);
    }

    private Element descriptor(String name, String scheme, String value) {
        Element descriptor = document.createElement(name);
        descriptor.setAttribute("schemeIdUri", scheme);
        descriptor.setAttribute("value", value);
        return descriptor;
    }

    /** States the lengths, none below what it is: ffmpeg cuts them to tenths of a second. */
    void setLengths(double end, double longestSegment) {
        Element root = document.getDocumentElement();
        root.setAttribute(DURATION, duration(end));
        root.setAttribute(LONGEST_SEGMENT, duration(longestSegment));
        for (Element period : elements(root, "Period")) {
            if (period.hasAttribute("duration")) {
                period.setAttribute("duration", duration(end));
            }
        }
    }

    /**
     * Says that more comes, and has players begin at its beginning all the same: nothing is so late that it would not be
     * there any more, and all that is there may be that far behind.
     *
     * @param end seconds that it will take
     * @param longestSegment seconds of the longest that will come
     */
    void setGrowing(double end, int longestSegment) {
        Element root = document.getDocumentElement();
        root.setAttribute("type", "dynamic");
        root.setAttribute("availabilityStartTime", "1970-01-01T00:00:00Z");
        root.setAttribute("minimumUpdatePeriod", "PT2S");
        root.setAttribute("suggestedPresentationDelay", duration(Math.ceil(end) + longestSegment));
        root.setAttribute(LONGEST_SEGMENT, duration(longestSegment));
        root.setAttribute(DURATION, duration(end));
    }

    /**
     * Adds a storyboard as a set of pictures that players of DASH know (DASH-IF IOP part 10, thumbnails), and writes it.
     *
     * @param bytes of its sheet
     */
    public void add(Storyboard storyboard, long bytes) throws IOException {
        List<Element> periods = elements(document.getDocumentElement(), "Period");
        Element set = child(periods.get(periods.size() - 1), SET);
        set.setAttribute("contentType", "image");
        set.setAttribute("mimeType", IMAGE + "jpeg");
        Element template = child(set, "SegmentTemplate");
        template.setAttribute("media", Storyboard.SHEET);
        template.setAttribute("timescale", "1000");
        template.setAttribute("duration", Long.toString(Math.round(1000 * storyboard.seconds())));
        template.setAttribute("startNumber", "1");
        Element representation = child(set, REPRESENTATION);
        representation.setAttribute("id", "storyboard");
        representation.setAttribute(
                "bandwidth", Long.toString((long) Math.ceil(Byte.SIZE * bytes / storyboard.seconds())));
        representation.setAttribute("width", Integer.toString(storyboard.sheetWidth()));
        representation.setAttribute("height", Integer.toString(storyboard.sheetHeight()));
        Element tiles = child(representation, "EssentialProperty");
        tiles.setAttribute("schemeIdUri", "http://dashif.org/guidelines/thumbnail_tile");
        tiles.setAttribute("value", storyboard.columns() + "x" + storyboard.rows());
        write();
    }

    private Element child(Element parent, String name) {
        Element child = document.createElement(name);
        parent.appendChild(child);
        return child;
    }

    void write() throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(new StreamResult(out));
        }
    }

    String text() throws IOException {
        StringWriter text = new StringWriter();
        write(new StreamResult(text));
        return text.toString();
    }

    private void write(StreamResult result) throws IOException {
        try {
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), result);
        } catch (TransformerException e) {
            throw new IOException("The DASH manifest cannot be written: " + e.getMessage(), e);
        }
    }

    private List<Element> representations() {
        return elements(document.getDocumentElement(), REPRESENTATION);
    }

    /** Whether it is a storyboard, which is no track that has to play. */
    private static boolean isImage(Element representation) {
        return ((Element) representation.getParentNode())
                .getAttribute("mimeType")
                .startsWith(IMAGE);
    }

    private static Track track(Element representation) {
        Element template = only(representation, "SegmentTemplate");
        String id = representation.getAttribute("id");
        boolean picture = representation.getAttribute("mimeType").startsWith("video/");
        long timescale = Long.parseLong(template.getAttribute("timescale"));
        if (timescale < 1) {
            throw new NumberFormatException("timescale");
        }
        return new Track(
                id,
                picture,
                picture ? Integer.parseInt(representation.getAttribute("width")) : 0,
                picture ? Integer.parseInt(representation.getAttribute("height")) : 0,
                picture ? 0 : channels(representation),
                ((Element) representation.getParentNode()).getAttribute("lang"),
                Long.parseLong(representation.getAttribute("bandwidth")),
                representation.getAttribute("codecs"),
                timescale,
                name(template.getAttribute("initialization"), id, 0),
                segments(template, id));
    }

    private static int channels(Element representation) {
        List<Element> said = elements(representation, "AudioChannelConfiguration");
        return said.isEmpty() ? 0 : Integer.parseInt(said.get(0).getAttribute("value"));
    }

    private static List<Segment> segments(Element template, String id) {
        int number = Integer.parseInt(template.getAttribute("startNumber"));
        String media = template.getAttribute("media");
        List<Segment> segments = new ArrayList<>();
        long start = 0;
        for (Element entry : elements(only(template, "SegmentTimeline"), "S")) {
            start = entry.hasAttribute("t") ? Long.parseLong(entry.getAttribute("t")) : start;
            long duration = Long.parseLong(entry.getAttribute("d"));
            int more = entry.hasAttribute("r") ? Integer.parseInt(entry.getAttribute("r")) : 0;
            if (more < 0 || segments.size() + (long) more > MOST_SEGMENTS) {
                throw new NumberFormatException("r");
            }
            for (int i = 0; i <= more; i++) {
                segments.add(new Segment(name(media, id, number + segments.size()), start, duration));
                start += duration;
            }
        }
        return List.copyOf(segments);
    }

    private static String name(String template, String id, int number) {
        return NUMBER.matcher(template.replace("$RepresentationID$", id))
                .replaceAll(match -> match.group(1) == null
                        ? Integer.toString(number)
                        : String.format(Locale.ROOT, "%0" + match.group(1) + "d", number));
    }

    /** While more comes nothing is said of its length. */
    private static double seconds(Element element, String attribute) {
        if (element.getAttribute("type").equals("dynamic") && !element.hasAttribute(attribute)) {
            return 0;
        }
        return Duration.parse(element.getAttribute(attribute)).toNanos() / 1e9;
    }

    /** Rounded up to the microsecond. */
    private static String duration(double seconds) {
        // What is a whole number of microseconds but for the last bits of a double is not rounded up.
        return Duration.of((long) Math.ceil(seconds * 1e6 - 1e-3), ChronoUnit.MICROS)
                .toString();
    }

    private static Element only(Element parent, String name) {
        List<Element> found = elements(parent, name);
        if (found.size() != 1) {
            throw Unplayable.because("the DASH manifest has no single %s in %s", name, parent.getTagName());
        }
        return found.get(0);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
