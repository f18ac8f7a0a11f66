import java.util.ArrayList;
import java.util.List;
import javax.activation.DataHandler;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlAnyElement;
import javax.xml.bind.annotation.XmlAttribute;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlMimeType;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlType;
import javax.xml.bind.annotation.XmlValue;
import org.w3c.dom.Element;

/** The messages of XDS.b as JAXB binds them: documents are DataHandlers, which the stack itself packs as MTOM. */
final class Messages {
    static final String XDSB = "urn:ihe:iti:xds-b:2007";
    static final String RIM = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
    static final String RS = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
    static final String QUERY = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";

    static final String SUBMIT = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b";
    static final String FIND = "urn:ihe:iti:2007:RegistryStoredQuery";
    static final String RETRIEVE = "urn:ihe:iti:2007:RetrieveDocumentSet";

    static final String SUCCESS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success";
    static final String FAILURE = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure";
    static final String PARTIAL = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess";

    static final String UNIQUE_ID = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab";
    static final String PATIENT_ID = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";

    private Messages() {}

    /** ITI-41: the metadata as they are, the documents as attachments. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "ProvideAndRegisterDocumentSetRequest", namespace = XDSB)
    @XmlType(name = "Submission", propOrder = {"metadata", "documents"})
    public static class Submission {
        @XmlAnyElement public Element metadata;
        @XmlElement(name = "Document", namespace = XDSB) public List<Document> documents = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "Document")
    public static class Document {
        @XmlAttribute public String id;
        @XmlValue @XmlMimeType("application/octet-stream") public DataHandler content;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "RegistryResponse", namespace = RS)
    @XmlType(name = "RegistryResponse")
    public static class RegistryResponse {
        @XmlAttribute public String status;
        @XmlElement(name = "RegistryErrorList", namespace = RS) public ErrorList errors;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "ErrorList")
    public static class ErrorList {
        @XmlAttribute public String highestSeverity;
        @XmlElement(name = "RegistryError", namespace = RS) public List<RegistryError> list = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "RegistryError")
    public static class RegistryError {
        @XmlAttribute public String errorCode;
        @XmlAttribute public String codeContext;
        @XmlAttribute public String severity;
        @XmlAttribute public String location;
    }

    /** ITI-18, both ways: what the registry information model holds stays a tree. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "AdhocQueryRequest", namespace = QUERY)
    @XmlType(name = "Query")
    public static class Query {
        @XmlAnyElement public List<Element> content = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "AdhocQueryResponse", namespace = QUERY)
    @XmlType(name = "QueryAnswer", propOrder = {"errors", "content"})
    public static class QueryAnswer {
        @XmlAttribute public String status;
        @XmlElement(name = "RegistryErrorList", namespace = RS) public ErrorList errors;
        @XmlAnyElement public List<Element> content = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "RetrieveDocumentSetRequest", namespace = XDSB)
    @XmlType(name = "Retrieval")
    public static class Retrieval {
        @XmlElement(name = "DocumentRequest", namespace = XDSB) public List<Wanted> wanted = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "Wanted", propOrder = {"home", "repository", "document"})
    public static class Wanted {
        @XmlElement(name = "HomeCommunityId", namespace = XDSB) public String home;
        @XmlElement(name = "RepositoryUniqueId", namespace = XDSB) public String repository;
        @XmlElement(name = "DocumentUniqueId", namespace = XDSB) public String document;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "RetrieveDocumentSetResponse", namespace = XDSB)
    @XmlType(name = "RetrievalAnswer", propOrder = {"response", "documents"})
    public static class RetrievalAnswer {
        @XmlElement(name = "RegistryResponse", namespace = RS) public RegistryResponse response;
        @XmlElement(name = "DocumentResponse", namespace = XDSB) public List<Found> documents = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "Found", propOrder = {"home", "repository", "document", "mimeType", "content"})
    public static class Found {
        @XmlElement(name = "HomeCommunityId", namespace = XDSB) public String home;
        @XmlElement(name = "RepositoryUniqueId", namespace = XDSB) public String repository;
        @XmlElement(name = "DocumentUniqueId", namespace = XDSB) public String document;
        @XmlElement(namespace = XDSB) public String mimeType;
        @XmlElement(name = "Document", namespace = XDSB) @XmlMimeType("application/octet-stream")
        public DataHandler content;
    }
}
