import AllkontorFFI

/// Everything a person reads, in their language, with the office's own names. Ask a ``Device`` for it.
///
/// Any task may ask, at once and without waiting. A value that no office can have (a time of the year 3000) is said as
/// the error that it is.
public struct Words: Sendable {
    private let raw: AllkontorFFI.Words

    init(_ raw: AllkontorFFI.Words) {
        self.raw = raw
    }

    /// Words in a language, or English when there is none of that tag, without an office's names.
    public static func plain(in language: String) throws -> Words {
        Words(try translating { try AllkontorFFI.Words.plain(language: language) })
    }

    /// The tag of the language that the words are in.
    public var tag: String { said { try $0.tag() } }

    /// What a unit's sign says.
    public func unit(_ unit: UnitId) -> String { said { try $0.unit(unit: unit) } }

    /// What a class of units is called.
    public func className(_ classId: ClassId) -> String { said { try $0.className(classId: classId) } }

    /// What a feature is called.
    public func feature(_ feature: FeatureId) -> String { said { try $0.feature(feature: feature) } }

    /// `tisdag 24 november`
    public func date(_ day: OfficeDay) -> String { said { try $0.date(day: day) } }

    /// `14.30`
    public func clock(_ minute: CivilMinute) -> String { said { try $0.clock(minute: minute) } }

    /// `tisdag 24 november kl. 14.00–16.00`
    public func span(_ interval: Interval) -> String { said { try $0.span(interval: interval) } }

    /// A public holiday.
    public func holiday(_ holiday: Holiday) -> String { said { try $0.holiday(holiday: holiday) } }

    /// How a booking stands, in one or two sentences.
    public func status(_ status: Status) -> String { said { try $0.status(status: status) } }

    /// Why a booking stands as it does: a line each for how it stands, what is in the way, and what is near and free.
    public func explanation(_ explanation: Explanation) -> [String] {
        lines { try $0.explanation(explanation: explanation) }
    }

    /// An event: its title, when it is, and how far it has come.
    public func event(_ event: EventInfo) -> String { said { try $0.event(event: event) } }

    /// How a suggestion stands: how many support it, and what comes of it.
    public func suggestion(_ suggestion: SuggestionInfo) -> String {
        said { try $0.suggestion(suggestion: suggestion) }
    }

    /// What comes of a suggestion.
    public func verdict(_ verdict: Verdict) -> String { said { try $0.verdict(verdict: verdict) } }

    /// How a notice stands, and how to answer it.
    public func notice(_ notice: NoticeInfo) -> String { said { try $0.notice(notice: notice) } }

    /// How a rental stands, in one or two sentences.
    public func rental(_ rental: Rental) -> String { said { try $0.rental(rental: rental) } }

    /// What is out, and until when.
    public func loan(_ loan: Loan) -> String { said { try $0.loan(loan: loan) } }

    /// What is noted of a thing's condition.
    public func condition(_ condition: UInt16) -> String { said { try $0.condition(condition: condition) } }

    /// When and why a unit was opened without its renter.
    public func opening(_ opening: Opening) -> String { said { try $0.opening(opening: opening) } }

    /// What a lock opens by.
    public func lockCode(_ code: LockCode) -> String { said { try $0.lockCode(code: code) } }

    /// Why a lock's code is to be changed.
    public func codeDue(_ due: CodeDue) -> String { said { try $0.codeDue(due: due) } }

    /// One thing that stands in the way.
    public func obstacle(_ obstacle: Obstacle) -> String { said { try $0.obstacle(obstacle: obstacle) } }

    /// What an undecided booking waits for.
    public func awaits(_ awaits: Awaits) -> String { said { try $0.awaits(awaits: awaits) } }

    /// Why a place was given back, a request refused, or a unit taken.
    public func cause(_ cause: Cause) -> String { said { try $0.cause(cause: cause) } }

    /// Why something cannot be booked, with the rule's numbers.
    public func rule(_ rule: Rule) -> String { said { try $0.rule(rule: rule) } }

    /// How a device shares its keys with others of the same person, and what to do about it.
    public func ownKeys(_ keys: OwnKeys) -> String { said { try $0.ownKeys(keys: keys) } }

    /// What a suspended person is told: until when, why, and how to appeal.
    public func ownSuspension(_ told: OwnSuspension) -> String { said { try $0.ownSuspension(told: told) } }

    /// A suspension, for the office's devices.
    public func suspension(_ suspension: Suspension) -> String {
        said { try $0.suspension(suspension: suspension) }
    }

    /// Why somebody is suspended.
    public func ground(_ ground: Ground) -> String { said { try $0.ground(ground: ground) } }

    /// What is left of a person's share.
    public func allowance(_ allowance: Allowance) -> String { said { try $0.allowance(allowance: allowance) } }

    /// What a line of the tariff is called.
    public func line(_ line: LineId) -> String { said { try $0.line(line: line) } }

    /// `12,50 kr`
    public func money(_ money: Money) -> String { said { try $0.money(money: money) } }

    /// In what form money passed.
    public func means(_ means: Means) -> String { said { try $0.means(means: means) } }

    /// `5 sidor`
    public func quantity(_ count: UInt32, of unit: PriceUnit) -> String {
        said { try $0.quantity(unit: unit, count: count) }
    }

    /// A receipt, line by line: what it is, what for, and the sum.
    public func receipt(_ receipt: Receipt) -> [String] { lines { try $0.receipt(receipt: receipt) } }

    /// What counting a till came to.
    public func count(_ count: TillCount) -> String { said { try $0.count(count: count) } }

    /// How a deposit stands.
    public func deposit(_ deposit: Deposit) -> String { said { try $0.deposit(deposit: deposit) } }

    /// What an account has, and what may be spent of it here and elsewhere.
    public func account(_ account: Account) -> String { said { try $0.account(account: account) } }

    /// One line of an account's statement.
    public func accountLine(_ line: AccountLine) -> String { said { try $0.accountLine(line: line) } }

    /// What is still owed, or was paid too much when less than nothing.
    public func owed(_ ore: Ore) -> String { said { try $0.owed(ore: ore) } }

    /// What a second pay-out means, and what to do about it.
    public func secondPayOut(_ second: SecondPayOut) -> String { said { try $0.secondPayOut(second: second) } }

    /// What came of a date in an iCalendar file.
    public func importOutcome(_ outcome: ICSOutcome) -> String { said { try $0.importOutcome(outcome: outcome) } }

    /// What to tell a person about an error.
    public func error(_ error: AllkontorError) -> String { self.error(code: error.code) }

    /// What to tell a person about an error, by its code.
    public func error(code: String) -> String { said { try $0.error(code: code) } }

    /// A device of the office, and when it was last heard of.
    public func steward(_ steward: Steward) -> String { said { try $0.steward(steward: steward) } }

    /// What a device is to its office.
    public func standing(_ standing: Standing) -> String { said { try $0.standing(standing: standing) } }

    /// Who may decide about a unit.
    public func custody(_ custody: Custody) -> String { said { try $0.custody(custody: custody) } }

    /// What somebody at the office has to see to, and what to do about it.
    public func alarm(_ alarm: Alarm) -> String { said { try $0.alarm(alarm: alarm) } }

    /// What replacing a device means, to be read before it is done: a line for the device, and for each month and year.
    public func replacement(_ found: Replacement) -> [String] { lines { try $0.replacement(found: found) } }

    /// What an admin has decreed: for choosing between branches.
    public func decree(_ decree: Decree) -> String { said { try $0.decree(decree: decree) } }

    /// What a promise that somebody showed is worth.
    public func worth(_ worth: Worth) -> String { said { try $0.worth(worth: worth) } }

    private func said(_ say: (AllkontorFFI.Words) throws -> String) -> String {
        lines { [try say($0)] }.joined()
    }

    private func lines(_ say: (AllkontorFFI.Words) throws -> [String]) -> [String] {
        do {
            return try translating { try say(raw) }
        } catch let error as AllkontorError {
            return [(try? raw.error(code: error.code)) ?? error.detail]
        } catch {
            return ["\(error)"]
        }
    }
}

/// Language tags for which there are words.
public func languages() throws -> [String] {
    try translating { try AllkontorFFI.languages() }
}

/// The code of every error there are words for.
public func errorCodes() throws -> [String] {
    try translating { try AllkontorFFI.errorCodes() }
}
