"""Everything a person reads, in their language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from . import _engine
from ._lower import lower
from .account import Account, AccountLine
from .awaits import Awaits
from .backup import OwnKeys
from .booking import Status
from .cause import Cause
from .code import CodeDue, LockCode
from .commons import NoticeInfo, SuggestionInfo, Verdict
from .custody import Custody, Steward
from .decree import Decree
from .desk import Allowance
from .errors import AllkontorError
from .event import EventInfo
from .explanation import Explanation, Obstacle
from .loan import Loan, Opening
from .ics import Outcome
from .loss import Replacement, Worth
from .money import Deposit, Means, Money, PriceUnit, Receipt, SecondPayOut, TillCount
from .people import Ground, OwnSuspension, Suspension
from .place import Interval
from .rental import Rental
from .rule import Rule
from .standing import Alarm, Standing


class Words:
    """Words of one language, with an office's names.

    It does not follow the office: ask for another when the catalogue has changed.
    """

    def __init__(self, raw: _engine.Words, zone: ZoneInfo) -> None:
        self._raw = raw
        self._zone = zone

    @property
    def language(self) -> str:
        """The tag of the language that the words are in."""
        return self._raw.tag()

    def unit(self, unit: int) -> str:
        """What a unit's sign says."""
        return self._raw.unit(unit)

    def class_name(self, class_id: int) -> str:
        """What a class of units is called."""
        return self._raw.class_name(class_id)

    def feature(self, feature: int) -> str:
        """What a feature is called."""
        return self._raw.feature(feature)

    def day(self, day: date) -> str:
        """``tisdag 24 november``."""
        return self._raw.date(lower(date, day, self._zone))

    def clock(self, at: datetime) -> str:
        """``14.30``."""
        return self._raw.clock(lower(datetime, at, self._zone))

    def span(self, interval: Interval) -> str:
        """``tisdag 24 november kl. 14.00–16.00``."""
        return self._raw.span(lower(Interval, interval, self._zone))

    def status(self, status: Status) -> str:
        """How a booking stands, in one or two sentences."""
        return self._raw.status(lower(Status, status, self._zone))

    def explanation(self, explanation: Explanation) -> list[str]:
        """A line each for how a booking stands, what is in the way, and what is near and free."""
        return self._raw.explanation(lower(Explanation, explanation, self._zone))

    def rental(self, rental: Rental) -> str:
        """How a rental stands, in one or two sentences."""
        return self._raw.rental(lower(Rental, rental, self._zone))

    def event(self, event: EventInfo) -> str:
        """An event: its title, when it is, and how far it has come."""
        return self._raw.event(lower(EventInfo, event, self._zone))

    def suggestion(self, suggestion: SuggestionInfo) -> str:
        """How a suggestion stands: how many support it, and what comes of it."""
        return self._raw.suggestion(lower(SuggestionInfo, suggestion, self._zone))

    def verdict(self, verdict: Verdict) -> str:
        """What comes of a suggestion."""
        return self._raw.verdict(lower(Verdict, verdict, self._zone))

    def notice(self, notice: NoticeInfo) -> str:
        """How a notice stands, and how to answer it."""
        return self._raw.notice(lower(NoticeInfo, notice, self._zone))

    def loan(self, loan: Loan) -> str:
        """What is out, and until when."""
        return self._raw.loan(lower(Loan, loan, self._zone))

    def condition(self, condition: int) -> str:
        """What is noted of a thing's condition."""
        return self._raw.condition(condition)

    def opening(self, opening: Opening) -> str:
        """When and why a unit was opened without its renter."""
        return self._raw.opening(lower(Opening, opening, self._zone))

    def lock_code(self, code: LockCode) -> str:
        """What a lock opens by."""
        return self._raw.lock_code(lower(LockCode, code, self._zone))

    def code_due(self, due: CodeDue) -> str:
        """Why a lock's code is to be changed."""
        return self._raw.code_due(lower(CodeDue, due, self._zone))

    def obstacle(self, obstacle: Obstacle) -> str:
        """One thing that stands in the way."""
        return self._raw.obstacle(lower(Obstacle, obstacle, self._zone))

    def awaits(self, awaits: Awaits) -> str:
        """What an undecided booking waits for."""
        return self._raw.awaits(lower(Awaits, awaits, self._zone))

    def cause(self, cause: Cause) -> str:
        """Why a place was given back, a request refused, or a unit taken."""
        return self._raw.cause(lower(Cause, cause, self._zone))

    def rule(self, rule: Rule) -> str:
        """Why something cannot be booked, with the rule's numbers."""
        return self._raw.rule(lower(Rule, rule, self._zone))

    def steward(self, steward: Steward) -> str:
        """A device of the office, and when it was last heard of."""
        return self._raw.steward(lower(Steward, steward, self._zone))

    def standing(self, standing: Standing) -> str:
        """What a device is to its office."""
        return self._raw.standing(lower(Standing, standing, self._zone))

    def custody(self, custody: Custody) -> str:
        """Who may decide about a unit."""
        return self._raw.custody(lower(Custody, custody, self._zone))

    def alarm(self, alarm: Alarm) -> str:
        """What somebody at the office has to see to, and what to do about it."""
        return self._raw.alarm(lower(Alarm, alarm, self._zone))

    def replacement(self, found: Replacement) -> list[str]:
        """What replacing a device means, to be read before it is done."""
        return self._raw.replacement(lower(Replacement, found, self._zone))

    def worth(self, worth: Worth) -> str:
        """What a promise that somebody showed is worth."""
        return self._raw.worth(worth)

    def decree(self, decree: Decree) -> str:
        """What an admin has decreed: for choosing between branches."""
        return self._raw.decree(lower(Decree, decree, self._zone))

    def own_keys(self, keys: OwnKeys) -> str:
        """How a device shares its keys with others of the same person, and what to do about it."""
        return self._raw.own_keys(lower(OwnKeys, keys, self._zone))

    def own_suspension(self, told: OwnSuspension) -> str:
        """What a suspended person is told: until when, why, and how to appeal."""
        return self._raw.own_suspension(lower(OwnSuspension, told, self._zone))

    def suspension(self, suspension: Suspension) -> str:
        """A suspension, for the office's devices."""
        return self._raw.suspension(lower(Suspension, suspension, self._zone))

    def ground(self, ground: Ground) -> str:
        """Why somebody is suspended."""
        return self._raw.ground(lower(Ground, ground, self._zone))

    def allowance(self, allowance: Allowance) -> str:
        """What is left of a person's share."""
        return self._raw.allowance(lower(Allowance, allowance, self._zone))

    def line(self, line: int) -> str:
        """What a line of the tariff is called."""
        return self._raw.line(line)

    def money(self, money: Money) -> str:
        """``12,50 kr``."""
        return self._raw.money(lower(Money, money, self._zone))

    def means(self, means: Means) -> str:
        """In what form money passed."""
        return self._raw.means(means)

    def quantity(self, unit: PriceUnit, count: int) -> str:
        """``5 sidor``."""
        return self._raw.quantity(unit, count)

    def receipt(self, receipt: Receipt) -> list[str]:
        """A receipt, line by line: what it is, what for, and the sum."""
        return self._raw.receipt(lower(Receipt, receipt, self._zone))

    def count(self, count: TillCount) -> str:
        """What counting a till came to."""
        return self._raw.count(lower(TillCount, count, self._zone))

    def deposit(self, deposit: Deposit) -> str:
        """How a deposit stands."""
        return self._raw.deposit(lower(Deposit, deposit, self._zone))

    def account(self, account: Account) -> str:
        """What an account has, and what may be spent of it here and elsewhere."""
        return self._raw.account(lower(Account, account, self._zone))

    def account_line(self, line: AccountLine) -> str:
        """One line of an account's statement."""
        return self._raw.account_line(lower(AccountLine, line, self._zone))

    def owed(self, ore: int) -> str:
        """What is still owed, or was paid too much when less than nothing."""
        return self._raw.owed(ore)

    def second_pay_out(self, second: SecondPayOut) -> str:
        """What a second pay-out means, and what to do about it."""
        return self._raw.second_pay_out(lower(SecondPayOut, second, self._zone))

    def import_outcome(self, outcome: Outcome) -> str:
        """What came of a date in an iCalendar file."""
        return self._raw.import_outcome(lower(Outcome, outcome, self._zone))

    def holiday(self, holiday: _engine.Holiday) -> str:
        """A public holiday."""
        return self._raw.holiday(holiday)

    def error(self, error: AllkontorError) -> str:
        """What to tell a person about an error."""
        return self._raw.error(error.code)
