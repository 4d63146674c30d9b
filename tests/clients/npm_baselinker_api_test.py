"""baselinker-api 0.1.2 as npm has it, unmodified: it knows one address, and sends multipart forms."""

import json
import pathlib
import select
import subprocess
import unittest

from base_case import BLOCK_SECONDS, CONFIRMED, LIMIT, STATUSES, BaseCase, needs, order

DRIVER = pathlib.Path(__file__).resolve().parent / "npm" / "drive.js"
SECONDS = 20


class Refused(Exception):
    """What the client rejected its promise with: Base's envelope, or {"thrown": ...}."""

    def __init__(self, error):
        super().__init__(error.get("error_message") or error.get("thrown"))
        self.code = error.get("error_code")


class Gone(Exception):
    """The process ended without an answer: no client was to be had."""


class NodeClient:
    """One of its clients, in a process of Node."""

    def __init__(self, token):
        self._process = subprocess.Popen(
            ["node", str(DRIVER), token], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def call(self, name, *arguments):
        print(json.dumps({"call": name, "with": arguments}), file=self._process.stdin, flush=True)
        ready, _, _ = select.select([self._process.stdout], [], [], SECONDS)
        line = self._process.stdout.readline() if ready else ""
        if not line:
            self._process.kill()
            raise Gone(self._process.communicate()[1])
        said = json.loads(line)
        if "error" in said:
            raise Refused(said["error"])
        return said["answer"]

    def request(self, method, parameters=None):
        return self.call("request", method, parameters or {})

    def stop(self):
        self._process.kill()
        self._process.communicate()


class NpmBaselinkerApiTest(BaseCase):
    client_name = "baselinker-api 0.1.2 (npm)"

    def start(self, limits="off"):
        return self.client_of(super().start(limits))

    def client_of(self, token):
        client = NodeClient(token)
        self.addCleanup(client.stop)
        return client

    def test_it_asks_for_a_token_by_itself(self):
        super().start()
        with self.assertRaisesRegex(Gone, "ERROR_MISSING_TOKEN"):
            self.client_of("").request("getInventories")

    def test_its_multipart_forms_are_read(self):
        client = self.start()
        name = "Zażółć + gęślą & \"Co\""
        asked = {"name": name, "take_product_cost_from": "cost", "take_product_code_from": "sku"}
        made = client.request("addInventorySupplier", asked)
        (found,) = client.request("getInventorySuppliers")["suppliers"]
        self.assertEqual((found["supplier_id"], found["name"]), (made["supplier_id"], name))

    def test_a_wrong_token_is_an_error(self):
        self.start()
        with self.assertRaises(Refused) as caught:
            self.client_of("wrong").call("getOrders")
        self.assertEqual(caught.exception.code, "ERROR_BAD_TOKEN")

    @needs("addOrder", "getOrders", "getOrderStatusList", "setOrderFields")
    def test_it_reads_and_edits_orders(self):
        client = self.start()
        self.assertEqual([row["id"] for row in client.call("getOrderStatusList")], STATUSES)
        self.assertEqual([row["order_id"] for row in client.call("getOrders")], CONFIRMED)
        made = client.request("addOrder", order())["order_id"]
        self.assertEqual([row["order_id"] for row in client.call("getOrders", {"filter_email": "boleslaw.kufer@example.com"})], [made])
        client.call("setOrderFields", {"order_id": made, "admin_comments": "zażółć", "delivery_country_code": "CZ"})
        found = client.call("getOrder", made)
        self.assertEqual((found["admin_comments"], found["delivery_country_code"]), ("zażółć", "CZ"))
        self.assertIsNone(client.call("getOrder", made + 1))

    @needs("addOrder", "getJournalList")
    def test_it_follows_the_journal(self):
        client = self.start()
        made = client.request("addOrder", order())["order_id"]
        logs = client.call("getJournalList", {"last_log_id": 0, "logs_types": [1]})
        self.assertEqual([(log["log_type"], log["order_id"]) for log in logs], [(1, made)])

    @needs("addInventoryProduct", "updateInventoryProductsStock")
    def test_a_refusal_rejects_with_base_s_envelope(self):
        client = self.start()
        with self.assertRaises(Refused) as caught:
            client.request("updateInventoryProductsStock", {"inventory_id": 999, "products": {"1": {"bl_206": 1}}})
        self.assertEqual(caught.exception.code, "ERROR_STORAGE_ID")

    def test_the_products_storage_is_refused_loudly_as_obsolete(self):
        client = self.start()
        calls = [
            ("getStoragesList",), ("getProductsList", {}), ("getProductsData", {}), ("addCategory", {"name": "Budziki"}),
            ("addProduct", {"name": "Budzik"}),
        ]
        for call in calls:
            with self.subTest(call[0]):
                with self.assertRaisesRegex(Refused, "obsolete: the products storage was replaced"):
                    client.call(*call)

    def test_the_token_is_blocked_past_the_limit_and_free_after_a_while(self):
        client = self.start(limits="documented")
        for _ in range(LIMIT):
            client.request("getInventorySuppliers")
        with self.assertRaisesRegex(Refused, "blocked until 2026-03-02 09:10:00") as caught:
            client.call("getOrders")
        self.assertEqual(caught.exception.code, "ERROR_BLOCKED_TOKEN")
        self.fake.advance(BLOCK_SECONDS)
        client.request("getInventorySuppliers")


if __name__ == "__main__":
    unittest.main()
