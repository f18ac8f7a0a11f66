internal import Glibc

/// Measures the official verdict (XML Schema and six Schematrons) against its floor, libxml2's own parse and validation.
///
///     schematron-benchmark --kit DIR [--overlay DIR] [--document FILE] [--repeat N] [--clock wall|cpu] [--format text|json]
///
/// Every section runs in a fresh process of this program, so that its peak of memory is its own; sections that are
/// compared with each other are measured in turns, and ratios are those of medians of one run.
@main
enum Benchmark {
    private static let usage = """
        usage: schematron-benchmark --kit DIR [--overlay DIR] [--document FILE] [--repeat N] [--clock wall|cpu]
                 [--format text|json] [--cisis FILE] [--saxon-jar FILE [--official-flow DIR]]
          --kit DIR        the official kit: infrastructure, schematrons, jeuxDeValeurs, ExemplesCDA
          --overlay DIR    files laid over the kit's schematrons
          --document FILE  the document; ExemplesCDA/IMG_CR_IMG_2024.01.xml of the kit by default
          --repeat N       rounds of the warm measurements, 31 by default
          --clock cpu      processor time in place of the wall's, where other programs disturb the machine
          --cisis FILE     the command: its cold 'validate --pack' is measured
          --saxon-jar FILE Saxon for Java: the official flow is measured, a lower bound of it without --official-flow
          --official-flow DIR  the flow's iso_dsdl_include.xsl, iso_abstract_expand.xsl and iso_svrl_for_xslt2.xsl;
                           or the edition for XSLT 1 (lxml/isoschematron/resources/xsl/iso-schematron-xslt1)
          CISIS_PYTHON     a Python with saxonche, for the comparison with SaxonC; python3 by default

        """

    static func main() {
        guard let options = Options(CommandLine.arguments.dropFirst()) else {
            fail(usage, 64)
        }
        do {
            switch options.section {
            case .warm: try WarmSection(options).run()
            case .once: try OnceSection(options).run()
            case .examples: try ExamplesSection(options).run()
            case .growth: try GrowthSection(options).run()
            case .stylesheets: try StylesheetSection(options).run()
            case nil:
                var suite = Suite(options)
                print(try suite.run(), terminator: "")
            }
        } catch {
            fail("schematron-benchmark: \(error)\n", 2)
        }
    }

    private static func fail(_ text: String, _ status: Int32) -> Never {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
        exit(status)
    }
}
