import Allkontor
import Foundation

/// A visitor's app on the command line.
@main struct Visitor {
    static let usage = """
        A visitor's app on the command line.

          visitor join FOLDER INVITATION            an office's invitation, in hexadecimal
          visitor book FOLDER UNIT START END        2026-11-24T10:00, what the office's wall clock shows
          visitor move FOLDER BOOKING UNIT START END
          visitor cancel FOLDER BOOKING
          visitor arrive FOLDER BOOKING
          visitor agenda FOLDER                     every booking, how it stands and why
          visitor meet FOLDER HOST PORT             a kiosk or another phone
          visitor wait FOLDER BOOKING HOST PORT     stays connected until the booking is decided
          visitor export FOLDER FILE
          visitor import FOLDER FILE
          visitor digest FOLDER

        --language sv|en    in which to answer; Swedish unless told
        --at TIME           take this to be the time, with its offset: 2026-11-24T08:00:00+01:00
        """

    static func main() async {
        var language = "sv"
        do {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            language = arguments.language
            try await carryOut(arguments)
        } catch let misused as Misused {
            fail("\(misused.what)\n\n\(usage)", code: 2)
        } catch let error as AllkontorError {
            fail("\(error.text(in: language)) (\(error.code))", code: 1)
        } catch {
            fail(error.localizedDescription, code: 1)
        }
    }

    static func fail(_ words: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data((words + "\n").utf8))
        exit(code)
    }

    static func carryOut(_ given: Arguments) async throws {
        var arguments = given
        let folder = try arguments.file("a folder")
        if arguments.verb == "join" {
            let invitation = try arguments.next("an invitation in hexadecimal", hexadecimal)
            try arguments.end()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try await Device.join(invitation: invitation, in: folder, clock: arguments.clock).close()
            return
        }
        let phone = try await Device.open(in: folder, clock: arguments.clock)
        let app = App(phone: phone, language: arguments.language)
        switch arguments.verb {
        case "book": try await app.book(arguments.wanted())
        case "move": try await app.move(arguments.booking(), to: arguments.wanted())
        case "cancel": try await phone.cancel(arguments.booking())
        case "arrive": try await phone.arrive(arguments.booking())
        case "agenda": try await app.agenda()
        case "meet": try await phone.dial(host: arguments.next("a host"), port: arguments.next("a port") { UInt16($0) })
        case "wait":
            try await app.wait(
                for: arguments.booking(), host: arguments.next("a host"), port: arguments.next("a port") { UInt16($0) })
        case "export": try await phone.exportFile().write(to: arguments.file("a file"))
        case "import": try await phone.importFile(Data(contentsOf: arguments.file("a file")))
        case "digest": print(try await phone.digest())
        default: throw Misused("no verb \(arguments.verb)")
        }
        try arguments.end()
        try await phone.close()
    }

    static func hexadecimal(_ text: String) -> Data? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes = Data()
        var left = text[...]
        while !left.isEmpty {
            guard let byte = UInt8(left.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            left = left.dropFirst(2)
        }
        return bytes
    }
}
