"""A series is changed on one date, from one on, or altogether."""

from allkontor import date_change, outcome, stage
from allkontor.series import Which
from world import World, at, room


async def test_b5_a_series_is_changed_on_one_date_from_one_on_and_altogether(office: World) -> None:
    phone = await office.phone("anna")
    booked = await phone.book_series(room(18), "FREQ=DAILY;COUNT=4", [at(18, days=1).date()])
    assert [type(made) for made in booked.dates] == [outcome.Requested] * 3
    assert booked.series is not None
    for _ in range(2):
        await office.meet(phone)
    info = await phone.series(booked.series)
    assert info is not None
    assert [date.holds[0].interval.start.day for date in info.dates] == [24, 26, 27]
    assert info.rrule == "FREQ=DAILY;COUNT=4"
    first, second, third = [date.id for date in info.dates]

    moved = await phone.move_dates(second, Which.FOLLOWING, room(19, days=2))
    assert [change.booking for change in moved if isinstance(change, date_change.Requested)] == [second, third]
    refused = await phone.extend_dates(first, Which.EVERY_DATE, at(23))
    assert {type(change) for change in refused} == {date_change.Refused}
    for _ in range(2):
        await office.meet(phone)
    cancelled = await phone.cancel_dates(first, Which.ONLY_THIS)
    assert cancelled == (date_change.Withdrawn(first),)
    for _ in range(2):
        await office.meet(phone)
    standing = {booking.id: booking for booking in await phone.agenda()}
    assert isinstance(standing[first].stage, stage.Released)
    assert [standing[id].holds[0].interval.start.hour for id in (second, third)] == [19, 19]
    await phone.join_series(booked.series, room(12, days=3))
    assert len([booking for booking in await phone.agenda() if booking.series == booked.series]) == 4
