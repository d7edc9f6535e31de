"""Accounts: money paid in ahead, and what was charged, line by line."""

import csv
import io
import json

import pytest
from allkontor import ArgumentError, Means, RefusedError, SaleItem, account, role
from allkontor.usage import YearMonth
from test_money import PAGES, TARIFF
from world import CATALOGUE, World, at

NOVEMBER = YearMonth.of(at(8).date())


async def with_accounts(office: World, limit: int = 0) -> None:
    """The kiosk publishes what things cost, and that people can have accounts."""
    tariff = {**TARIFF, "accounts": {"limit": limit}}
    await office.kiosk.publish(json.dumps({**CATALOGUE, "tariff": tariff}).encode())


async def test_l3_an_account_is_paid_into_paid_from_and_paid_out(office: World) -> None:
    await with_accounts(office)
    kiosk, phone = office.kiosk, await office.phone("anna")
    holder = await phone.account_key()
    number = await kiosk.open_account(holder)
    paid_in = await kiosk.top_up(number, 2_000, Means.CASH)
    swedish = await kiosk.words("sv")
    assert swedish.receipt(paid_in) == [
        "Kvitto 1 på insättning på konto, tisdag 24 november kl. 08.00",
        "Summa: 20,00 kr, kontant",
    ]
    sold = await kiosk.sell_from_account(number, [PAGES])
    assert sold.means == Means.ACCOUNT
    assert swedish.receipt(sold)[-1] == "Summa: 15,00 kr, från kontot"
    assert (await kiosk.till()).cash == 2_000, "of what was spent none is cash"
    with pytest.raises(RefusedError) as more:
        await kiosk.sell_from_account(number, [PAGES])
    assert more.value.code == "not_in_account"
    known = await kiosk.account_of(holder)
    assert known is not None
    assert (known.account, known.balance, known.here, known.is_closed) == (number, 500, 500, False)
    assert swedish.account(known) == "5,00 kr på kontot. 5,00 kr av det kan användas här."
    await kiosk.pay_account_out(number, Means.CASH)
    lines = await kiosk.account_lines(number)
    assert [(line.posting.name, line.change) for line in lines] == [
        ("TOP_UP", 2_000),
        ("SPENT", -1_500),
        ("PAID_OUT", -500),
    ]
    assert swedish.account_line(lines[1]) == "tisdag 24 november kl. 08.00: -15,00 kr använt, kvitto 2"
    await kiosk.close_account(number)
    assert [one.is_closed for one in await kiosk.accounts()] == [True]
    assert await kiosk.account("00" * 32) is None
    with pytest.raises(RefusedError):
        await phone.account_of(holder)


async def test_l3_another_desk_spends_what_it_was_allowed(office: World) -> None:
    await with_accounts(office, limit=1_500)
    kiosk, tablet = office.kiosk, await office.phone("tablet")
    enrolment = await tablet.enrolment()
    await kiosk.certify(await kiosk.scan_enrolment(enrolment), role.Staff())
    await office.meet(tablet)
    number = await kiosk.open_account(account.key_on_paper(bytes(16)))
    with pytest.raises(ArgumentError):
        account.key_on_paper(b"short")
    device = (await tablet.till()).till
    await kiosk.allow(number, device, 600)
    await office.meet(tablet)
    await office.meet(tablet)
    await tablet.sell_from_account(number, [SaleItem(1, 2)])
    with pytest.raises(RefusedError):
        await tablet.sell_from_account(number, [SaleItem(1)])
    await kiosk.sell_from_account(number, [SaleItem(1, 3)])
    wrong = await tablet.top_up(number, 5_000, Means.CARD)
    await office.meet(tablet)
    await office.meet(tablet)
    known = await kiosk.account(number)
    assert known is not None and (known.balance, known.here) == (3_500, 5_000)
    assert (await kiosk.words("en")).account(known) == (
        "35.00 kr on the tab, which may go to 15.00 kr below nothing. 50.00 kr can be spent here."
    )
    await kiosk.allow(number, device, 4_000)
    await office.meet(tablet)
    await office.meet(tablet)
    await tablet.correct_top_up(wrong.entry, 1_000)
    await office.meet(tablet)
    assert {one.balance for one in await kiosk.accounts()} == {-500}
    assert await kiosk.stray_money() == ()


async def test_e7_money_is_counted_by_line_and_month_and_few_are_not_told_of(office: World) -> None:
    await with_accounts(office)
    for _ in range(5):
        await office.kiosk.sell([PAGES], Means.CASH)
    report = await office.kiosk.report(NOVEMBER, NOVEMBER, language="sv")
    (pages,) = report.money
    assert (pages.line, pages.name, pages.quantity, pages.ore) == (1, "A4 svartvitt", 25, 7_500)
    assert [(one.month, one.ore) for one in pages.months] == [(NOVEMBER, 7_500)]
    rows = csv.DictReader(io.StringIO(report.csv))
    assert {row["at"]: row["value"] for row in rows if row["figure"] == "line_ore"} == {"": "7500", "2026-11": "7500"}
    few = await office.kiosk.report(NOVEMBER, NOVEMBER, smallest_group=6)
    assert (few.money[0].quantity, few.money[0].months[0].ore) == (None, None)
    assert json.loads(few.json)["money"][0]["ore"] is None
