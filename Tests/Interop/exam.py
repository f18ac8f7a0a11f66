"""An invented exam that the peers submit: made by `cisis run`, packed here as MTOM by Python's own means."""

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET

XDSB = "urn:ihe:iti:xds-b:2007"
ACTION = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"


def make(cisis, folder, seed):
    """Writes `envelope.xml` and one file per document, named by its id, into `folder`."""
    out = os.path.join(folder, "record")
    subprocess.run(
        [cisis, "run", "submit-exam", "--seed", str(seed), "--lang", "en", "--quiet", "--out", out],
        check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(out, "run.json"), encoding="utf-8") as file:
        record = json.load(file)
    parts = record["scenarios"][0]["steps"][0]["exchange"]["request"]["parts"]
    for part in parts:
        with open(os.path.join(out, "evidence", part["sha256"]), "rb") as file:
            content = file.read()
        name = "envelope.xml" if part["mediaType"].startswith("application/xop+xml") else part["name"]
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


class Exam:
    """The message and the documents of one exam, with what a peer has to find again."""

    def __init__(self, folder):
        def read(name):
            with open(os.path.join(folder, name), "rb") as file:
                return file.read()

        self.envelope = read("envelope.xml").decode()
        root = ET.fromstring(self.envelope)
        self.documents = {
            element.get("id"): read(element.get("id")) for element in root.iter("{%s}Document" % XDSB)}

    def identifier(self, name):
        """The value of the external identifiers of that name, the first one of the message."""
        rim = "{urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0}"
        for element in ET.fromstring(self.envelope).iter(rim + "ExternalIdentifier"):
            if element.find(f"{rim}Name/{rim}LocalizedString").get("value") == name:
                return element.get("value")
        raise KeyError(name)

    def unique_ids(self):
        """The uniqueId of each document, by the id of its entry."""
        rim = "{urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0}"
        return {
            entry.get("id"): element.get("value")
            for entry in ET.fromstring(self.envelope).iter(rim + "ExtrinsicObject")
            for element in entry.iter(rim + "ExternalIdentifier")
            if element.get("identificationScheme") == "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"}

    def widened(self, size):
        """The same exam whose report holds so many more bytes of narrative that the message has `size` bytes."""
        exam = Exam.__new__(Exam)
        exam.envelope, exam.documents = self.envelope, dict(self.documents)
        missing = size - len(self.packed("urn:x")[1])
        old = self.documents["DocumentCR"]
        line = "<paragraph>Absence d'anomalie décelable sur cette coupe, ligne d'essai.</paragraph>".encode()
        at = old.index(b"</paragraph>") + len(b"</paragraph>")
        new = old[:at] + line * max(0, missing // len(line)) + old[at:]
        exam.documents["DocumentCR"] = new
        exam.envelope = exam.envelope.replace(hashlib.sha1(old).hexdigest(), hashlib.sha1(new).hexdigest())
        exam.envelope = exam.envelope.replace(f">{len(old)}<", f">{len(new)}<")
        return exam

    def packed(self, address):
        """The headers and the body of an MTOM message to `address`."""
        boundary = "MIMEBoundary-" + uuid.uuid4().hex
        envelope = re.sub(
            "<wsa:MessageID>[^<]*", "<wsa:MessageID>urn:uuid:" + str(uuid.uuid4()), self.envelope, count=1)
        envelope = re.sub("<wsa:To>[^<]*", "<wsa:To>" + address, envelope, count=1)
        parts = [(
            f'application/xop+xml; charset=UTF-8; type="application/soap+xml"; action="{ACTION}"',
            "root.message@peer.example", envelope.encode())]
        for index, (name, content) in enumerate(self.documents.items(), 1):
            cid = f"document.{index}@peer.example"
            parts[0] = (*parts[0][:2], re.sub(
                rb'(<xdsb:Document id="%s"><xop:Include [^>]*href=")[^"]*' % name.encode(),
                rb"\1cid:" + cid.encode(), parts[0][2]))
            parts.append(("application/octet-stream", cid, content))
        body = b""
        for media, cid, content in parts:
            body += (f"--{boundary}\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: binary\r\n"
                     f"Content-ID: <{cid}>\r\n\r\n").encode() + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": 'multipart/related; type="application/xop+xml"; start="<root.message@peer.example>"; '
            f'start-info="application/soap+xml"; action="{ACTION}"; boundary="{boundary}"'}
        return headers, body


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2], int(sys.argv[3]))
