internal import Conformance
internal import HTTP

/// Whether the addresses of a plan can be reached at all: asked once, all at once, before the first scenario.
///
/// Only connections are opened (with TLS where the address says so); no request is sent. Without it, each scenario of
/// an unreachable system would wait for the connect limit.
struct Reachability: Sendable {
    let client: HTTPClient
    let identity: TLSIdentity?
    let timeouts: Timeouts

    /// The addresses that cannot be reached, by `scheme://host:port`, with the cause.
    func failures(of addresses: Set<String>) async -> [String: HTTPError] {
        await withTaskGroup(of: (String, HTTPError?).self) { group in
            for address in addresses {
                group.addTask {
                    do throws(HTTPError) {
                        try await client.probe(address, identity: identity, timeouts: timeouts)
                        return (address, nil)
                    } catch {
                        return (address, error)
                    }
                }
            }
            var failures: [String: HTTPError] = [:]
            for await (address, failure) in group { failures[address] = failure }
            return failures
        }
    }

    /// `scheme://host:port` of a URL; nil where it has none.
    static func origin(_ url: String) -> String? {
        guard let target = try? URLTarget(url), let scheme = target.scheme, let authority = target.authority else {
            return nil
        }
        return "\(scheme)://\(authority)"
    }
}

extension Plan {
    /// The origins that the steps of the plan call.
    func addresses(_ endpoints: [SystemUnderTest.Endpoint: String]) -> Set<String> {
        var addresses: Set<String> = []
        for scenario in scenarios where scenario.skip == nil {
            for step in scenario.steps {
                // A handshake is looked at by its step.
                guard step.certificate == nil, case .send(_, let endpoint) = step.action, let url = endpoints[endpoint],
                    let origin = Reachability.origin(url)
                else { continue }
                addresses.insert(origin)
            }
        }
        return addresses
    }
}
