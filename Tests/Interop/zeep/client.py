"""A consumer on zeep: finds (ITI-18) and retrieves (ITI-43) the exam that was submitted, and compares every byte.

Arguments: the WSDL, the folder of the exam, the addresses of repository and registry. The exam is submitted first, packed
as MTOM by Python's own means: zeep reads MTOM but does not write it. Prints a line for each exchange: transaction, ok or
FAILED, detail, between tabs.
"""

import email
import email.policy
import hashlib
import os
import sys
import urllib.request

import zeep
from lxml import etree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from exam import Exam, XDSB  # noqa: E402

RS = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
RIM = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
SUCCESS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"
FAILURE = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"
PARTIAL = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"
FIND_DOCUMENTS = "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"


class MustUnderstand(zeep.Plugin):
    """Marks wsa:Action as ITI TF-2 Appendix V demands, which zeep by itself does not."""

    def egress(self, envelope, http_headers, operation, binding_options):
        for action in envelope.iter("{http://www.w3.org/2005/08/addressing}Action"):
            action.set("{http://www.w3.org/2003/05/soap-envelope}mustUnderstand", "true")
        return envelope, http_headers


def demand(condition, message):
    if not condition:
        raise AssertionError(message)


class Peer:
    def __init__(self, wsdl, folder, repository, registry):
        self.exam = Exam(folder)
        self.sent = {
            unique: hashlib.sha1(self.exam.documents[name]).hexdigest()
            for name, unique in self.exam.unique_ids().items()}
        self.patient = self.exam.identifier("XDSDocumentEntry.patientId")
        self.address = repository
        self.client = zeep.Client(wsdl, plugins=[MustUnderstand()])
        self.repository = self.client.create_service("{urn:cisis:interop}RepositoryBinding", repository)
        self.registry = self.client.create_service("{urn:cisis:interop}RegistryBinding", registry)

    def submit(self):
        headers, body = self.exam.packed(self.address)
        request = urllib.request.Request(self.address, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            root = self.parts(answer.headers["Content-Type"], answer.read())[0]
        status = etree.fromstring(root).find(f".//{{{RS}}}RegistryResponse").get("status")
        demand(status == SUCCESS, f"status {status}")
        return f"{len(self.sent)} documents submitted as MTOM parts, status Success"

    def query(self, identifier=FIND_DOCUMENTS):
        slots = {
            "$XDSDocumentEntryPatientId": f"'{self.patient}'",
            "$XDSDocumentEntryStatus": "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"}
        return self.registry.Find(
            ResponseOption={"returnType": "LeafClass", "returnComposedObjects": True},
            AdhocQuery={
                "id": identifier,
                "Slot": [{"name": name, "ValueList": {"Value": [value]}} for name, value in slots.items()]})

    def entries(self):
        answer = self.query()
        demand(answer.status == SUCCESS, f"status {answer.status}")
        return [choice["ExtrinsicObject"] for choice in answer.RegistryObjectList._value_1
                if choice.get("ExtrinsicObject") is not None]

    @staticmethod
    def unique_id(entry):
        for identifier in entry.ExternalIdentifier:
            if identifier.identificationScheme == "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab":
                return identifier.value
        return None

    def find(self):
        found = {self.unique_id(entry) for entry in self.entries()}
        demand(found == set(self.sent), f"{len(found)} entries, not those submitted")
        return f"{len(found)} entries decoded"

    def find_unknown(self):
        answer = self.query("urn:uuid:00000000-0000-4000-8000-000000000000")
        codes = [error.errorCode for error in answer.RegistryErrorList.RegistryError]
        demand(answer.status == FAILURE and codes == ["XDSUnknownStoredQuery"], f"{answer.status}, {codes}")
        return "refused with XDSUnknownStoredQuery"

    def wanted(self, *more):
        entry = self.entries()[0]
        repository = next(slot.ValueList.Value[0] for slot in entry.Slot if slot.name == "repositoryUniqueId")
        return [{"RepositoryUniqueId": repository, "DocumentUniqueId": unique} for unique in [*self.sent, *more]]

    def compare(self, answer):
        # zeep gives a message pack where the answer has parts that are not documents.
        answer = getattr(answer, "root", answer)
        found = {document.DocumentUniqueId: hashlib.sha1(document.Document).hexdigest()
                 for document in answer.DocumentResponse}
        # zeep strips the line ends around a binary part (zeep/wsdl/attachments.py): so are those that were sent.
        sent = {unique: hashlib.sha1(self.exam.documents[name].strip(b"\r\n")).hexdigest()
                for name, unique in self.exam.unique_ids().items()}
        demand(found == sent, f"other documents or bytes: {sorted(found)}")
        return answer.RegistryResponse

    def retrieve(self):
        response = self.compare(self.repository.Retrieve(self.wanted()))
        demand(response.status == SUCCESS, f"status {response.status}")
        return f"{len(self.sent)} documents decoded, SHA-1 as submitted (line ends at the end apart)"

    def retrieve_unknown(self):
        response = self.compare(self.repository.Retrieve(self.wanted("2.25.1")))
        codes = [error.errorCode for error in response.RegistryErrorList.RegistryError]
        demand(response.status == PARTIAL and codes == ["XDSDocumentUniqueIdError"], f"{response.status}, {codes}")
        return "PartialSuccess with XDSDocumentUniqueIdError"

    @staticmethod
    def parts(content_type, body):
        """The contents of a multipart message as Python's own MIME parser finds them, the root part first."""
        head = f"MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n".encode()
        message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
        demand(message.is_multipart() and not message.defects, f"no sound multipart: {message.defects}")
        parts = {part["Content-ID"]: part.get_payload(decode=True) for part in message.iter_parts()}
        root = parts.pop(message.get_param("start"))
        return [root, *(parts[name] for name in parts)]

    def retrieve_parts(self):
        wanted = self.wanted()
        with self.client.settings(raw_response=True):
            answer = self.repository.Retrieve(wanted)
        _, *documents = self.parts(answer.headers["Content-Type"], answer.content)
        found = sorted(hashlib.sha1(document).hexdigest() for document in documents)
        demand(found == sorted(self.sent.values()), f"{len(found)} parts, not the bytes submitted")
        return f"{len(found)} MIME parts read by Python's email package, SHA-1 as submitted"


def main():
    failed = False
    peer = Peer(*sys.argv[1:5])
    for name, exchange in [
            ("ITI-41", peer.submit), ("ITI-18", peer.find), ("ITI-43", peer.retrieve),
            ("ITI-43 raw parts", peer.retrieve_parts), ("ITI-18 unknown query", peer.find_unknown),
            ("ITI-43 one unknown", peer.retrieve_unknown)]:
        try:
            print(f"{name}\tok\t{exchange()}", flush=True)
        except Exception as error:  # each exchange has its own line, whatever went wrong in it
            failed = True
            print(f"{name}\tFAILED\t{type(error).__name__}: {' '.join(str(error).split())[:300]}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
