"""What the desk does beyond deciding on sight: windows, tickets by hand, shares, clocks, old months."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from allkontor import Device, ExactlyUnit, RefusedError, TicketOrder, Wanted, awaits, cause, desk, explanation, ledger
from allkontor import office as offices
from allkontor import qr_svg, rule, stage
from allkontor.booking import Booking
from allkontor.role import Staff
from world import CATALOGUE, TUESDAY, World, at, room

NOVEMBER = ledger.OfMonth(2026, 11)


async def publish(office: World, rules: dict[str, Any]) -> None:
    """The office's catalogue, with these rules for rooms too."""
    catalogue = json.loads(json.dumps(CATALOGUE))
    catalogue["classes"]["1"]["rules"].update(rules)
    await office.kiosk.publish(json.dumps(catalogue).encode())


async def only(phone: Device) -> Booking:
    """Its one booking."""
    (booking,) = await phone.agenda()
    return booking


async def test_the_desk_decides_before_a_window_opens(office: World) -> None:
    await publish(office, {"policy": {"kind": "window", "minutes": 7 * 24 * 60}})
    anna, bo = [await office.phone(name) for name in ("anna", "bo")]
    for phone in (anna, bo):
        await phone.book(Wanted.of(ExactlyUnit(1), at(10, days=29), at(11, days=29)))
        await office.meet(phone)
        await office.meet(phone)
    # Who is first is drawn: anna hears of bo when she comes again.
    await office.meet(anna)
    if not isinstance((await only(anna)).stage, stage.Likely):
        anna, bo = bo, anna
    why = await anna.explain((await only(anna)).id)
    assert why is not None and why.awaits is not None and isinstance(why.awaits, awaits.WindowOpens)
    said = (await anna.words("sv")).awaits(why.awaits)
    assert said.startswith("Kontoret bestämmer om den dagen från måndag 30 november kl. 00.00"), said
    key, other = [(await only(phone)).key for phone in (anna, bo)]
    assert key is not None and other is not None
    await office.kiosk.confirm(key)
    why = await office.kiosk.explain_at_desk(other)
    assert why is not None
    (obstacle,) = why.options[0].obstacles
    assert isinstance(obstacle, explanation.Confirmed)
    assert (await office.kiosk.words("en")).obstacle(obstacle).startswith("it is promised to somebody else")
    await office.kiosk.decline(other, cause.Staff())
    with pytest.raises(RefusedError):
        await office.kiosk.confirm(other)
    for phone in (anna, bo):
        await office.meet(phone)
    assert isinstance((await only(anna)).stage, stage.Confirmed)
    assert (await only(bo)).stage == stage.Declined(cause.Staff())
    await office.kiosk.release(key, cause.Staff())
    await office.meet(anna)
    assert (await only(anna)).stage == stage.Released(cause.Staff())


async def test_b8_a_share_is_counted_and_tickets_are_issued_within_it(office: World) -> None:
    await publish(office, {"limits": {"at_once": 2}})
    anna = await office.phone("anna")
    holder = "ab" * 32
    (before,) = await office.kiosk.allowances(holder, 1, TUESDAY.date())
    assert (before.limit, before.allowed, before.left) == (rule.LimitKind.AT_ONCE, 2, 2)
    assert (await office.kiosk.words("sv")).allowance(before) == "Bokningar samtidigt: 2 av 2 kvar."
    order = TicketOrder(holder, await anna.public_key(), NOVEMBER, uses=(1,), slots=20)
    issued = await office.kiosk.issue_ticket(order)
    assert isinstance(issued, desk.Issued) and len(issued.ticket) == 64
    refused = await office.kiosk.issue_ticket(order)
    assert isinstance(refused, desk.QuotaReached) and refused.left < 20
    (own,) = await anna.allowances_left(1, TUESDAY.date())
    await anna.book(room(10))
    (less,) = await anna.allowances_left(1, TUESDAY.date())
    assert (own.left, less.left) == (2, 1)


async def test_b8_two_devices_apart_give_nobody_more_than_a_share_and_what_a_device_may_give_a_guest(office: World) -> None:
    await publish(office, {"limits": {"at_once": 2}})
    tablet = await office.phone("tablet")
    await office.kiosk.certify(await office.kiosk.scan_enrolment(await tablet.enrolment()), Staff())
    await office.meet(tablet)
    await office.meet(tablet)
    # Both devices serve the same two people, and do not hear of one another meanwhile.
    holders, given = ("ab" * 32, "cd" * 32), {}
    for number, (device, holder) in enumerate((d, h) for h in holders for d in (office.kiosk, tablet)):
        slots = 0
        for more in range(40):
            key = f"{number * 40 + more:064x}"
            answer = await device.issue_ticket(TicketOrder(holder, key, NOVEMBER, uses=(1,), slots=1))
            slots += isinstance(answer, desk.Issued)
        given[device is tablet, holder] = slots
    await office.meet(tablet)
    for holder in holders:
        shares = sorted(given[at_tablet, holder] for at_tablet in (False, True))
        assert shares == [8, 24]  # A third at whichever of them is not the holder's home.
        for device in (office.kiosk, tablet):
            answer = await device.issue_ticket(TicketOrder(holder, "ef" * 32, NOVEMBER, uses=(1,), slots=1))
            assert isinstance(answer, desk.QuotaReached)

    # What a class allows each person is counted by person: two phones, each at another device.
    anna, bo = [await office.phone(name, met=False) for name in ("anna", "bo")]
    for phone, device in ((anna, office.kiosk), (bo, tablet)):
        await office.meet(phone, device)
        await office.meet(phone, device)
        for hour in (10, 12, 14):
            await phone.book(room(hour, unit=1 if phone is anna else 2))
        await office.meet(phone, device)
    for _ in range(2):
        await office.meet(tablet)
        for phone in (anna, bo):
            await office.meet(phone)
    for phone in (anna, bo):
        stages = sorted(type(booking.stage).__name__ for booking in await phone.agenda())
        assert stages == ["Confirmed", "Confirmed", "Declined"]


async def test_a_clock_is_believed_while_somebody_has_looked_lately(office: World) -> None:
    assert await office.kiosk.clock_is_believed()
    office.time += timedelta(days=2)
    assert not await office.kiosk.clock_is_believed()
    await office.kiosk.confirm_clock()
    assert await office.kiosk.clock_is_believed()
    assert await office.kiosk.now() == at(8, days=2)
    await office.kiosk.tick()
    week = await office.kiosk.week()
    assert week is not None and len(week) == 7


async def test_d3_an_old_month_is_dropped_everywhere(office: World) -> None:
    relay = await office.phone("relay")
    await relay.relay_everything()
    await relay.book(room(10))
    await office.meet(relay)
    await office.meet(relay)
    assert len(await office.kiosk.desk_bookings(NOVEMBER)) == 1
    office.time += timedelta(days=60)
    await office.kiosk.drop_before(date(2027, 1, 1))
    await office.meet(relay)
    for device in (office.kiosk, relay):
        assert await device.desk_bookings(NOVEMBER) == ()
    assert await office.agree(relay)


async def test_d6_later_rules_begin_on_a_coming_day_and_this_app_decides_nothing_from_then_on(office: World) -> None:
    for version, first, code in ((9, at(8, days=7), "not_next_rules"), (2, at(8), "not_ahead")):
        with pytest.raises(RefusedError) as refused:
            await office.kiosk.activate_rules(version, first.date())
        assert refused.value.code == code
    await office.kiosk.activate_rules(2, at(8, days=7).date())
    anna = await office.phone("anna")
    await anna.book(room(10))
    await anna.book(room(10, days=8))
    for _ in range(2):
        await office.meet(anna)
    assert [type(booking.stage) for booking in await anna.agenda()] == [stage.Confirmed, stage.Likely]


async def test_everything_has_a_name(office: World) -> None:
    words = await office.kiosk.words("sv")
    assert (words.class_name(1), words.feature(1), words.unit(1)) == ("Rum", "hörslinga", "Rum 1")
    assert words.holiday(offices.Holiday.EPIPHANY) == "trettondedag jul"
    assert qr_svg(await office.kiosk.invitation()).startswith("<?xml")
