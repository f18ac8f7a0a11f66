internal import Checks
internal import Conformance
internal import DICOM
internal import XDS
internal import XML

/// How the documents are judged that a message or an archive brings.
extension FileValidator {
    /// The layers of a document that a message or an archive brings; its findings name the part.
    ///
    /// `declaredType` is the media type that the message gives it: a manifest or a report that cannot be known as one is
    /// told, and what is not judged is said.
    func layers(of document: SubmittedDocument, declaredType: String? = nil) async -> [LayerJudgement] {
        var layers: [LayerJudgement]
        switch FileKind.detect(document.bytes) {
        case .kos:
            do throws(DICOMError) {
                let file = try DICOMFile(reading: document.bytes)
                let subject = ManifestSubject(
                    bytes: document.bytes, file: file, context: context(of: file, document.bytes))
                layers = [await rules("kos", ManifestRules.all, subject)]
            } catch {
                layers = [Self.unreadable(error, .kos)]
            }
        case .cda:
            do throws(XMLError) {
                layers = await self.layers(of: try Document(parsing: document.bytes))
            } catch {
                layers = [Self.syntax(error)]
            }
            for index in layers.indices { layers[index].layer = "cda:" + layers[index].layer }
        default: layers = Self.unknown(document.bytes, declaredType?.lowercased())
        }
        for layer in layers.indices {
            for index in layers[layer].findings.indices {
                var place = layers[layer].findings[index].place ?? EvidencePlace()
                place.part = document.id
                layers[layer].findings[index].place = place
            }
        }
        return layers
    }

    /// What can be said of a document that is neither report nor manifest.
    private static func unknown(_ bytes: [UInt8], _ declaredType: String?) -> [LayerJudgement] {
        switch declaredType {
        case nil: return []
        case "application/dicom":
            do throws(DICOMError) {
                let file = try DICOMFile(reading: bytes)
                let found = file.dataSet.string(.sopClassUID) ?? "∅"
                return [
                    LayerJudgement(
                        "document", .notRun,
                        fr: "Un objet DICOM de la classe \(found) n'est pas un manifeste : non jugé",
                        en: "A DICOM object of class \(found) is no manifest: not judged", isRequired: false)
                ]
            } catch {
                return [unreadable(error, .kos)]
            }
        case "text/xml", "application/xml":
            do throws(XMLError) {
                let root = try Document(parsing: bytes).documentElement
                guard root.name != QName("Signature", in: "http://www.w3.org/2000/09/xmldsig#") else { return [] }
                return [
                    LayerJudgement(
                        "document", .notRun,
                        fr: "Un document XML de racine \(root.qualifiedName) n'est pas un compte rendu CDA : non jugé",
                        en: "An XML document with the root \(root.qualifiedName) is no CDA report: not judged",
                        isRequired: false)
                ]
            } catch {
                var layer = syntax(error)
                layer.layer = "cda:" + layer.layer
                return [layer]
            }
        case let type?:
            return [
                LayerJudgement(
                    "document", .notRun, fr: "Un document de type \(type.prefix(80)) n'est pas jugé",
                    en: "A document of type \(type.prefix(80)) is not judged", isRequired: false)
            ]
        }
    }
}
