import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What both programs read in a tree of ebRIM 3.0. */
final class Metadata {
    private Metadata() {}

    /** The descendants of that name in the namespace of ebRIM. */
    static List<Element> all(Element element, String name) {
        NodeList nodes = element.getElementsByTagNameNS(Messages.RIM, name);
        List<Element> found = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) found.add((Element) nodes.item(index));
        return found;
    }

    /** The external identifier of an entry under a scheme. */
    static String identifier(Element entry, String scheme) {
        for (Element element : all(entry, "ExternalIdentifier")) {
            if (element.getAttribute("identificationScheme").equals(scheme)) return element.getAttribute("value");
        }
        return "";
    }

    /** The values of the slots of that name that are children of an element, repeated slots one after the other. */
    static List<String> slot(Element element, String name) {
        List<String> values = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element) || !"Slot".equals(node.getLocalName())) continue;
            if (!((Element) node).getAttribute("name").equals(name)) continue;
            for (Element value : all((Element) node, "Value")) values.add(value.getTextContent());
        }
        return values;
    }
}
