"""What people live through, from Python."""

from allkontor import BookingKey, Delivery, Device, ExactlyUnit, Interval, Wanted, cause, change, ledger, outcome
from allkontor import custody, rule, slip_code, stage, standing
from allkontor.role import Kiosk, Staff
from world import TUESDAY, World, at, room


async def only(phone: Device) -> stage.Stage:
    """How its one booking stands."""
    (booking,) = await phone.agenda()
    return booking.stage


def units(of: stage.Stage) -> list[int]:
    """Where somebody would go."""
    return [hold.unit for hold in getattr(of, "holds", ())]


async def test_an_office_is_founded_and_joined_by_its_code(office: World) -> None:
    assert await office.kiosk.standing() == standing.Steward(Kiosk())
    phone = await office.phone("anna", met=False)
    assert await phone.standing() == standing.Visitor()
    assert await phone.office() is None
    await office.meet(phone)
    info = await phone.office("sv")
    assert info is not None
    assert (info.name, info.zone, info.units[1].name) == ("Kontoret", "Europe/Stockholm", "Rum 2")
    assert [unit.id for unit in info.units if 1 in unit.features] == [2]
    assert all(2 in unit.features for unit in info.units), "the lift is everybody's"
    hours = await phone.hours(TUESDAY.date(), 1)
    assert hours is not None
    assert hours[0].open == (Interval(at(8), at(22)),)
    assert hours[0].staffed == (Interval(at(10), at(16)),)
    assert await phone.catalogue_json() == await office.kiosk.catalogue_json()


async def test_b1_booking_works_with_no_network(office: World) -> None:
    phone = await office.phone("anna")
    (made,) = await phone.book(room(10))
    assert isinstance(made, outcome.Requested)
    booking = await phone.booking(made.booking)
    assert booking is not None
    assert isinstance(booking.stage, stage.Likely)
    assert booking.status.delivery is Delivery.CARRIED
    assert booking.holds[0].interval == Interval(at(10), at(11))
    assert (await phone.sync_state()).undelivered == 1
    (free, *_) = await phone.free(at(10), at(11), class_id=1)
    assert (free.unit, free.expected) == (1, 1)


async def test_b2_a_clash_is_merged_and_everybody_is_told_the_truth(office: World) -> None:
    anna, bo, eva = [await office.phone(name) for name in ("anna", "bo", "eva")]
    for phone in (anna, bo, eva):
        await phone.book(room(10))
        assert isinstance(await only(phone), stage.Likely)
    for _ in range(2):
        for phone in (anna, bo, eva):
            await office.meet(phone)
    stages = [await only(phone) for phone in (anna, bo, eva)]
    assert [type(one) for one in stages] == [stage.Confirmed, stage.Confirmed, stage.Waiting]
    assert [units(one) for one in stages] == [[1], [2], []]
    assert await office.agree(anna, bo, eva)
    # Bo was moved to the equal room, and is told so in both languages.
    (booking,) = await bo.agenda()
    why = await bo.explain(booking.id)
    assert why is not None
    swedish, english = [(await bo.words(tag)).explanation(why) for tag in ("sv", "en")]
    assert swedish == [
        "Bekräftad: Rum 2, tisdag 24 november kl. 10.00–11.00.",
        "Rum 1, tisdag 24 november kl. 10.00–11.00: är lovad till någon annan, tisdag 24 november kl. 10.00–11.00.",
    ]
    assert english == [
        "Confirmed: Room 2, Tuesday 24 November, 10:00–11:00.",
        "Room 1, Tuesday 24 November, 10:00–11:00: it is promised to somebody else, Tuesday 24 November, 10:00–11:00.",
    ]
    # Anna cancels, and Eva moves up.
    (booking,) = await anna.agenda()
    await anna.cancel(booking.id)
    for _ in range(2):
        for phone in (anna, eva):
            await office.meet(phone)
    assert await only(anna) == stage.Released(cause.Cancelled())
    assert units(await only(eva)) == [1]


async def test_b4_a_closed_room_moves_its_people(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book(room(10))
    await office.meet(phone)
    await office.meet(phone)
    closed = await office.kiosk.close_places(at(9), at(12), cause.Lost(), units=[1])
    (booking,) = await phone.agenda()
    assert closed.affected == closed.moved == (booking.key,)
    await office.meet(phone)
    assert units(await only(phone)) == [2]
    (booking,) = await phone.agenda()
    why = await phone.explain(booking.id)
    assert why is not None
    swedish, english = [(await phone.words(tag)).explanation(why) for tag in ("sv", "en")]
    assert swedish[1] == "Du har flyttats från Rum 1, tisdag 24 november kl. 10.00–11.00."
    assert english[1] == "You were moved from Room 1, Tuesday 24 November, 10:00–11:00."
    times = await office.kiosk.desk_day(TUESDAY.date())
    (shut,) = [time for time in times if time.booking is None]
    await office.kiosk.reopen(shut.statement)
    assert [free.unit for free in await office.kiosk.free(at(10), at(11), class_id=1)] == [1]


async def test_b5_a_series_lists_its_clashes_and_goes_on(office: World) -> None:
    phone = await office.phone("anna")
    dates = await phone.repeat(Interval(at(18), at(20)), "FREQ=WEEKLY;COUNT=5", [at(18, days=7).date()])
    assert [date.start.day for date in dates] == [24, 8, 15, 22]
    made = await phone.book(room(18).on(dates))
    assert [type(one) for one in made] == [outcome.Requested, outcome.Requested, outcome.Requested, outcome.Requested]
    late = await phone.book(room(21).on([Interval(at(21), at(23)), Interval(at(21, days=1), at(22, days=1))]))
    assert [type(one) for one in late] == [outcome.Refused, outcome.Requested]
    for _ in range(3):
        await office.meet(phone)
    assert [type(booking.stage) for booking in await phone.agenda()] == [stage.Confirmed] * 5
    assert await office.agree(phone)


async def test_b3_d8_a_rule_is_a_value_and_is_said_in_both_languages(office: World) -> None:
    phone = await office.phone("anna")
    (made,) = await phone.book(Wanted.of(ExactlyUnit(1), at(21), at(23)))
    assert isinstance(made, outcome.Refused)
    assert made.refusal.rule == rule.OutsideHours(TUESDAY.date(), (Interval(at(8), at(22)),))
    assert made.refusal.nearest[0] == Interval(at(20), at(22))
    said = [(await phone.words(tag)).rule(made.refusal.rule) for tag in ("sv", "en")]
    assert said[0] == "Utanför öppettiderna tisdag 24 november: 08.00–22.00."
    assert said[1] == "Outside the opening hours of Tuesday 24 November: 08:00–22:00."


async def test_b6_moving_and_staying_longer(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book(room(10))
    await office.meet(phone)
    await office.meet(phone)
    (booking,) = await phone.agenda()
    assert await phone.move(booking.id, room(14)) == change.Requested()
    (pending,) = await phone.agenda()
    assert pending.status.holding[0].interval.start == at(10)
    said = (await phone.words("en")).status(pending.status)
    assert said.endswith("Until that is decided you keep Room 1, Tuesday 24 November, 10:00–11:00.")
    await office.meet(phone)
    await office.meet(phone)
    assert await phone.extend(booking.id, at(16)) == change.Requested()
    await office.meet(phone)
    await office.meet(phone)
    (moved,) = await phone.agenda()
    assert moved.holds[0].interval == Interval(at(14), at(16))
    refused = await phone.extend(booking.id, at(19))
    assert refused == change.Refused(rule.TooLong(most=240, got=300), 7)


async def test_b6_checking_in_by_oneself_and_at_the_desk(office: World) -> None:
    anna, bo = [await office.phone(name) for name in ("anna", "bo")]
    await anna.book(room(9))
    await bo.book(room(9, unit=2))
    for _ in range(2):
        for phone in (anna, bo):
            await office.meet(phone)
    office.time = at(9, 2)
    (booking,) = await anna.agenda()
    await anna.arrive(booking.id)
    await office.meet(anna)
    assert [time.arrived for time in await office.kiosk.desk_day(TUESDAY.date())] == [True, False]
    (booking,) = await bo.agenda()
    assert booking.key is not None
    await office.kiosk.check_in(booking.key)
    await office.meet(bo)
    assert isinstance(await only(bo), stage.CheckedIn)


async def test_d5_a_device_opens_again_with_all_it_had(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book(room(10))
    before, digest = await phone.agenda(), await phone.digest()
    await phone.close()
    phone = await Device.open(office.place("anna"), clock=office.clock)
    office.devices.append(phone)
    assert (await phone.agenda(), await phone.digest()) == (before, digest)
    await phone.suspend()
    assert await phone.agenda() == before


async def test_d1_a_third_phone_carries_a_booking_there_and_back(office: World) -> None:
    anna, bo = [await office.phone(name) for name in ("anna", "bo")]
    await anna.book(room(10))
    await office.meet(anna, bo)
    await office.meet(bo)
    await office.meet(bo)
    await office.meet(anna, bo)
    assert isinstance(await only(anna), stage.Confirmed)
    assert await office.agree(anna, bo)


async def test_d1_files_and_codes_carry_a_booking(office: World) -> None:
    anna, bo = [await office.phone(name) for name in ("anna", "bo")]
    await anna.book(room(10))
    await office.kiosk.import_file(await anna.export_file())
    await anna.import_file(await office.kiosk.export_file())
    assert isinstance(await only(anna), stage.Confirmed)
    (booking,) = await anna.agenda()
    promise = await bo.verify_certificate(await anna.certificate(booking.id))
    assert (promise.booking, promise.holds[0].unit, promise.role) == (booking.key, 1, Kiosk())
    await bo.book(room(14))
    (mine,) = await bo.agenda()
    await office.kiosk.scan_card(await bo.request_card(mine.id))
    filed = await office.kiosk.desk_bookings(ledger.OfMonth.of(TUESDAY.date()))
    assert {entry.key: type(entry.status.stage) for entry in filed} == {
        booking.key: stage.Confirmed,
        mine.key: stage.Confirmed,
    }


async def test_b7_somebody_without_a_phone_leaves_with_a_slip(office: World) -> None:
    (made,) = await office.kiosk.walk_in(room(10), slip_seed=b"sixteen secrets!")
    slip = getattr(made, "slip")
    assert slip.code == "3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GS"
    key = getattr(made, "booking")
    found = await office.kiosk.find_slip(slip.code.lower())
    assert found is not None and found.key == key
    assert slip_code(slip.payload) == slip.code
    assert getattr(await office.kiosk.read_code(slip.payload), "booking") == key
    why = await office.kiosk.explain_at_desk(key)
    assert why is not None and isinstance(why.status.stage, stage.Confirmed)
    await office.kiosk.arrive_slip(slip.code)
    await office.kiosk.cancel_slip(slip.code)
    why = await office.kiosk.explain_at_desk(key)
    assert why is not None and why.status.stage == stage.Released(cause.Cancelled())
    assert await office.kiosk.explain_at_desk(BookingKey("00" * 32, 0)) is None


async def test_a_second_device_is_certified(office: World) -> None:
    desk = await office.phone("desk")
    key = await office.kiosk.scan_enrolment(await desk.enrolment())
    await office.kiosk.certify(key, Staff())
    await office.meet(desk)
    assert await desk.standing() == standing.Steward(Staff())
    day = await office.kiosk.custody_day(TUESDAY.date())
    (tablet,) = [steward for steward in day.stewards if steward.role == Staff()]
    assert tablet.device == key
    # The two devices share what each of them can decide about.
    assert {type(unit.custody) for unit in day.units} == {custody.Here, custody.Elsewhere}
    assert {unit.custody for unit in day.units} == {custody.Here(), custody.Elsewhere(tablet)}
    assert await desk.outdated() is None
