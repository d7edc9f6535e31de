import AllkontorFFI

// What the engine tells and is told. The types are generated; here is where apps get them from.

/// An account with the office: what was paid in, less what was spent and paid out.
public typealias Account = AllkontorFFI.Account
/// What a device was allowed to spend of an account.
public typealias AccountAllowance = AllkontorFFI.AccountAllowance
/// One line of an account's statement.
public typealias AccountLine = AllkontorFFI.AccountLine
/// What a line of an account's statement is.
public typealias AccountPosting = AllkontorFFI.AccountPosting
/// One of the branches that contend while the office's own chain is forked: what the holder of the recovery key
/// chooses from.
public typealias AdminBranch = AllkontorFFI.AdminBranch
/// Something wrong that somebody at the office has to know.
public typealias Alarm = AllkontorFFI.Alarm
/// What is left of a person's share: "n left, the next one frees at …".
public typealias Allowance = AllkontorFFI.Allowance
/// What an undecided booking waits for, the first thing first.
public typealias Awaits = AllkontorFFI.Awaits
/// A backup of a visitor's keys. Whoever has it can do all that the visitor can: print or photograph it, and keep no copy.
public typealias Backup = AllkontorFFI.Backup
/// One of this device's bookings.
public typealias Booking = AllkontorFFI.Booking
/// A booking of this device, numbered by it.
public typealias BookingId = AllkontorFFI.BookingId
/// A booking as everybody but its own device knows it: by its ticket, and which of the ticket's bookings it is.
public typealias BookingKey = AllkontorFFI.BookingKey
/// A promise that a device of the office gave and that does not hold.
public typealias Broken = AllkontorFFI.Broken
/// Why a promise does not hold.
public typealias BrokenBy = AllkontorFFI.BrokenBy
/// Why a place was given back, a request refused, or a unit taken.
public typealias Cause = AllkontorFFI.Cause
/// How far one booking may reach.
public typealias Cells = AllkontorFFI.Cells
/// What came of moving or extending.
public typealias ChangeOutcome = AllkontorFFI.ChangeOutcome
/// What is different since a number.
public typealias ChangesSince = AllkontorFFI.ChangesSince
/// A charge of a booking.
public typealias Charge = AllkontorFFI.Charge
/// A minute on the office's wall clock, whatever zone a phone is in.
public typealias CivilMinute = AllkontorFFI.CivilMinute
/// A class's number in the catalogue.
public typealias ClassId = AllkontorFFI.ClassId
/// Units that can stand in for one another and follow the same rules.
public typealias ClassInfo = AllkontorFFI.ClassInfo
/// How the places of one class were used.
public typealias ClassUsage = AllkontorFFI.ClassUsage
/// Part of a day, in minutes after its midnight; `toMinute` may be beyond 1 440, in the next night.
public typealias ClockSpan = AllkontorFFI.ClockSpan
/// What closing did.
public typealias Closed = AllkontorFFI.Closed
/// A dated shutting.
public typealias ClosureInfo = AllkontorFFI.ClosureInfo
/// A lock whose code is to be changed.
public typealias CodeDue = AllkontorFFI.CodeDue
/// Why a code is to be changed.
public typealias CodeDueBy = AllkontorFFI.CodeDueBy
/// How much there is on the board and among the suggestions, for the office.
public typealias CommonsCounts = AllkontorFFI.CommonsCounts
/// What the office says about suggestions and its notice board.
public typealias CommonsInfo = AllkontorFFI.CommonsInfo
/// The number in the catalogue of what is booked together.
public typealias CompositeId = AllkontorFFI.CompositeId
/// One open connection.
public typealias ConnectionState = AllkontorFFI.ConnectionState
/// Who may decide about a unit on a day.
public typealias Custody = AllkontorFFI.Custody
/// Who may decide what on one day.
public typealias CustodyDay = AllkontorFFI.CustodyDay
/// What came of changing one date.
public typealias DateChange = AllkontorFFI.DateChange
/// The hours of one office day, with exceptions, holidays and closures counted in.
public typealias DateHours = AllkontorFFI.DateHours
/// What came of one date.
public typealias DateOutcome = AllkontorFFI.DateOutcome
/// A time at which a unit is taken, or expected to be; never by whom.
public typealias DayEntry = AllkontorFFI.DayEntry
/// What put one request before another.
public typealias Decider = AllkontorFFI.Decider
/// What an admin has decreed.
public typealias Decree = AllkontorFFI.Decree
/// How far a request has come on its way to the office.
public typealias Delivery = AllkontorFFI.Delivery
/// A deposit: taken is held, returned and forfeited, always.
public typealias Deposit = AllkontorFFI.Deposit
/// A booking as the desk sees it.
public typealias DeskBooking = AllkontorFFI.DeskBooking
/// A time at which a unit is taken, and by which booking.
public typealias DeskTime = AllkontorFFI.DeskTime
/// How sure it is that a unit is taken.
public typealias EntryKind = AllkontorFFI.EntryKind
/// Units of the same class that are free at the same time.
public typealias EqualUnits = AllkontorFFI.EqualUnits
/// Why a booking stands as it does.
public typealias Explanation = AllkontorFFI.Explanation
/// A feature's number in the catalogue.
public typealias FeatureId = AllkontorFFI.FeatureId
/// Something a unit offers, or a person needs.
public typealias FeatureInfo = AllkontorFFI.FeatureInfo
/// A unit that is free.
public typealias FreeUnit = AllkontorFFI.FreeUnit
/// How somebody is reached, and what is to be remembered of them. Printed, it shows nothing of that.
public typealias ContactCard = AllkontorFFI.ContactCard
/// A card that was written.
public typealias ContactEntry = AllkontorFFI.ContactEntry
/// How somebody is reached, as the staff know it.
public typealias Person = AllkontorFFI.Person
/// What becomes of a suspension.
public typealias Amendment = AllkontorFFI.Amendment
/// Why somebody is suspended: a kind of reason and never the story.
public typealias Ground = AllkontorFFI.Ground
/// How a device shares its keys with others of the same person.
public typealias OwnKeys = AllkontorFFI.OwnKeys
/// What a suspended person is told, on their own device.
public typealias OwnSuspension = AllkontorFFI.OwnSuspension
/// Somebody may not book for a time: as the office's devices know it.
public typealias Suspension = AllkontorFFI.Suspension
/// A code of conduct.
public typealias Guidelines = AllkontorFFI.Guidelines
/// A unit held for a time.
public typealias Hold = AllkontorFFI.Hold
/// What another office has for a class of this one.
public typealias HostClass = AllkontorFFI.HostClass
/// An office that takes this one's people when it is closed.
public typealias HostOffice = AllkontorFFI.HostOffice
/// What a person can ask another office for, in place of what this one's closing took.
public typealias Elsewhere = AllkontorFFI.Elsewhere
/// A public holiday.
public typealias Holiday = AllkontorFFI.Holiday
/// What came of a promise that somebody showed.
public typealias Honoured = AllkontorFFI.Honoured
/// A half-open span of office civil time: it ends before `end` begins.
public typealias Interval = AllkontorFFI.Interval
/// What sort of thing a class is made of, to show the right picture.
public typealias Kind = AllkontorFFI.Kind
/// Where bookings are filed: a month of days, or a year of rentals.
public typealias Ledger = AllkontorFFI.Ledger
/// What a device leaves in one month or year, as far as is known here.
public typealias LeftBehind = AllkontorFFI.LeftBehind
/// Which limit of a person's share.
public typealias LimitKind = AllkontorFFI.LimitKind
/// One person's share of a class; none is no limit.
public typealias LimitSet = AllkontorFFI.LimitSet
/// A line's number in the tariff.
public typealias LineId = AllkontorFFI.LineId
/// An office of a directory, with its name in one language.
public typealias ListedOffice = AllkontorFFI.ListedOffice
/// In what form money passes.
public typealias Means = AllkontorFFI.Means
/// An amount in a currency with hundredths.
public typealias Money = AllkontorFFI.Money
/// What was charged in one month.
public typealias MonthMoney = AllkontorFFI.MonthMoney
/// The nearest times at which the same units are free together.
public typealias NearTimes = AllkontorFFI.NearTimes
/// Until when a booking may be asked for.
public typealias Notice = AllkontorFFI.Notice
/// How to answer a notice on the board.
public typealias NoticeAnswers = AllkontorFFI.NoticeAnswers
/// A notice on the board.
public typealias NoticeInfo = AllkontorFFI.NoticeInfo
/// Whether a notice on the board offers something or asks for it.
public typealias NoticeKind = AllkontorFFI.NoticeKind
/// How a notice on the board stands.
public typealias NoticeStage = AllkontorFFI.NoticeStage
/// One thing that stands in the way.
public typealias Obstacle = AllkontorFFI.Obstacle
/// A day of the office, which begins at its `dayStart`, not at midnight.
public typealias OfficeDay = AllkontorFFI.OfficeDay
/// A directory of offices whose signature holds.
public typealias OfficeDirectory = AllkontorFFI.OfficeDirectory
/// An office: 64 hexadecimal digits.
public typealias OfficeId = AllkontorFFI.OfficeId
/// An office as published.
public typealias OfficeInfo = AllkontorFFI.OfficeInfo
/// An office, to be put into a directory.
public typealias OfficeListing = AllkontorFFI.OfficeListing
/// A connection that this device opened.
public typealias Opened = AllkontorFFI.Opened
/// What kind of body runs an office.
public typealias OperatorKind = AllkontorFFI.OperatorKind
/// One option of a booking.
public typealias OptionReport = AllkontorFFI.OptionReport
/// An amount in hundredths of the office's currency.
public typealias Ore = AllkontorFFI.Ore
/// What is expected of something that nobody has decided.
public typealias Outlook = AllkontorFFI.Outlook
/// A charge for which too much was paid.
public typealias Overpaid = AllkontorFFI.Overpaid
/// A partner's number in the catalogue.
public typealias PartnerId = AllkontorFFI.PartnerId
/// Somebody in the same house with hours of their own: the café next door, a clothes library.
public typealias PartnerInfo = AllkontorFFI.PartnerInfo
/// A ticket whose deciding right is on its way.
public typealias PassedTicket = AllkontorFFI.PassedTicket
/// Whether an office is here to stay.
public typealias Permanence = AllkontorFFI.Permanence
/// When the office decides what is asked for.
public typealias Policy = AllkontorFFI.Policy
/// From so many on, each costs this.
public typealias PriceStep = AllkontorFFI.PriceStep
/// What a line of the tariff counts.
public typealias PriceUnit = AllkontorFFI.PriceUnit
/// What a certificate shows: that a device certified by this office promised this.
public typealias Promise = AllkontorFFI.Promise
/// A public key: 64 hexadecimal digits.
public typealias PublicKey = AllkontorFFI.PublicKey
/// What is printed: ``Words/receipt(_:)`` has its lines.
public typealias Receipt = AllkontorFFI.Receipt
/// What a receipt is for.
public typealias ReceiptKind = AllkontorFFI.ReceiptKind
/// One line of a receipt.
public typealias ReceiptLine = AllkontorFFI.ReceiptLine
/// A reduced price.
public typealias ReducedPrice = AllkontorFFI.ReducedPrice
/// The number in the tariff of a reason for a reduced price.
public typealias ReductionId = AllkontorFFI.ReductionId
/// A reason for a reduced price.
public typealias ReductionInfo = AllkontorFFI.ReductionInfo
/// A date that a rule forbids.
public typealias Refusal = AllkontorFFI.Refusal
/// A promise that another took the place of.
public typealias Replaced = AllkontorFFI.Replaced
/// What is known here of a device, and so what replacing it now would mean.
public typealias Replacement = AllkontorFFI.Replacement
/// What a certified device is.
public typealias Role = AllkontorFFI.Role
/// Why something cannot be booked.
public typealias Rule = AllkontorFFI.Rule
/// What a booking of a class must satisfy.
public typealias RuleSet = AllkontorFFI.RuleSet
/// So many of a line of the tariff.
public typealias SaleItem = AllkontorFFI.SaleItem
/// What a scanned code is.
public typealias Scanned = AllkontorFFI.Scanned
/// More was paid out for a deposit than there is of it: staff have to look.
public typealias SecondPayOut = AllkontorFFI.SecondPayOut
/// A series booked.
public typealias SeriesBooked = AllkontorFFI.SeriesBooked
/// A series of this device, numbered by it.
public typealias SeriesId = AllkontorFFI.SeriesId
/// A series of this device.
public typealias SeriesInfo = AllkontorFFI.SeriesInfo
/// What came of giving a rental on.
public typealias Transferred = AllkontorFFI.Transferred
/// An event that somebody proposes.
public typealias EventProposal = AllkontorFFI.EventProposal
/// So many seats of a class.
public typealias SeatsWanted = AllkontorFFI.SeatsWanted
/// What came of proposing an event, or of asking for seats at one.
public typealias EventOutcome = AllkontorFFI.EventOutcome
/// An event, as everybody sees it: how many come, and never who.
public typealias EventInfo = AllkontorFFI.EventInfo
/// One date of an event.
public typealias EventDate = AllkontorFFI.EventDate
/// How far an event has come.
public typealias EventStage = AllkontorFFI.EventStage
/// A request for seats, as the desk sees it: a ticket, and nobody's name.
public typealias SeatRequest = AllkontorFFI.SeatRequest
/// How far a rental has come.
public typealias RentalStep = AllkontorFFI.RentalStep
/// Something rented.
public typealias Rental = AllkontorFFI.Rental
/// A rental of this device.
public typealias OwnRental = AllkontorFFI.OwnRental
/// A thing that was handed out to a booking of this device.
public typealias OwnLoan = AllkontorFFI.OwnLoan
/// A unit that was opened without its renter.
public typealias Opening = AllkontorFFI.Opening
/// What a lock opens by.
public typealias LockCode = AllkontorFFI.LockCode
/// The code of something that this device rents.
public typealias OwnLockCode = AllkontorFFI.OwnLockCode
/// What was charged by one line of the tariff.
public typealias LineMoney = AllkontorFFI.LineMoney
/// A thing that is out.
public typealias Loan = AllkontorFFI.Loan
/// A remark in free text about a thing.
public typealias Remark = AllkontorFFI.Remark
/// That a thing went out, or came back.
public typealias ThingEntry = AllkontorFFI.ThingEntry
/// Who is to have what another rents.
public typealias Heir = AllkontorFFI.Heir
/// A wish to keep what is rented.
public typealias AskedUntil = AllkontorFFI.AskedUntil
/// A booking on paper, for someone without a phone.
public typealias Slip = AllkontorFFI.Slip
/// What is known of what a booking asks for.
public typealias Stage = AllkontorFFI.Stage
/// What a device is to its office.
public typealias Standing = AllkontorFFI.Standing
/// A statement: 64 hexadecimal digits.
public typealias StatementId = AllkontorFFI.StatementId
/// How a booking stands.
public typealias Status = AllkontorFFI.Status
/// A device of the office, and when it was last heard of.
public typealias Steward = AllkontorFFI.Steward
/// What the office said to a suggestion.
public typealias SuggestionAnswer = AllkontorFFI.SuggestionAnswer
/// A suggestion, as everybody sees it: how many support it, and never who.
public typealias SuggestionInfo = AllkontorFFI.SuggestionInfo
/// How far a suggestion has come.
public typealias SuggestionStage = AllkontorFFI.SuggestionStage
/// How far this device and the others agree.
public typealias SyncState = AllkontorFFI.SyncState
/// What things cost.
public typealias TariffInfo = AllkontorFFI.TariffInfo
/// One line of a tariff.
public typealias TariffLine = AllkontorFFI.TariffLine
/// What a line costs from a day on.
public typealias TariffPrice = AllkontorFFI.TariffPrice
/// What there is of a text in any case, erased or not.
public typealias TextTrace = AllkontorFFI.TextTrace
/// A ticket to be issued by hand.
public typealias TicketOrder = AllkontorFFI.TicketOrder
/// What came of it.
public typealias TicketOutcome = AllkontorFFI.TicketOutcome
/// A device's till.
public typealias Till = AllkontorFFI.Till
/// A count of a till's cash.
public typealias TillCount = AllkontorFFI.TillCount
/// A unit on that day.
public typealias UnitCustody = AllkontorFFI.UnitCustody
/// A unit's number in the catalogue.
public typealias UnitId = AllkontorFFI.UnitId
/// One thing that one party can hold at a time.
public typealias UnitInfo = AllkontorFFI.UnitInfo
/// What a person has written that waits for a ticket.
public typealias Unsaid = AllkontorFFI.Unsaid
/// When in the day and in the week.
public typealias UsagePattern = AllkontorFFI.UsagePattern
/// How an office was used, whole months at a time.
public typealias UsageReport = AllkontorFFI.UsageReport
/// Events of a report's months.
public typealias EventCounts = AllkontorFFI.EventCounts
/// What comes of a suggestion.
public typealias Verdict = AllkontorFFI.Verdict
/// What came of one date of a walk-in.
public typealias WalkInOutcome = AllkontorFFI.WalkInOutcome
/// What somebody wants to book, and when.
public typealias Wanted = AllkontorFFI.Wanted
/// The ordinary hours of one weekday.
public typealias WeekdayHours = AllkontorFFI.WeekdayHours
/// What is booked.
public typealias What = AllkontorFFI.What
/// Which dates of a series are to change.
public typealias Which = AllkontorFFI.Which
/// A unit wanted for a time.
public typealias Wish = AllkontorFFI.Wish
/// What a promise that somebody shows is worth.
public typealias Worth = AllkontorFFI.Worth
/// A calendar month.
public typealias YearMonth = AllkontorFFI.YearMonth
/// An office's hours as OpenStreetMap writes them.
public typealias OSMHours = AllkontorFFI.OsmHours
/// Units booked together, all or nothing. Foundation has a `Bundle` of its own.
public typealias UnitBundle = AllkontorFFI.Bundle
/// A catalogue with what an iCalendar file closes.
public typealias ICSClosed = AllkontorFFI.IcsClosed
/// One date of an event in an iCalendar file.
public typealias ICSEntry = AllkontorFFI.IcsEntry
/// What came of an iCalendar file.
public typealias ICSImport = AllkontorFFI.IcsImport
/// What came of one date of an event in an iCalendar file.
public typealias ICSOutcome = AllkontorFFI.IcsOutcome
/// Something that is not taken from an iCalendar file.
public typealias ICSRefused = AllkontorFFI.IcsRefused
/// What the events of an iCalendar file are to become.
public typealias ICSUse = AllkontorFFI.IcsUse
