"""The main job from Python: a phone books offline, meets the kiosk, and is told the truth."""

import datetime
import json
import pathlib
import tempfile
import unittest
import zoneinfo

import allkontor

ZONE = zoneinfo.ZoneInfo("Europe/Stockholm")
NOW = int(datetime.datetime(2026, 11, 24, 8, 0, tzinfo=ZONE).timestamp())
OPEN = {"open": ["08:00-22:00"]}
CATALOGUE = {
    "profile": {
        "name": {"sv": "Kontoret"},
        "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"},
        "languages": ["sv", "en"],
        "zone": "Europe/Stockholm",
        "operator": "library",
        "duration": {"kind": "permanent"},
    },
    "hours": {
        "weekly": {
            day: OPEN
            for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        }
    },
    "classes": {"1": {"name": {"sv": "Rum"}, "kind": "room"}},
    "units": {number: {"name": {"sv": "Rum " + number}, "class": 1} for number in ["1", "2"]},
}


EPOCH = datetime.datetime(2000, 1, 1)


def at(hour: int, minute: int = 0) -> int:
    """A civil minute of Tuesday 2026-11-24."""
    return int((datetime.datetime(2026, 11, 24, hour, minute) - EPOCH).total_seconds()) // 60


class MainJob(unittest.TestCase):
    """One kiosk and phones, each in a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        seeds = [bytes([number]) * 32 for number in (1, 9, 7)]
        founding = allkontor.Founding(
            catalogue=json.dumps(CATALOGUE).encode(),
            role=allkontor.Role.KIOSK(),
            device_seed=seeds[0],
            recovery_seed=seeds[1],
            salt=seeds[2],
        )
        self.kiosk = allkontor.Device.found(self.place("kiosk"), NOW, founding)

    def place(self, name: str) -> str:
        (self.folder / name).mkdir(exist_ok=True)
        return str(self.folder / name)

    def phone(self, name: str) -> allkontor.Device:
        seed = (name.encode() * 32)[:32]
        phone = allkontor.Device.join_by_invitation(self.place(name), self.kiosk.invitation(), seed)
        for _ in range(2):
            self.meet(phone)
        return phone

    def meet(self, phone: allkontor.Device, now: int = NOW) -> None:
        opened = phone.connect(now)
        there = self.kiosk.accept(now)
        outgoing = opened.messages
        while outgoing:
            answers = [answer for message in outgoing for answer in self.kiosk.receive(now, there, message)]
            outgoing = [message for answer in answers for message in phone.receive(now, opened.connection, answer)]
        phone.disconnect(now, opened.connection)
        self.kiosk.disconnect(now, there)

    def wanted(self, unit: int = 1, hour: int = 10) -> allkontor.Wanted:
        date = allkontor.Interval(start=at(hour), end=at(hour + 1))
        return allkontor.Wanted(what=allkontor.What.UNIT_OR_EQUAL(unit=unit), dates=[date])

    def only(self, phone: allkontor.Device) -> allkontor.Booking:
        (booking,) = phone.agenda(None, 10)
        return booking

    def test_a_clash_is_merged_and_the_loser_is_moved(self) -> None:
        anna, bo, eva = (self.phone(name) for name in ("anna", "bo", "eva"))
        for phone in (anna, bo, eva):
            (outcome,) = phone.book(NOW, self.wanted())
            self.assertTrue(outcome.is_REQUESTED())
            status = self.only(phone).status
            self.assertTrue(status.stage.is_LIKELY())
            self.assertEqual(status.delivery, allkontor.Delivery.CARRIED)
        for _ in range(2):
            for phone in (anna, bo, eva):
                self.meet(phone)
        stages = [self.only(phone).status.stage for phone in (anna, bo, eva)]
        self.assertEqual([hold.unit for hold in stages[0].holds], [1])
        self.assertEqual([hold.unit for hold in stages[1].holds], [2])
        self.assertTrue(stages[2].is_WAITING())
        self.assertEqual(len({device.digest() for device in (self.kiosk, anna, bo, eva)}), 1)
        why = bo.explain(NOW, self.only(bo).id)
        said = bo.words("sv").explanation(why)
        self.assertEqual(said[0], "Bekräftad: Rum 2, tisdag 24 november kl. 10.00–11.00.")
        self.assertIn("är lovad till någon annan", said[1])
        anna.cancel(NOW, 0)
        for _ in range(2):
            for phone in (anna, eva):
                self.meet(phone)
        self.assertTrue(self.only(eva).status.stage.is_CONFIRMED())

    def test_a_phone_reopens_with_all_it_had(self) -> None:
        anna = self.phone("anna")
        anna.book(NOW, self.wanted())
        before = anna.agenda(None, 10)
        anna.shut_down()
        with self.assertRaises(allkontor.AllkontorError.Closed) as closed:
            anna.agenda(None, 10)
        self.assertEqual(closed.exception.code, "closed")
        self.assertEqual(allkontor.Device.open(self.place("anna")).agenda(None, 10), before)

    def test_a_file_carries_a_booking(self) -> None:
        anna = self.phone("anna")
        anna.book(NOW, self.wanted())
        self.kiosk.import_file(NOW, anna.export_file(NOW))
        anna.import_file(NOW, self.kiosk.export_file(NOW))
        self.assertTrue(self.only(anna).status.stage.is_CONFIRMED())
        with self.assertRaises(allkontor.AllkontorError.BadBytes):
            anna.import_file(NOW, b"not a file that a device exported")

    def test_a_rule_is_a_value_and_a_wrong_argument_an_error(self) -> None:
        anna = self.phone("anna")
        (refused,) = anna.book(NOW, self.wanted(hour=22))
        self.assertTrue(refused.is_REFUSED())
        said = anna.words("sv").rule(refused.refusal.rule)
        self.assertEqual(said, "Utanför öppettiderna tisdag 24 november: 08.00–22.00.")
        what = allkontor.What.UNIT_OR_EQUAL(unit=1)
        with self.assertRaises(allkontor.AllkontorError.Argument) as wrong:
            anna.book(NOW, allkontor.Wanted(what=what, dates=[]))
        self.assertEqual(wrong.exception.code, "needs_a_date")
        backwards = allkontor.Interval(start=at(11), end=at(10))
        with self.assertRaises(allkontor.AllkontorError.Argument) as wrong:
            anna.book(NOW, allkontor.Wanted(what=what, dates=[backwards]))
        self.assertEqual(wrong.exception.code, "empty_interval")
        with self.assertRaises(allkontor.AllkontorError.Argument) as wrong:
            allkontor.Device.join(self.place("bo"), "no id", bytes(32))
        self.assertEqual(wrong.exception.code, "not_hexadecimal")


if __name__ == "__main__":
    unittest.main()
