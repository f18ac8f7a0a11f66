internal import Foundation
public import XDS

extension DTM {
    /// The time now, in UTC, to the second.
    public static let now: @Sendable () -> DTM = {
        DTM(secondsSince1970: Int(Date().timeIntervalSince1970.rounded(.down)))
    }
}
