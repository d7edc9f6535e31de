"""What passes through a till."""

import json
import pathlib
from datetime import date

import pytest
from allkontor import AllkontorError, Means, Money, RefusedError, SaleItem, cause, money, outcome, role
from world import CATALOGUE, TUESDAY, World, room

VECTORS = pathlib.Path(__file__).parents[3] / "tests" / "vectors" / "bindings" / "tariffs.json"
TARIFF = {
    "currency": "SEK",
    "reductions": {"1": {"sv": "Föreningar", "en": "Associations"}},
    "lines": {
        "1": {
            "name": {"sv": "A4 svartvitt", "en": "A4"},
            "unit": "page",
            "prices": [
                {
                    "from": "2026-01-01",
                    "steps": [{"from": 1, "ore": 300}],
                    "reduced": {"1": [{"from": 1, "ore": 150}]},
                }
            ],
        },
        "2": {
            "name": {"sv": "Nyckel", "en": "Key"},
            "unit": "once",
            "kind": "deposit",
            "prices": [{"from": "2026-01-01", "steps": [{"from": 1, "ore": 20000}]}],
        },
    },
}
PAGES = SaleItem(1, 5)


async def priced(office: World) -> None:
    """The kiosk publishes what things cost."""
    await office.kiosk.publish(json.dumps({**CATALOGUE, "tariff": TARIFF}).encode())


async def test_l3_sold_charged_paid_corrected_and_counted(office: World) -> None:
    await priced(office)
    kiosk = office.kiosk
    tariff = await kiosk.tariff("sv")
    assert tariff is not None
    assert [(line.name, line.is_deposit) for line in tariff.lines] == [("A4 svartvitt", False), ("Nyckel", True)]
    assert await kiosk.price(PAGES, TUESDAY.date()) == Money(1_500, "SEK")
    assert (await kiosk.price(SaleItem(1, 5, reduction=1), TUESDAY.date())).ore == 750

    sold = await kiosk.sell([PAGES], Means.CASH)
    swedish, english = await kiosk.words("sv"), await kiosk.words("en")
    assert swedish.receipt(sold) == [
        "Kvitto 1, tisdag 24 november kl. 08.00",
        "A4 svartvitt, 5 sidor: 15,00 kr",
        "Summa: 15,00 kr, kontant",
    ]
    corrected = await kiosk.correct(sold.lines[0].entry, 300, cause.Staff())
    assert english.receipt(corrected)[1:] == ["A4, 5 pages: 15.00 kr was wrong, 3.00 kr is right", "In all: -12.00 kr, cash"]
    assert await kiosk.receipt(sold.entry) == sold, "the old one stays as it was"
    await kiosk.move_cash(10_000)
    count = await kiosk.count_till(10_200)
    assert english.count(count) == "102.00 kr was counted: 1.00 kr too little. The books say 103.00 kr."
    assert (await kiosk.till()).cash == 10_200

    phone = await office.phone("anna")
    (made,) = await phone.book(room(10))
    assert isinstance(made, outcome.Requested)
    await office.meet(phone)
    await office.meet(phone)
    key = (await phone.booking(made.booking)).key  # type: ignore[union-attr]
    assert key is not None
    charges = await kiosk.charge(key, [PAGES])
    (owed,) = await kiosk.charges_of(key)
    assert (owed.owed, swedish.owed(owed.owed)) == (1_500, "Att betala: 15,00 kr.")
    await kiosk.pay(charges, Means.CARD)
    assert swedish.owed((await kiosk.charges_of(key))[0].owed) == "Inget att betala."
    with pytest.raises(RefusedError) as again:
        await kiosk.pay(charges, Means.CARD)
    assert again.value.code == "nothing_owed"
    await office.meet(phone)
    assert await phone.charges_of(key) == (), "no business of phones"
    assert await office.agree(phone)


async def test_l4_a_deposit_is_held_returned_and_forfeited_and_a_second_pay_out_listed(office: World) -> None:
    await priced(office)
    kiosk, tablet = office.kiosk, await office.phone("tablet")
    await kiosk.certify(await kiosk.scan_enrolment(await tablet.enrolment()), role.Staff())
    await office.meet(tablet)
    deposit = (await kiosk.take_deposit(SaleItem(2), Means.CASH)).entry
    await office.meet(tablet)
    await office.meet(tablet)
    await kiosk.pay_out(deposit, Means.CASH, 15_000)
    await kiosk.forfeit(deposit, 5_000, cause.Lost())
    (settled,) = await kiosk.deposits()
    assert (settled.taken, settled.held, settled.returned, settled.forfeited) == (20_000, 0, 15_000, 5_000)
    words = await kiosk.words("en")
    assert words.deposit(settled) == "Deposit of 200.00 kr. Held: 0.00 kr. Given back: 150.00 kr. Kept: 50.00 kr."
    # The tablet has not heard of it, and pays out as well.
    await tablet.pay_out(deposit, Means.CASH)
    await office.meet(tablet)
    await office.meet(tablet)
    for desk in (kiosk, tablet):
        (second,) = await desk.second_pay_outs()
        assert (second.deposit, second.ore) == (deposit, 20_000)
    assert words.second_pay_out(second).startswith("200.00 kr too much left the tills")
    assert (await kiosk.overpaid(), await kiosk.stray_money()) == ((), ())


def test_l3_real_price_lists() -> None:
    cases = 0
    for office in json.loads(VECTORS.read_text(encoding="utf-8"))["tariffs"]:
        catalogue = json.dumps(office["catalogue"]).encode()
        for case in office["cases"]:
            item = SaleItem(case["line"], case["quantity"], case["reduction"])
            day = date.fromisoformat(case["day"])
            cases += 1
            if "error" in case:
                with pytest.raises(AllkontorError) as refused:
                    money.price_by(catalogue, item, day)
                assert refused.value.code == case["error"]
            else:
                assert money.price_by(catalogue, item, day).ore == case["ore"], (office["of"], case)
    assert cases > 30
