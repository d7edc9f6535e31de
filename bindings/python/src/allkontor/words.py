"""Everything a person reads, in their language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from . import _engine
from ._lower import lower
from .booking import Status
from .cause import Cause
from .desk import Allowance
from .errors import AllkontorError
from .explanation import Explanation, Obstacle
from .place import Interval
from .rule import Rule


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

    def obstacle(self, obstacle: Obstacle) -> str:
        """One thing that stands in the way."""
        return self._raw.obstacle(lower(Obstacle, obstacle, self._zone))

    def cause(self, cause: Cause) -> str:
        """Why a place was given back, a request refused, or a unit taken."""
        return self._raw.cause(lower(Cause, cause, self._zone))

    def rule(self, rule: Rule) -> str:
        """Why something cannot be booked, with the rule's numbers."""
        return self._raw.rule(lower(Rule, rule, self._zone))

    def allowance(self, allowance: Allowance) -> str:
        """What is left of a person's share."""
        return self._raw.allowance(lower(Allowance, allowance, self._zone))

    def holiday(self, holiday: _engine.Holiday) -> str:
        """A public holiday."""
        return self._raw.holiday(holiday)

    def error(self, error: AllkontorError) -> str:
        """What to tell a person about an error."""
        return self._raw.error(error.code)
