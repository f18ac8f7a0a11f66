/// Makes random expressions and documents from a seed: the same ones each time.
struct ExpressionGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    // MARK: Chance

    private mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(bound))
    }

    private mutating func pick(_ options: [String]) -> String { options[next(options.count)] }

    private mutating func one(of makers: [(inout ExpressionGenerator) -> String]) -> String {
        makers[next(makers.count)](&self)
    }

    // MARK: Documents

    private static let names = ["a", "b", "c", "p:a", "p:d"]
    private static let values = ["", "1", "2", "10", "-3", "1.5", "x", "abc", "a b", "2020-01-01", "é😀"]

    /// A document of a few dozen nodes.
    mutating func document() -> String {
        "<r xmlns:p='urn:p' i='1'>" + (0..<(2 + next(4))).map { _ in element(4) }.joined() + "</r>"
    }

    private mutating func element(_ depth: Int) -> String {
        let name = pick(Self.names)
        var result = "<\(name)"
        for attribute in ["i", "j", "p:k"] where next(3) == 0 { result += " \(attribute)='\(pick(Self.values))'" }
        result += ">"
        for _ in 0..<next(4) {
            switch depth > 0 ? next(5) : 4 {
            case 0: result += "<!--\(pick(["n", "1"]))-->"
            case 1: result += pick(Self.values)
            case 2, 3: result += element(depth - 1)
            default: result += pick(Self.values)
            }
        }
        return result + "</\(name)>"
    }

    // MARK: Expressions

    /// An expression whose value is told item by item, nodes by place and name.
    mutating func expression() -> String {
        let depth = 1 + next(4)
        let inner = one(of: [
            { $0.nodes(depth) }, { $0.number(depth) }, { $0.string(depth) }, { $0.boolean(depth) },
            { $0.sequence(depth) },
        ])
        return "for $it in (\(inner)) return if ($it instance of node()) then concat(name($it), '#', "
            + "count($it/ancestor::node() | $it/preceding::node()), ':', string($it)) else string($it)"
    }

    private mutating func nodes(_ depth: Int) -> String {
        if depth <= 0 { return pick(["a", "//b", ".", "@i", "*", "//@*", "/r", "..", "//*", "node()", "//text()"]) }
        return one(of: [
            { $0.path(depth) }, { $0.path(depth) }, { $0.path(depth) },
            { "(\($0.nodes(depth - 1)) \($0.pick(["|", "intersect", "except", "union"])) \($0.nodes(depth - 1)))" },
            { "(\($0.nodes(depth - 1)))[\($0.predicate(depth - 1))]" },
            { "(for $v in \($0.nodes(depth - 1)) return ($v/\($0.step(depth - 1)))[1])" },
            { "reverse(\($0.nodes(depth - 1)))" },
            { "subsequence(\($0.nodes(depth - 1)), \($0.next(4)), \($0.next(4)))" },
            { "(if (\($0.boolean(depth - 1))) then \($0.nodes(depth - 1)) else \($0.nodes(depth - 1)))" },
        ])
    }

    private mutating func path(_ depth: Int) -> String {
        var result = pick(["", "/", "//", "/r/", "./", "../", ".//", "/descendant::*/"])
        let count = 1 + next(3)
        for index in 0..<count {
            if index > 0 { result += pick(["/", "/", "//"]) }
            result += step(depth - 1)
        }
        return result
    }

    private mutating func step(_ depth: Int) -> String {
        let axes = [
            "", "", "", "", "@", "child::", "descendant::", "descendant-or-self::", "self::", "parent::", "ancestor::",
            "ancestor-or-self::", "following-sibling::", "preceding-sibling::", "following::", "preceding::",
        ]
        let axis = pick(axes)
        let test =
            axis == "@"
            ? pick(["i", "j", "*", "p:k", "*:k"])
            : pick(["a", "b", "*", "p:a", "*:a", "p:*", "node()", "text()", "comment()", "element(c)", "r"])
        var result = axis + test
        if depth > 0 { for _ in 0..<next(3) { result += "[\(predicate(depth - 1))]" } }
        return result
    }

    private mutating func predicate(_ depth: Int) -> String {
        one(of: [
            { "\(1 + $0.next(3))" }, { _ in "last()" }, { "position() \($0.comparison()) \(1 + $0.next(3))" },
            { "position() = last() - \($0.next(2))" }, { $0.boolean(depth) }, { $0.boolean(depth) },
            { $0.depthNodes(depth) }, { "\($0.number(depth))" },
        ])
    }

    private mutating func depthNodes(_ depth: Int) -> String { nodes(min(depth, 1)) }

    private mutating func comparison() -> String { pick(["=", "!=", "<", "<=", ">", ">="]) }

    private mutating func boolean(_ depth: Int) -> String {
        if depth <= 0 { return pick(["true()", "false()", "@i", "a", "@j = '1'", "b != 'x'", "count(*) > 1"]) }
        return one(of: [
            { "(\($0.boolean(depth - 1)) and \($0.boolean(depth - 1)))" },
            { "(\($0.boolean(depth - 1)) or \($0.boolean(depth - 1)))" }, { "not(\($0.boolean(depth - 1)))" },
            { "(\($0.nodes(depth - 1)) \($0.comparison()) \($0.literal()))" },
            { "(\($0.nodes(depth - 1)) \($0.comparison()) \($0.nodes(depth - 1)))" },
            { "(\($0.number(depth - 1)) \($0.pick(["eq", "ne", "lt", "le", "gt", "ge"])) \($0.number(depth - 1)))" },
            { "(\($0.string(depth - 1)) \($0.pick(["eq", "lt", "="])) \($0.string(depth - 1)))" },
            { "(count(\($0.nodes(depth - 1))) \($0.comparison()) \($0.next(4)))" },
            { "\($0.pick(["exists", "empty"]))(\($0.nodes(depth - 1)))" },
            {
                "(\($0.pick(["some", "every"])) $q in \($0.nodes(depth - 1)) satisfies $q \($0.comparison()) \($0.literal()))"
            },
            {
                "\($0.pick(["contains", "starts-with", "ends-with"]))(concat(\($0.string(depth - 1)), '~'), concat(\($0.string(depth - 1)), '~'))"
            },
            { "matches(\($0.string(depth - 1)), '\($0.pick(Self.patterns))')" },
            { "(\($0.string(depth - 1)) castable as \($0.pick(Self.types)))" },
            { "deep-equal(\($0.nodes(depth - 1)), \($0.nodes(depth - 1)))" },
            { "((\($0.nodes(depth - 1)))[1] \($0.pick(["is", "<<", ">>"])) (\($0.nodes(depth - 1)))[1])" },
            {
                "(\($0.sequence(depth - 1)) instance of \($0.pick(["node()*", "xs:integer*", "item()+", "xs:string", "element()?"])))"
            },
        ])
    }

    private static let patterns = [
        "a", "^\\d+$", "[a-c]{2}", "(a|b)*c", "^$", "\\s", "\\w+\\s\\w", "-?\\d+(\\.\\d+)?", ".", "\\p{L}",
    ]
    private static let types = [
        "xs:integer", "xs:decimal", "xs:double", "xs:date", "xs:boolean", "xs:NCName", "xs:dateTime",
    ]

    private mutating func literal() -> String { pick(["1", "2", "'1'", "'x'", "1.5", "10", "''", "'a b'", "-3"]) }

    private mutating func number(_ depth: Int) -> String {
        if depth <= 0 { return pick(["1", "2", "0", "10", "1.5", "-3", "2e0", "count(*)", "position()", "last()"]) }
        return one(of: [
            { "(\($0.number(depth - 1)) \($0.pick(["+", "-", "*", "div", "idiv", "mod"])) \($0.number(depth - 1)))" },
            { "count(\($0.nodes(depth - 1)))" }, { "number((\($0.nodes(depth - 1)))[1])" },
            { "string-length(\($0.string(depth - 1)))" },
            { "\($0.pick(["abs", "floor", "ceiling", "round", "round-half-to-even"]))(\($0.number(depth - 1)))" },
            { "\($0.pick(["sum", "max", "min", "avg"]))(\($0.pick(["1 to 4", "(1, 2.5, 3e0)", "//@i", "()"])))" },
            { "-\($0.number(depth - 1))" },
            { "index-of((1, 2, 3, 2), \($0.number(depth - 1)))[1]" },
            { "(\($0.number(depth - 1)) cast as \($0.pick(["xs:integer", "xs:double", "xs:decimal"])))" },
        ])
    }

    private mutating func string(_ depth: Int) -> String {
        if depth <= 0 {
            return pick([
                "'a'", "'abc'", "''", "'1'", "'é😀b'", "' a  b '", "string(@i)", "name()", "string()", "local-name()",
            ])
        }
        return one(of: [
            { "concat(\($0.string(depth - 1)), \($0.string(depth - 1)))" }, { "string((\($0.nodes(depth - 1)))[1])" },
            { "substring(\($0.string(depth - 1)), \($0.number(depth - 1)))" },
            { "substring(\($0.string(depth - 1)), \($0.number(depth - 1)), \($0.number(depth - 1)))" },
            { "\($0.pick(["substring-before", "substring-after"]))(\($0.string(depth - 1)), \($0.string(depth - 1)))" },
            {
                "\($0.pick(["normalize-space", "upper-case", "lower-case", "encode-for-uri"]))(\($0.string(depth - 1)))"
            },
            { "translate(\($0.string(depth - 1)), 'abé', 'x')" },
            { "string-join(\($0.nodes(depth - 1))/string(), '-')" },
            {
                "replace(\($0.string(depth - 1)), '\($0.pick(["a", "(a)(b)", "[0-9]+", "\\s+", "(.)c"]))', '\($0.pick(["", "z", "[$0]", "\\$"]))')"
            },
            { "string(\($0.number(depth - 1)))" }, { "string(\($0.boolean(depth - 1)))" },
            { "name((\($0.nodes(depth - 1)))[1])" },
        ])
    }

    private mutating func sequence(_ depth: Int) -> String {
        if next(4) == 0 { return temporal(depth) }
        if depth <= 0 { return pick(["(1, 2, 3)", "('a', 'b')", "()", "1 to 3", "(1, 'a')", "//@i", "(a, 1)"]) }
        return one(of: [
            { "(\($0.sequence(depth - 1)), \($0.sequence(depth - 1)))" },
            { "distinct-values(\($0.sequence(depth - 1)))" }, { "reverse(\($0.sequence(depth - 1)))" },
            { "(\($0.sequence(depth - 1)))[\($0.predicate(depth - 1))]" },
            { "insert-before(\($0.sequence(depth - 1)), \($0.next(4)), \($0.number(depth - 1)))" },
            { "remove(\($0.sequence(depth - 1)), \($0.next(4)))" },
            { "subsequence(\($0.sequence(depth - 1)), \($0.number(depth - 1)))" },
            { "tokenize(\($0.string(depth - 1)), '\($0.pick(["a", ",", "\\s", "[ab]"]))')" },
            { "data(\($0.nodes(depth - 1)))" },
            {
                "\($0.nodes(depth - 1))/\($0.pick(["string()", "name()", "position()", "last()", "count(*)", "(1, 2)"]))"
            },
            {
                "(for $w in \($0.sequence(depth - 1)), $z in \($0.sequence(depth - 1)) return \($0.pick(["$w", "$z", "($w, $z)", "concat($w, $z)"])))"
            },
            { "string-to-codepoints(\($0.string(depth - 1)))" },
            { "index-of(\($0.sequence(depth - 1)), \($0.number(depth - 1)))" },
            { "(if (\($0.boolean(depth - 1))) then \($0.sequence(depth - 1)) else \($0.sequence(depth - 1)))" },
        ])
    }

    // MARK: Dates, durations, casts

    private static let dates = ["2020-02-29", "1999-12-31Z", "2001-01-31+02:00", "0001-01-01", "2024-03-10-14:00"]
    private static let times = ["00:00:00", "23:59:59.999", "12:30:00Z", "24:00:00", "01:02:03.5-05:00"]

    private mutating func duration() -> String {
        pick([
            "xs:dayTimeDuration('\(pick(["PT1H", "-P1DT2H", "PT0.5S", "P400D", "PT0S", "PT61M"]))')",
            "xs:yearMonthDuration('\(pick(["P1Y", "-P13M", "P5M"]))')",
        ])
    }

    private mutating func moment() -> String {
        pick([
            "xs:date('\(pick(Self.dates))')", "xs:time('\(pick(Self.times))')",
            "xs:dateTime('2020-02-29T\(pick(Self.times))')", "xs:gYear('2020')", "xs:gMonthDay('--02-29')",
        ])
    }

    private mutating func temporal(_ depth: Int) -> String {
        let targets = [
            "xs:string", "xs:integer", "xs:decimal", "xs:float", "xs:double", "xs:boolean", "xs:date", "xs:time",
            "xs:gYear", "xs:duration",
            "xs:dayTimeDuration", "xs:yearMonthDuration", "xs:untypedAtomic", "xs:hexBinary", "xs:anyURI", "xs:byte",
            "xs:unsignedInt",
        ]
        return one(of: [
            { "(\($0.moment()) \($0.pick(["+", "-"])) \($0.duration()))" }, { "(\($0.moment()) - \($0.moment()))" },
            { "(\($0.moment()) \($0.pick(["eq", "lt", "ge"])) \($0.moment()))" },
            { "(\($0.duration()) \($0.pick(["+", "-"])) \($0.duration()))" },
            { "(\($0.duration()) \($0.pick(["*", "div"])) \($0.pick(["2", "0.5", "-4", "0"])))" },
            { "(\($0.duration()) \($0.pick(["eq", "lt"])) \($0.duration()))" },
            { "(\($0.moment()) cast as \($0.pick(targets)))" }, { "(\($0.duration()) cast as \($0.pick(targets)))" },
            { "(\($0.number(depth)) cast as \($0.pick(targets)))" },
            { "(\($0.string(depth)) cast as \($0.pick(targets)))" }, { "xs:float(\($0.number(depth)))" },
            { "(xs:float('1.1') \($0.pick(["+", "*", "div", "-"])) \($0.number(depth)))" },
            { "adjust-\($0.pick(["date", "time", "dateTime"]))-to-timezone(\($0.moment()), \($0.duration()))" },
            { "\($0.pick(["year", "month", "day", "timezone"]))-from-date(\($0.moment()))" },
            { "\($0.pick(["hours", "minutes", "seconds"]))-from-time(\($0.moment()))" },
            {
                "\($0.pick(["years", "months", "days", "hours", "minutes", "seconds"]))-from-duration(\($0.duration()))"
            },
            { "\($0.pick(["min", "max", "sum", "avg"]))((\($0.duration()), \($0.duration())))" },
            { "round-half-to-even(\($0.number(depth)) div 7e0, \($0.pick(["0", "2", "-1", "5"])))" },
            {
                "(\($0.pick(["9223372036854775807", "-9223372036854775808", "123456789012345678901234567890", "0.000001", "1e6", "1e-7", "123456.789e3"])) \($0.pick(["*", "+", "div", "mod", "idiv"])) \($0.number(depth)))"
            },
        ])
    }
}
