"""pyshoper 0.1.2 as PyPI has it, unmodified, against the fake over HTTP.

It waits by time.sleep; here that moves the fake's clock instead, so nothing sleeps and every wait is counted.
"""

import json
import pathlib
import unittest
import unittest.mock

from pyshoper import exceptions
from pyshoper.api import shoper_resources
from pyshoper.client import ShoperClient

from fake import WORLD, Fake, operations
from wire import Wire

CONTRACT = pathlib.Path(__file__).resolve().parents[2] / "mocks" / "shoper" / "contract.json"
ID_FIELDS = {entry["path"]: entry.get("id") for entry in json.loads(CONTRACT.read_text())["entries"]}
SHOP = json.loads(WORLD.read_text())["shoper"][0]["resources"]

ALL_METHODS = ("get", "delete", "insert", "list", "update")
METHODS = {resource["name"]: resource.get("methods", ALL_METHODS) for resource in shoper_resources}
PATHS = {resource["name"]: resource["path"].rstrip("/") for resource in shoper_resources}
NO_ENVELOPE = {"application_config", "application_version", "categories_tree", "dashboard_activities"}


def PL(**texts):
    return {"pl_PL": texts}


# What is made, and what is changed of it afterwards.
WRITES = {
    "aboutpages": ({"name": "Kontakt", "lang_id": 1}, {"active": 1}),
    "additional_fields": (
        {"type": 1, "locate": 8, "translations": PL(name="nip", description="NIP")},
        {"req": 1},
    ),
    "auction_houses": ({"name": "Jarmark"}, {"active": 1}),
    "categories": ({"parent_id": 17, "translations": PL(name="Patelnie")}, {"translations": PL(name="Rondle")}),
    "news": (
        {"name": "Przecena", "content": "<p>!</p>", "date": "2026-03-02 08:00:00", "lang_id": 1},
        {"active": 1},
    ),
    "news_categories": ({"name": "Przeceny", "lang_id": 1}, {"active": 1}),
    "news_comments": ({"news_id": 2, "user_name": "Ktoś", "content": "Ładne", "lang_id": 1}, {"content": "Piękne"}),
    "news_tags": ({"name": "wosk", "lang_id": 1}, {"name": "politura"}),
    "order_products": ({"order_id": 1, "product_id": 31, "quantity": 1}, {"quantity": 2}),
    "orders": (
        {"email": "boleslaw.kufer@example.com", "status_id": 1, "payment_id": 4, "shipping_id": 1, "shipping_tax_id": 1,
         "user_id": 2},
        {"status_id": 2},
    ),
    "producers": ({"name": "Walcownia Zmyślona"}, {"web": "https://walcownia.example"}),
    "products": (
        {"category_id": 16, "code": "BUD-02", "tax_id": 1, "unit_id": 1, "stock": {"price": "60.00", "stock": 4},
         "translations": PL(name="Budzik", active=1)},
        {"stock": {"stock": 3}},
    ),
    "subscriber-groups": ({"name": "Budziki"}, {"auto_add": 1}),
    "subscribers": ({"email": "budzik@example.com"}, {"active": 1}),
    "units": ({"floating_point": 0, "translations": PL(name="tuzin")}, {"translations": PL(name="kopa")}),
    "user_addresses": (
        {"user_id": 2, "firstname": "B", "lastname": "Kufer", "street_1": "Nowa 1", "city": "Radom", "zip_code": "26-600",
         "phone": "600000000", "country_code": "PL"},
        {"city": "Kielce"},
    ),
    "user_groups": ({"name": "Zegarmistrze"}, {"discount": 3}),
    "users": ({"email": "stanislaw.budzik@example.com"}, {"comment": "dzwoni rano"}),
    "zones": ({"name": "Wyspy", "mode": 1, "countries": [179]}, {"name": "Półwyspy"}),
}


class PyshoperTest(unittest.TestCase):
    wire = Wire()

    @classmethod
    def tearDownClass(cls):
        known = operations()
        print("\n" + cls.wire.table("pyshoper 0.1.2 against the fake", known), flush=True)
        unknown = set(cls.wire.answers) - set(known)
        if unknown:
            raise AssertionError(f"the contract does not know {unknown}")

    def start(self, limits="off"):
        fake = Fake(limits)
        self.addCleanup(fake.stop)
        self.slept = []
        self.enter(self.wire)

        def sleep(seconds):
            self.slept.append(seconds)
            self.assertLess(sum(self.slept), 600, "the client waits for ten minutes")
            fake.advance(seconds)

        self.enter(unittest.mock.patch("time.sleep", sleep))
        self.shop = fake
        return ShoperClient(fake.login, fake.password, base_url=fake.url)

    def enter(self, context):  # enterContext, as unittest has it from Python 3.11 on
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)

    def test_it_authenticates_and_a_wrong_password_is_an_error(self):
        client = self.start()
        self.assertEqual(client.application_version_list(), {"version": "5.26.35"})
        with self.assertRaises(exceptions.AuthenticationError):
            ShoperClient(self.shop.login, "wrong", base_url=self.shop.url)

    def test_it_reads_every_list_and_the_first_row_of_each(self):
        client = self.start()
        imitated = operations()
        read = 0
        for name, methods in METHODS.items():
            if "list" not in methods or imitated.get(f"GET {PATHS[name]}") in (None, "none"):
                continue
            with self.subTest(name):
                answer = getattr(client, name + "_list")(limit=50)
                if name in NO_ENVELOPE:
                    self.assertTrue(answer)
                    continue
                self.assertEqual(list(answer), ["count", "pages", "page", "list"])
                self.assertEqual(int(answer["count"]), len(answer["list"]))
                if "get" in methods and answer["list"]:
                    row = answer["list"][0]
                    self.assertEqual(getattr(client, name + "_get")(row[ID_FIELDS[PATHS[name]]]), row)
                    read += 1
        self.assertGreaterEqual(read, 35)

    def test_it_makes_changes_and_removes_rows(self):
        client = self.start()
        for name, (made, changed) in WRITES.items():
            with self.subTest(name):
                get = getattr(client, name + "_get")
                new_id = getattr(client, name + "_insert")(made)
                self.assertIsInstance(new_id, int)
                before = get(new_id)
                self.assertEqual(getattr(client, name + "_update")(new_id, changed), 1)
                self.assertNotEqual(get(new_id), before)
                self.assertEqual(getattr(client, name + "_delete")(new_id), 1)
                # A live shop says invalid_request where the documentation says server_error: no class of its own.
                with self.assertRaises(exceptions.ShoperApiError):
                    get(new_id)

    def test_it_writes_a_stock_and_finds_it_by_a_filter(self):
        client = self.start()
        self.assertEqual(client.product_stocks_update(131, {"stock": 40}), 1)
        found = client.product_stocks_list(filters={"stock": {">": 20}})
        self.assertEqual([row["code"] for row in found["list"]], ["GAR-05"])
        self.assertEqual([row["code"] for row in client.products_list(filters={"stock.stock": 0})["list"]], ["KSI-PAM"])

    def test_its_generators_walk_every_page_once(self):
        client = self.start()
        codes = [row["code"] for row in client.products_generator(limit=1)]
        self.assertEqual(codes, ["ZEG-01", "GAR-05", "SZN-KG", "KSI-PAM"])
        open_orders = client.orders_generator(limit=1, filters={"paid": {"=": "0.00"}})
        self.assertEqual([row["order_id"] for row in open_orders], ["1"])

    def test_its_errors_are_those_of_the_shop(self):
        client = self.start()
        with self.assertRaisesRegex(exceptions.InvalidRequest, "category_id.*translations"):
            client.products_insert({"code": "X"})
        with self.assertRaises(exceptions.InvalidRequest):
            client.product_stocks_update(130, {"stock": "0.5"})

    def test_a_bare_call_past_the_limit_fails_and_a_generator_backs_off(self):
        client = self.start(limits="documented")  # 10 calls, 2 more a second; auth was the first
        for _ in range(9):
            client.taxes_list()
        with self.assertRaises(exceptions.CallsLimitExceededError):
            client.taxes_list()
        self.assertEqual(self.slept, [])

        # 12 pages, the empty one past the end among them: a bucket that is full lets two through a second.
        ids = [row["status_id"] for row in client.statuses_generator(limit=1)]
        self.assertEqual(ids, [row["status_id"] for row in SHOP["statuses"]])
        self.assertEqual(self.slept, [1] * 6)

    def test_its_back_off_gives_up_after_the_tries_it_was_given(self):
        client = self.start(limits="documented")
        for _ in range(9):
            client.taxes_list()
        client.max_tries = 3
        with unittest.mock.patch("time.sleep", self.slept.append):  # the fake's clock stands still
            with self.assertRaises(exceptions.CallsLimitExceededError):
                list(client.taxes_generator())
        self.assertEqual(self.slept, [1, 2])


if __name__ == "__main__":
    unittest.main()
