import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.activation.DataHandler;
import javax.activation.DataSource;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.jws.soap.SOAPBinding;
import javax.xml.ws.Action;
import javax.xml.ws.BindingType;
import javax.xml.ws.Endpoint;
import javax.xml.ws.soap.Addressing;
import javax.xml.ws.soap.MTOM;
import org.w3c.dom.Element;

/**
 * A registry and repository on JAX-WS RI, in memory: keeps what is submitted (ITI-41), finds it by patient, reference
 * or uniqueId (ITI-18), and gives it back (ITI-43). Envelope, addressing and MTOM are the stack's own.
 *
 * Listens on a free port of the loopback and prints both addresses.
 */
public final class Server {
    private static final String REPOSITORY_ID = "1.2.250.1.999.9.1";

    private static final class Stored {
        Element entry;
        byte[] content;
    }

    private static final Map<String, Stored> STORE = new LinkedHashMap<>();

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        publish(new Repository(), server.createContext("/repository"));
        publish(new Registry(), server.createContext("/registry"));
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        System.out.println("repository " + base + "/repository");
        System.out.println("registry " + base + "/registry");
    }

    private static void publish(Object service, HttpContext context) {
        Endpoint.create(service).publish(context);
    }

    /** ITI-41 and ITI-43. */
    @WebService(name = "Repository", serviceName = "RepositoryService", targetNamespace = "urn:peer")
    @SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
    @BindingType(javax.xml.ws.soap.SOAPBinding.SOAP12HTTP_BINDING)
    @Addressing(required = true)
    @MTOM(threshold = 0)
    public static class Repository {
        @WebMethod(action = Messages.SUBMIT)
        @Action(input = Messages.SUBMIT, output = Messages.SUBMIT + "Response")
        @WebResult(name = "RegistryResponse", targetNamespace = Messages.RS)
        public Messages.RegistryResponse submit(
            @WebParam(name = "ProvideAndRegisterDocumentSetRequest", targetNamespace = Messages.XDSB)
            Messages.Submission message) {
            Map<String, byte[]> contents = new LinkedHashMap<>();
            for (Messages.Document document : message.documents) {
                try (InputStream stream = document.content.getInputStream()) {
                    contents.put(document.id, stream.readAllBytes());
                } catch (IOException error) {
                    throw new UncheckedIOException(error);
                }
            }
            Messages.RegistryResponse answer = new Messages.RegistryResponse();
            answer.status = Messages.SUCCESS;
            Map<String, Stored> fresh = new LinkedHashMap<>();
            for (Element entry : Metadata.all(message.metadata, "ExtrinsicObject")) {
                Stored stored = new Stored();
                stored.entry = entry;
                stored.content = contents.get(entry.getAttribute("id"));
                if (stored.content == null) {
                    answer.status = Messages.FAILURE;
                    answer.errors = error("XDSMissingDocument", "no document for " + entry.getAttribute("id"));
                    return answer;
                }
                fresh.put(Metadata.identifier(entry, Messages.UNIQUE_ID), stored);
            }
            for (Stored stored : fresh.values()) register(stored.entry);
            synchronized (STORE) { STORE.putAll(fresh); }
            return answer;
        }

        @WebMethod(action = Messages.RETRIEVE)
        @Action(input = Messages.RETRIEVE, output = Messages.RETRIEVE + "Response")
        @WebResult(name = "RetrieveDocumentSetResponse", targetNamespace = Messages.XDSB)
        public Messages.RetrievalAnswer retrieve(
            @WebParam(name = "RetrieveDocumentSetRequest", targetNamespace = Messages.XDSB)
            Messages.Retrieval message) {
            Messages.RetrievalAnswer answer = new Messages.RetrievalAnswer();
            answer.response = new Messages.RegistryResponse();
            answer.response.status = Messages.SUCCESS;
            for (Messages.Wanted wanted : message.wanted) {
                Stored stored;
                synchronized (STORE) { stored = STORE.get(wanted.document); }
                if (stored == null || !REPOSITORY_ID.equals(wanted.repository)) {
                    answer.response.errors = merged(answer.response.errors, stored == null
                        ? error("XDSDocumentUniqueIdError", wanted.document + " is not here")
                        : error("XDSUnknownRepositoryId", wanted.repository + " is not this repository"));
                    continue;
                }
                Messages.Found found = new Messages.Found();
                found.repository = REPOSITORY_ID;
                found.document = wanted.document;
                found.mimeType = stored.entry.getAttribute("mimeType");
                found.content = new DataHandler(new Bytes(stored.content));
                answer.documents.add(found);
            }
            if (answer.response.errors != null) {
                answer.response.status = answer.documents.isEmpty() ? Messages.FAILURE : Messages.PARTIAL;
            }
            return answer;
        }
    }

    /** ITI-18. */
    @WebService(name = "Registry", serviceName = "RegistryService", targetNamespace = "urn:peer")
    @SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
    @BindingType(javax.xml.ws.soap.SOAPBinding.SOAP12HTTP_BINDING)
    @Addressing(required = true)
    public static class Registry {
        @WebMethod(action = Messages.FIND)
        @Action(input = Messages.FIND, output = Messages.FIND + "Response")
        @WebResult(name = "AdhocQueryResponse", targetNamespace = Messages.QUERY)
        public Messages.QueryAnswer find(
            @WebParam(name = "AdhocQueryRequest", targetNamespace = Messages.QUERY) Messages.Query message) {
            Element query = message.content.get(1);
            Messages.QueryAnswer answer = new Messages.QueryAnswer();
            Element list = query.getOwnerDocument().createElementNS(Messages.RIM, "rim:RegistryObjectList");
            answer.content.add(list);
            answer.status = Messages.SUCCESS;
            answer.errors = fault(query);
            if (answer.errors != null) {
                answer.status = Messages.FAILURE;
                return answer;
            }
            synchronized (STORE) {
                for (Stored stored : STORE.values()) {
                    if (matches(stored.entry, query)) {
                        list.appendChild(list.getOwnerDocument().importNode(stored.entry, true));
                    }
                }
            }
            return answer;
        }
    }

    private static Messages.ErrorList fault(Element query) {
        List<String> required;
        switch (query.getAttribute("id")) {
            case "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d":
                required = Arrays.asList("$XDSDocumentEntryPatientId", "$XDSDocumentEntryStatus");
                break;
            case "urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492":
                required = Arrays.asList("$XDSDocumentEntryPatientId", "$XDSDocumentEntryStatus",
                    "$XDSDocumentEntryReferenceIdList");
                break;
            case "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4":
                required = Arrays.asList("$XDSDocumentEntryUniqueId");
                break;
            default:
                return error("XDSUnknownStoredQuery", query.getAttribute("id") + " is not offered");
        }
        for (String name : required) {
            if (Metadata.slot(query, name).isEmpty()) return error("XDSStoredQueryMissingParam", name + " is missing");
        }
        return null;
    }

    private static boolean matches(Element entry, Element query) {
        return among(query, "$XDSDocumentEntryPatientId", Arrays.asList(
                Metadata.identifier(entry, Messages.PATIENT_ID)))
            && among(query, "$XDSDocumentEntryStatus", Arrays.asList(entry.getAttribute("status")))
            && among(query, "$XDSDocumentEntryUniqueId", Arrays.asList(
                Metadata.identifier(entry, Messages.UNIQUE_ID)))
            && among(query, "$XDSDocumentEntryReferenceIdList", Metadata.slot(
                entry, "urn:ihe:iti:xds:2013:referenceIdList"));
    }

    /** Whether a parameter is absent, or names one of the values. */
    private static boolean among(Element query, String name, List<String> values) {
        List<String> wanted = new ArrayList<>();
        for (String text : Metadata.slot(query, name)) {
            Matcher quoted = Pattern.compile("'([^']*)'").matcher(text);
            while (quoted.find()) wanted.add(quoted.group(1));
        }
        if (wanted.isEmpty()) return true;
        wanted.retainAll(values);
        return !wanted.isEmpty();
    }

    /** What a registry adds to an entry: identifier, version, state, repository. */
    private static void register(Element entry) {
        String identifier = "urn:uuid:" + UUID.randomUUID();
        String old = entry.getAttribute("id");
        entry.setAttribute("id", identifier);
        entry.setAttribute("lid", identifier);
        entry.setAttribute("status", "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved");
        for (String name : Arrays.asList("Classification", "ExternalIdentifier")) {
            for (Element child : Metadata.all(entry, name)) {
                child.setAttribute("id", "urn:uuid:" + UUID.randomUUID());
                for (String reference : Arrays.asList("classifiedObject", "registryObject")) {
                    if (child.getAttribute(reference).equals(old)) child.setAttribute(reference, identifier);
                }
            }
        }
        Element slot = entry.getOwnerDocument().createElementNS(Messages.RIM, "rim:Slot");
        slot.setAttribute("name", "repositoryUniqueId");
        Element list = (Element) slot.appendChild(
            entry.getOwnerDocument().createElementNS(Messages.RIM, "rim:ValueList"));
        list.appendChild(entry.getOwnerDocument().createElementNS(Messages.RIM, "rim:Value"))
            .setTextContent(REPOSITORY_ID);
        entry.insertBefore(slot, entry.getFirstChild());
    }

    private static Messages.ErrorList error(String code, String context) {
        Messages.RegistryError error = new Messages.RegistryError();
        error.errorCode = code;
        error.codeContext = context;
        error.severity = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error";
        Messages.ErrorList errors = new Messages.ErrorList();
        errors.highestSeverity = error.severity;
        errors.list.add(error);
        return errors;
    }

    private static Messages.ErrorList merged(Messages.ErrorList first, Messages.ErrorList second) {
        if (first == null) return second;
        first.list.addAll(second.list);
        return first;
    }

    /** Bytes as the activation framework wants them. */
    private static final class Bytes implements DataSource {
        private final byte[] content;

        Bytes(byte[] content) { this.content = content; }

        @Override public InputStream getInputStream() { return new ByteArrayInputStream(content); }
        @Override public OutputStream getOutputStream() { throw new UnsupportedOperationException(); }
        @Override public String getContentType() { return "application/octet-stream"; }
        @Override public String getName() { return ""; }
    }
}
