internal import Dispatch
internal import Synchronization

extension BoundSchema {
    /// Reads and binds several schemas of one library, as many at once as there are jobs.
    ///
    /// Throws the error of the first schema in order that has one.
    public static func all(
        reading paths: [String], phase: String? = nil, in library: SchemaLibrary, jobs: Int
    ) throws(SchematronError) -> [BoundSchema] {
        let next = Atomic(0)
        let results = Mutex<[Int: Result<BoundSchema, SchematronError>]>([:])
        DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, paths.count))) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < paths.count else { return }
                let result = Result { () throws(SchematronError) in
                    try BoundSchema(reading: paths[index], phase: phase, in: library)
                }
                results.withLock { $0[index] = result }
            }
        }
        let made = results.withLock { $0 }
        var schemas: [BoundSchema] = []
        for index in paths.indices {
            guard let result = made[index] else { preconditionFailure("each index was given to a job") }
            schemas.append(try result.get())
        }
        return schemas
    }
}
