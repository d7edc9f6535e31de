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


class MainJob(unittest.TestCase):
    """One kiosk and phones, each in a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        catalogue = json.dumps(CATALOGUE).encode()
        seeds = [bytes([number]) * 32 for number in (1, 9, 7)]
        self.kiosk = allkontor.Device.found(self.place("kiosk"), NOW, catalogue, *seeds)

    def place(self, name: str) -> str:
        (self.folder / name).mkdir(exist_ok=True)
        return str(self.folder / name)

    def phone(self, name: str) -> allkontor.Device:
        seed = (name.encode() * 32)[:32]
        phone = allkontor.Device.join(self.place(name), self.kiosk.office_id(), seed)
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
        start, end = f"2026-11-24T{hour:02}:00", f"2026-11-24T{hour + 1:02}:00"
        return allkontor.Wanted(unit=unit, start=start, end=end)

    def test_a_clash_is_merged_and_the_loser_is_moved(self) -> None:
        anna, bo, eva = (self.phone(name) for name in ("anna", "bo", "eva"))
        for phone in (anna, bo, eva):
            result = phone.book(NOW, self.wanted())
            self.assertTrue(result.is_REQUESTED())
            self.assertEqual(phone.agenda()[0].stage, "likely")
            self.assertEqual(phone.agenda()[0].delivery, "carried")
        for _ in range(2):
            for phone in (anna, bo, eva):
                self.meet(phone)
        seen = [(phone.agenda()[0].stage, phone.agenda()[0].units) for phone in (anna, bo, eva)]
        self.assertEqual(seen, [("confirmed", [1]), ("confirmed", [2]), ("waiting", [])])
        self.assertEqual(len({device.digest() for device in (self.kiosk, anna, bo, eva)}), 1)
        anna.cancel(NOW, 0)
        for _ in range(2):
            for phone in (anna, eva):
                self.meet(phone)
        self.assertEqual(eva.agenda()[0].stage, "confirmed")

    def test_a_phone_reopens_with_all_it_had(self) -> None:
        anna = self.phone("anna")
        anna.book(NOW, self.wanted())
        before = anna.agenda()
        anna.close()
        with self.assertRaises(allkontor.AllkontorError.Failed) as closed:
            anna.agenda()
        self.assertEqual(closed.exception.code, "closed")
        self.assertEqual(allkontor.Device.open(self.place("anna")).agenda(), before)

    def test_a_file_carries_a_booking(self) -> None:
        anna = self.phone("anna")
        anna.book(NOW, self.wanted())
        self.kiosk.import_file(NOW, anna.export_file(NOW))
        anna.import_file(NOW, self.kiosk.export_file(NOW))
        self.assertEqual(anna.agenda()[0].stage, "confirmed")
        with self.assertRaises(allkontor.AllkontorError.Failed):
            anna.import_file(NOW, b"not a file that a device exported")

    def test_a_rule_is_a_value_and_a_wrong_argument_an_error(self) -> None:
        anna = self.phone("anna")
        refused = anna.book(NOW, self.wanted(hour=22))
        self.assertTrue(refused.is_REFUSED())
        self.assertIn("outside the opening hours", refused.message)
        with self.assertRaisesRegex(allkontor.AllkontorError.Argument, "exactly one of unit"):
            anna.book(NOW, allkontor.Wanted(start="2026-11-24T10:00", end="2026-11-24T11:00"))
        with self.assertRaisesRegex(allkontor.AllkontorError.Argument, "civil minute"):
            anna.book(NOW, allkontor.Wanted(unit=1, start="tomorrow", end="2026-11-24T11:00"))


if __name__ == "__main__":
    unittest.main()
