import com.sun.xml.ws.api.message.Headers;
import com.sun.xml.ws.developer.JAXWSProperties;
import com.sun.xml.ws.developer.WSBindingProvider;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.activation.DataHandler;
import javax.activation.FileDataSource;
import javax.xml.bind.JAXBContext;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Dispatch;
import javax.xml.ws.Service;
import javax.xml.ws.soap.AddressingFeature;
import javax.xml.ws.soap.MTOMFeature;
import javax.xml.ws.soap.SOAPBinding;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A source and a consumer on JAX-WS RI: submits an exam (ITI-41), finds it (ITI-18), retrieves it (ITI-43), and
 * compares the bytes that come back with those that went.
 *
 * Arguments: the WSDL, folder of the exam, address of the repository, address of the registry. Prints a line for each exchange:
 * transaction, ok or FAILED, detail, between tabs.
 */
public final class Client {
    private static final String SERVICE = "urn:cisis:interop";
    private static boolean hasFailed;

    private final JAXBContext context = JAXBContext.newInstance(
        Messages.Submission.class, Messages.RegistryResponse.class, Messages.Query.class, Messages.QueryAnswer.class,
        Messages.Retrieval.class, Messages.RetrievalAnswer.class);
    private final Service service;
    private final String repository;
    private final String registry;
    private final Element submission;
    private final Map<String, byte[]> documents = new LinkedHashMap<>();
    private final Map<String, File> files = new LinkedHashMap<>();
    private String patient = "";

    private Client(File wsdl, File folder, String repository, String registry) throws Exception {
        service = Service.create(wsdl.toURI().toURL(), new QName(SERVICE, "DMP"));
        this.repository = repository;
        this.registry = registry;
        Document message = builder().newDocumentBuilder().parse(new File(folder, "envelope.xml"));
        submission = (Element) message.getElementsByTagNameNS(
            "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0", "SubmitObjectsRequest").item(0);
        for (Element entry : Metadata.all(submission, "ExtrinsicObject")) {
            File file = new File(folder, entry.getAttribute("id"));
            files.put(entry.getAttribute("id"), file);
            documents.put(Metadata.identifier(entry, Messages.UNIQUE_ID), Files.readAllBytes(file.toPath()));
            patient = Metadata.identifier(entry, Messages.PATIENT_ID);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Client client = new Client(
            new File(arguments[0]), new File(arguments[1]), arguments[2], arguments[3]);
        report("ITI-41", client::submit);
        report("ITI-18", () -> client.find(Messages.SUCCESS));
        report("ITI-43", client::retrieve);
        report("ITI-18 unknown query", client::findUnknown);
        report("ITI-43 one unknown", client::retrieveUnknown);
        System.exit(hasFailed ? 1 : 0);
    }

    private interface Exchange { String run() throws Exception; }

    private static void report(String name, Exchange exchange) {
        try {
            System.out.println(name + "\tok\t" + exchange.run());
        } catch (Exception error) {
            hasFailed = true;
            System.out.println(name + "\tFAILED\t" + String.valueOf(error).replaceAll("\\s+", " "));
        }
    }

    private String submit() throws Exception {
        Messages.Submission message = new Messages.Submission();
        message.metadata = submission;
        for (Map.Entry<String, File> file : files.entrySet()) {
            Messages.Document document = new Messages.Document();
            document.id = file.getKey();
            document.content = new DataHandler(new FileDataSource(file.getValue()));
            message.documents.add(document);
        }
        Messages.RegistryResponse answer = (Messages.RegistryResponse) call(repository, Messages.SUBMIT, true, message);
        demand(Messages.SUCCESS.equals(answer.status), "status " + answer.status + errors(answer.errors));
        return files.size() + " documents submitted as MTOM parts, status Success";
    }

    private String find(String expected) throws Exception {
        Messages.QueryAnswer answer = query("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d");
        demand(expected.equals(answer.status), "status " + answer.status + errors(answer.errors));
        int count = 0;
        for (Element element : answer.content) {
            for (Element entry : Metadata.all(element, "ExtrinsicObject")) {
                if (documents.containsKey(Metadata.identifier(entry, Messages.UNIQUE_ID))) count++;
            }
        }
        demand(count == documents.size(), count + " of " + documents.size() + " entries found");
        return count + " entries decoded";
    }

    private String findUnknown() throws Exception {
        Messages.QueryAnswer answer = query("urn:uuid:00000000-0000-4000-8000-000000000000");
        demand(Messages.FAILURE.equals(answer.status), "status " + answer.status);
        demand(errors(answer.errors).contains("XDSUnknownStoredQuery"), "errors" + errors(answer.errors));
        return "refused with" + errors(answer.errors);
    }

    private Messages.QueryAnswer query(String identifier) throws Exception {
        Document tree = builder().newDocumentBuilder().newDocument();
        Element option = tree.createElementNS(Messages.QUERY, "query:ResponseOption");
        option.setAttribute("returnComposedObjects", "true");
        option.setAttribute("returnType", "LeafClass");
        Element query = tree.createElementNS(Messages.RIM, "rim:AdhocQuery");
        query.setAttribute("id", identifier);
        query.appendChild(slot(tree, "$XDSDocumentEntryPatientId", "'" + patient + "'"));
        query.appendChild(slot(
            tree, "$XDSDocumentEntryStatus", "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"));
        Messages.Query message = new Messages.Query();
        message.content.add(option);
        message.content.add(query);
        return (Messages.QueryAnswer) call(registry, Messages.FIND, false, message);
    }

    private static Element slot(Document tree, String name, String value) {
        Element slot = tree.createElementNS(Messages.RIM, "rim:Slot");
        slot.setAttribute("name", name);
        Element list = (Element) slot.appendChild(tree.createElementNS(Messages.RIM, "rim:ValueList"));
        list.appendChild(tree.createElementNS(Messages.RIM, "rim:Value")).setTextContent(value);
        return slot;
    }

    private String retrieve() throws Exception {
        Messages.RetrievalAnswer answer = retrieve(documents.keySet().toArray(new String[0]));
        demand(Messages.SUCCESS.equals(answer.response.status), "status " + answer.response.status);
        compare(answer, documents.size());
        return answer.documents.size() + " documents decoded from MTOM parts, SHA-1 as submitted";
    }

    private String retrieveUnknown() throws Exception {
        Messages.RetrievalAnswer answer = retrieve(documents.keySet().iterator().next(), "2.25.1");
        demand(Messages.PARTIAL.equals(answer.response.status), "status " + answer.response.status);
        demand(errors(answer.response.errors).contains("XDSDocumentUniqueIdError"),
            "errors" + errors(answer.response.errors));
        compare(answer, 1);
        return "PartialSuccess, 1 document, with" + errors(answer.response.errors);
    }

    private Messages.RetrievalAnswer retrieve(String... identifiers) throws Exception {
        Messages.QueryAnswer entries = query("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d");
        Element entry = Metadata.all(entries.content.get(0), "ExtrinsicObject").get(0);
        Messages.Retrieval message = new Messages.Retrieval();
        for (String identifier : identifiers) {
            Messages.Wanted wanted = new Messages.Wanted();
            wanted.repository = Metadata.slot(entry, "repositoryUniqueId").get(0);
            wanted.document = identifier;
            message.wanted.add(wanted);
        }
        return (Messages.RetrievalAnswer) call(repository, Messages.RETRIEVE, true, message);
    }

    private void compare(Messages.RetrievalAnswer answer, int count) throws Exception {
        demand(answer.documents.size() == count, answer.documents.size() + " documents, not " + count);
        for (Messages.Found found : answer.documents) {
            byte[] bytes;
            try (InputStream stream = found.content.getInputStream()) { bytes = stream.readAllBytes(); }
            demand(sha1(bytes).equals(sha1(documents.get(found.document))), "other bytes in " + found.document);
        }
    }

    private Object call(String address, String action, boolean isMTOM, Object message) throws Exception {
        QName port = new QName(SERVICE, address.equals(registry) ? "RegistryPort" : "RepositoryPort");
        Dispatch<Object> dispatch = service.createDispatch(
            port, context, Service.Mode.PAYLOAD, new AddressingFeature(true, true), new MTOMFeature(isMTOM, 0));
        Map<String, Object> properties = dispatch.getRequestContext();
        properties.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address);
        // What the stack writes by itself is `uuid:…`, where the profile demands `urn:uuid:…` (PNR-007).
        ((WSBindingProvider) dispatch).setOutboundHeaders(Headers.create(
            new QName("http://www.w3.org/2005/08/addressing", "MessageID"), "urn:uuid:" + UUID.randomUUID()));
        properties.put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        properties.put(BindingProvider.SOAPACTION_URI_PROPERTY, action);
        properties.put(JAXWSProperties.CONNECT_TIMEOUT, 10_000);
        properties.put("com.sun.xml.ws.request.timeout", 30_000);
        return dispatch.invoke(message);
    }

    private static String errors(Messages.ErrorList errors) {
        StringBuilder text = new StringBuilder();
        if (errors != null) {
            for (Messages.RegistryError error : errors.list) {
                text.append(' ').append(error.errorCode).append(" (").append(error.codeContext).append(')');
            }
        }
        return text.toString();
    }

    private static void demand(boolean condition, String message) throws Exception {
        if (!condition) throw new Exception(message);
    }

    private static String sha1(byte[] bytes) throws Exception {
        StringBuilder text = new StringBuilder();
        for (byte value : MessageDigest.getInstance("SHA-1").digest(bytes)) text.append(String.format("%02x", value));
        return text.toString();
    }

    private static DocumentBuilderFactory builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory;
    }
}
