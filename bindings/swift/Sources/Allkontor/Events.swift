import AllkontorFFI
import Foundation

// Events: proposed from anywhere, let through by the office, with seats that people ask for.
extension Device {
    /// Proposes an event; with no network if there is none. The office says yes or no by the catalogue's policy; what a
    /// member of staff proposes needs nobody's leave. ``cancel(_:)`` withdraws it.
    public func propose(_ event: EventProposal) async throws -> EventOutcome {
        try await call { engine, now in try engine.proposeEvent(now: now, proposal: event) }
    }

    /// Asks for seats on a date of an event, all together or none; the first date is 0. ``cancel(_:)`` gives them back.
    public func askForSeats(_ seats: UInt16 = 1, at event: BookingKey, date: UInt32 = 0) async throws -> EventOutcome {
        try await call { engine, now in try engine.askForSeats(now: now, event: event, date: date, seats: seats) }
    }

    /// Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at. The
    /// office's devices see all.
    public func events() async throws -> [EventInfo] {
        var found: [EventInfo] = []
        while true {
            let after = found.last?.key
            let more = try await call { engine, _ in try engine.events(after: after, limit: 500) }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// One event; `nil` when it is not known, or not for this device to see.
    public func event(_ event: BookingKey) async throws -> EventInfo? {
        try await call { engine, _ in try engine.event(event: event) }
    }

    /// Who asks for seats at an event, by ticket: for the desk.
    public func seatRequests(at event: BookingKey) async throws -> [SeatRequest] {
        var found: [SeatRequest] = []
        while true {
            let after = found.last?.key
            let more = try await call { engine, _ in
                try engine.seatRequests(event: event, after: after, limit: 500)
            }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// The payload of the code by which this device is let in to write the text of another's event: a key made for this
    /// alone, another for each event. Whoever proposed the event scans it; for a week this device looks for that event.
    public func organiserCard() async throws -> Data {
        try await call { engine, now in try engine.organiserCard(now: now) }
    }

    /// Lets the device that has shown that code write the text of an event that this one proposed, and do nothing else:
    /// not withdraw it, nor see who comes. Nothing takes that back but calling the event off.
    public func addOrganiser(to event: BookingKey, card: Data) async throws {
        try await call { engine, now in try engine.addOrganiser(now: now, event: event, card: card) }
    }

    /// Writes the text of an event anew, the title on the first line: whoever proposed it does, those they let in, and
    /// staff. What several people write far apart is all there when they meet.
    public func edit(_ event: BookingKey, text: String) async throws {
        try await call { engine, now in try engine.editEvent(now: now, event: event, text: text) }
    }

    /// Lets an event take place. Its room is held as soon as whoever has custody of it hears of that.
    public func approve(_ event: BookingKey) async throws {
        try await call { engine, now in try engine.approveEvent(now: now, event: event) }
    }

    /// Refuses an event, or calls it off: its room comes free, and whoever has a seat is told. With
    /// `Cause.guidelines` its text is erased, here and wherever that is heard.
    public func callOff(_ event: BookingKey, because cause: Cause) async throws {
        try await call { engine, now in try engine.callOffEvent(now: now, event: event, cause: cause) }
    }
}
