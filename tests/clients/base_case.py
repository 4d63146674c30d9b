"""What the tests of Base's clients share: the fake, the proxy before it, and the count of what each client drove."""

import functools
import json
import os
import pathlib
import unittest
import unittest.mock

from fake import Fake, operations
from proxy import HOST, Proxy
from wire import Counted

WORLD = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "worlds" / "demo.json"
ACCOUNT = json.loads(WORLD.read_text())["base"][0]
CONFIRMED = [row["order_id"] for row in ACCOUNT["sales"]["orders"] if "date_confirmed" in row]
STATUSES = [row["id"] for row in ACCOUNT["sales"]["order_statuses"]]
NOW = 1772438400  # the world's: 2026-03-02, 8:00 UTC, 9:00 in Warsaw
CATALOGUE, RETAIL, EURO = 307, 105, 106
MAIN, SPARE, SHOP = "bl_206", "bl_207", "shop_2445"
NEW, READY = 401, 403

ADDRESS = f"https://{HOST}/connector.php"
LIMIT = 100  # calls a minute
BLOCK_SECONDS = 600


@functools.cache
def emulated():
    return {method for method, how in operations("base").items() if how != "none"}


def needs(*methods):
    """For a test of what the fake may not imitate yet: skipped then, and said so."""

    def wrap(test):
        @functools.wraps(test)
        def only_if_imitated(self):
            missing = sorted(set(methods) - emulated())
            if missing:
                self.skipTest(f"the fake does not imitate {', '.join(missing)}")
            test(self)

        return only_if_imitated

    return wrap


class BaseCase(unittest.TestCase):
    """`client_name` heads the table; `not_base` are names that the client knows and Base does not."""

    client_name = ""
    not_base = frozenset()

    @classmethod
    def setUpClass(cls):
        cls.counted = Counted()

    @classmethod
    def tearDownClass(cls):
        known = operations("base")
        print("\n" + cls.counted.table(f"{cls.client_name} against the fake", known))
        methods = set(cls.counted.answers)
        good = {method for method in methods if cls.counted.answers[method]["SUCCESS"]}
        loud = {method for method in methods if cls.counted.answers[method]["not emulated"]}
        print(
            f"{len(good)} methods driven to success, {len(methods & set(known) - good - loud)} refused only, "
            f"{len(loud)} not imitated by the fake, {len(methods - set(known))} unknown to Base", flush=True
        )
        strange = methods - set(known) - cls.not_base
        if strange:
            raise AssertionError(f"the contract does not know {strange}")

    def start(self, limits="off"):
        """The token, with the fake behind HOST for this process and the ones that it starts."""
        self.fake = Fake(limits, "base", WORLD)
        self.addCleanup(self.fake.stop)
        self.proxy = self.enter(Proxy(self.fake.url, self.counted))
        self.enter(unittest.mock.patch.dict(os.environ, self.proxy.environment()))
        return self.fake.credentials["token"]

    def enter(self, context):  # enterContext, as unittest has it from Python 3.11 on
        entered = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return entered


def order(**other):
    """What addOrder takes. 2 x 12.50 and 15.00 for the delivery are 40.00."""
    return {
        "order_status_id": NEW, "date_add": NOW, "currency": "PLN", "payment_method": "Przelew",
        "payment_method_cod": False, "paid": False, "email": "boleslaw.kufer@example.com", "phone": "600000000",
        "user_login": "kufer", "delivery_method": "Kurier", "delivery_price": 15, "delivery_fullname": "Bolesław Kufer",
        "delivery_address": "Nowa 1", "delivery_postcode": "26-600", "delivery_city": "Radom", "delivery_country_code": "PL",
        "products": [line()], **other,
    }


def line(**other):
    return {
        "storage": "db", "storage_id": 0, "product_id": "0", "variant_id": 0, "name": "Budzik", "sku": "BUD-02", "ean": "",
        "price_brutto": 12.5, "tax_rate": 23, "quantity": 2, "weight": 0.4, **other,
    }


def product(**other):
    """What addInventoryProduct takes for a new one."""
    return {
        "inventory_id": CATALOGUE, "sku": "BUD-02", "ean": "5900000000022", "tax_rate": 23, "weight": 0.4,
        "prices": {RETAIL: 60.0, EURO: 14.5}, "stock": {MAIN: 4, SPARE: 1},
        "text_fields": {"name": "Budzik", "name|en": "Alarm clock", "description": "<p>Dzwoni.</p>"}, **other,
    }
