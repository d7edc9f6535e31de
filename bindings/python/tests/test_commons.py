"""Suggestions and the notice board."""

import copy
import pathlib
from datetime import date, timedelta

import pytest
from allkontor import Device, MissingError, RefusedError, cause, commons
from world import CATALOGUE, World, at, opened

HOUSE = {**copy.deepcopy(CATALOGUE), "commons": {"share": 4, "notice_days": 14}}


async def met(world: World, *phones: Device) -> None:
    """Everybody meets the kiosk until all is known."""
    for phone in (*phones, *phones, *phones):
        await world.meet(phone)


async def test_e5_a_suggestion_is_supported_and_answered(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        anna, bo = [await world.phone(name) for name in ("anna", "bo")]
        office = await anna.office("en")
        assert office is not None and office.commons is not None
        assert (office.commons.share, office.commons.notice_days) == (4, 14)
        # With no network.
        await anna.suggest("A bicycle pump by the door")
        (carried,) = await anna.suggestions()
        assert (carried.stage, carried.is_own) == (commons.Carried(), True)
        await met(world, anna, bo)
        (seen,) = await bo.suggestions()
        assert (seen.text, seen.support, seen.is_own) == ("A bicycle pump by the door", 0, False)
        await bo.support_suggestion(seen.id)
        await bo.support_suggestion(seen.id)
        with pytest.raises(RefusedError) as own:
            await anna.support_suggestion(seen.id)
        assert own.value.code == "own_suggestion"
        await met(world, bo, anna)
        (known,) = await world.kiosk.suggestions()
        assert (known.stage, known.support) == (commons.Received(), 1)
        with pytest.raises(RefusedError) as reason:
            await world.kiosk.answer_suggestion(known.id, commons.Rejected())
        assert reason.value.code == "no_reason"
        await world.kiosk.answer_suggestion(known.id, commons.Planned(), "In spring.")
        await met(world, anna, bo)
        (told,) = await anna.suggestions()
        assert told.stage == commons.Answered(commons.Planned())
        assert [answer.text for answer in told.answers] == ["In spring."]
        assert (await anna.words("en")).suggestion(told) == "One person supports it. It will be done."
        assert (await anna.words("sv")).suggestion(told) == "En person stöder det. Det ska göras."
        await bo.unsupport_suggestion(seen.id)
        await met(world, bo, anna)
        assert [one.support for one in await anna.suggestions()] == [0]
        for text in ("Plants", "Tea", "Quiet"):
            await anna.suggest(text)
        assert await anna.commons_left() == 0
        with pytest.raises(RefusedError) as used:
            await anna.suggest("More")
        assert used.value.code == "commons_share_used"
        assert await world.agree(bo)


async def test_e6_a_notice_runs_out_and_is_moderated(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        anna, bo = [await world.phone(name) for name in ("anna", "bo")]
        with pytest.raises(RefusedError) as late:
            await anna.post_notice(commons.Ask(), "Excel", date(2026, 12, 8), commons.AtDesk())
        assert late.value.code == "notice_last_day"
        await anna.post_notice(commons.Ask(), "Who knows Excel?", date(2026, 11, 26), commons.AtDesk())
        await bo.post_notice(commons.Offer(), "Something unkind", date(2026, 12, 7), commons.AsWritten())
        await met(world, anna, bo, anna)
        board = await anna.notices()
        assert {notice.text for notice in board} == {"Who knows Excel?", "Something unkind"}
        (own,) = [notice for notice in board if notice.is_own]
        assert (await anna.words("en")).notice(own) == (
            f"Somebody asks for something, until Thursday 26 November. Leave word at the desk: number {own.number}."
        )
        counts = await world.kiosk.commons_counts()
        assert (counts.asks, counts.offers, counts.unread) == (1, 1, 2)
        await world.kiosk.review_text(own.id)
        (unkind,) = [notice for notice in board if not notice.is_own]
        await world.kiosk.erase_text(unkind.id, cause.Guidelines())
        await met(world, anna, bo)
        assert [notice.id for notice in await anna.notices()] == [own.id]
        (trace,) = [notice for notice in await bo.notices() if notice.is_own]
        assert (trace.stage, trace.text, trace.trace) == (commons.Erased(cause.Guidelines()), None, unkind.trace)
        assert (await bo.words("en")).notice(trace) == (
            "The office has erased this: its text breaks the guidelines."
        )
        counts = await world.kiosk.commons_counts()
        assert (counts.erased, counts.unread) == (1, 0)
        world.time = at(9) + timedelta(days=3)
        assert await bo.notices() == tuple(notice for notice in await bo.notices() if notice.is_own)
        (over,) = await anna.notices()
        assert (over.stage, over.text) == (commons.Over(), None)
        with pytest.raises(MissingError):
            await anna.take_back("00" * 32)
