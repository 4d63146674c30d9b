"""py-baselinker 0.0.2 as PyPI has it, unmodified. It takes an address and sends its token in the old field of the form."""

import unittest

from baselinker import BaseLinker
from baselinker.errors import BaseLinkerError, ParametersError

from base_case import ADDRESS, BLOCK_SECONDS, CONFIRMED, LIMIT, NOW, READY, BaseCase, needs, order


class PyBaselinkerTest(BaseCase):
    client_name = "py-baselinker 0.0.2"

    def start(self, limits="off"):
        return BaseLinker(ADDRESS, super().start(limits))

    def add_orders(self, count, **fields):
        client = BaseLinker(ADDRESS, self.fake.credentials["token"])
        return [client.request("addOrder", **order(**fields)).json()["order_id"] for _ in range(count)]

    @needs("addOrder", "getOrders")
    def test_the_address_may_be_the_fake_s_own(self):
        client = self.start()
        direct = BaseLinker(self.fake.url + "/connector.php", client.token)
        self.assertEqual([row.order_id for row in direct.get_orders()], CONFIRMED)
        (made,) = self.add_orders(1)
        self.assertEqual([row.email for row in direct.get_orders(order_id=made)], ["boleslaw.kufer@example.com"])

    @needs("addOrder", "getOrders")
    def test_it_reads_orders_and_their_lines(self):
        client = self.start()
        (first,) = self.add_orders(1, admin_comments="ostrożnie")
        (found,) = client.get_orders(order_id=first)
        self.assertEqual((found.order_id, found.admin_comments, found.delivery_city), (first, "ostrożnie", "Radom"))
        (line,) = found.get_products()
        self.assertEqual((line.sku, line.quantity, line.price_brutto), ("BUD-02", 2, 12.5))

    @needs("addOrder", "getOrders")
    def test_its_pages_by_id_hold_every_order_once(self):
        client = self.start()
        made = self.add_orders(105)
        seen = [0]
        while page := client.get_orders(id_from=seen[-1] + 1):
            self.assertLessEqual(len(page), 100)
            seen += [row.order_id for row in page]
        self.assertEqual(seen[1:], CONFIRMED + made)

    @needs("addOrder", "getOrders")
    def test_its_pages_by_the_date_of_confirmation_go_on_a_second_later(self):
        client = self.start()
        made = []
        for _ in range(3):
            made += self.add_orders(1)
            self.fake.advance(1)
        (second, _) = rest = client.get_orders(date_confirmed_from=NOW + 1)
        self.assertEqual([row.order_id for row in rest], made[1:])
        self.assertEqual(len(client.get_orders(date_confirmed_from=second.date_confirmed)), 2)

    @needs("addOrder", "getJournalList", "setOrderStatus")
    def test_it_follows_the_journal(self):
        client = self.start()
        (made,) = self.add_orders(1)
        logs = client.get_journal_list(last_log_id=0)
        self.assertIn((1, made), [(log.log_type, log.order_id) for log in logs])
        client.request("setOrderStatus", order_id=made, status_id=READY)
        (later,) = client.get_journal_list(last_log_id=max(log.log_id for log in logs))
        self.assertEqual((later.log_type, later.order_id, later.object_id), (18, made, READY))
        self.assertEqual([log.log_id for log in client.get_journal_list(logs_types=[18], order_id=made)], [later.log_id])

    def test_it_refuses_a_journal_without_parameters_by_itself(self):
        with self.assertRaises(ParametersError):
            self.start().get_journal_list()

    def test_a_wrong_token_is_an_error(self):
        client = self.start()
        client.token = "wrong"
        with self.assertRaisesRegex(BaseLinkerError, '"status":"ERROR"'):
            client.get_orders()

    def test_the_token_is_blocked_past_the_limit_and_free_after_a_while(self):
        client = self.start(limits="documented")
        for _ in range(LIMIT):
            self.assertNotIn("BLOCKED", client.request("getInventorySuppliers").text)
        # HTTP 200: only the envelope tells.
        for _ in range(2):
            self.assertEqual(client.request("getInventorySuppliers").status_code, 200)
            with self.assertRaisesRegex(BaseLinkerError, r"ERROR_BLOCKED_TOKEN.*until 2026-03-02 09:10:00"):
                client.get_orders()
        self.fake.advance(BLOCK_SECONDS)
        self.assertEqual(client.request("getInventorySuppliers").json()["status"], "SUCCESS")

    def test_the_proxy_lets_it_reach_nothing_else(self):
        client = self.start()
        client.host = "https://base.example/connector.php"
        with self.assertRaisesRegex(OSError, "403"):
            client.get_orders()
        self.assertEqual(self.proxy.refused, ["base.example:443"])


if __name__ == "__main__":
    unittest.main()
