"""baselinker-api 1.0.0 as PyPI has it, unmodified: it knows one address, and sends its token in the header.

It asks for parameters of its own devising (`return_status`, `products` where Base has none); Base's own go beside them.
"""

import base64
import inspect
import re
import unittest
from decimal import Decimal

from baselinker import BaseLinkerClient, exceptions, modules

from base_case import (
    ACCOUNT, BLOCK_SECONDS, CATALOGUE, CONFIRMED, EURO, LIMIT, MAIN, NEW, NOW, READY, RETAIL, SHOP, SPARE, STATUSES, BaseCase,
    emulated, needs, order, product
)

# Names that no documentation of Base has.
INVENTED = frozenset({
    "addAutomaticAction", "addLog", "addPrinterReceiptFile", "addScaleWeight", "enableModule", "getErpJobs", "getOrdersByLogin",
    "getPrinterJobs", "getPrinterReceipts", "getPrinters", "registerPrinters", "registerScales", "setPrinterJobsStatus",
    "setPrinterReceiptsStatus", "unsubscribeWebhook",
})
WITHDRAWN = {"addConnectContractorCredit", "getOrderTransactionDetails", "requestParcelPickup"}
PDF = "data:" + base64.b64encode(b"%PDF-1.4 made up >>> ???").decode()  # with a + in it, as a form has to escape
NOWHERE = 987654321


def calls_of(client):
    """Every call that the client offers: (its method, Base's name, the parameters that it insists on)."""
    for module in vars(client).values():
        if not isinstance(module, modules.base.BaseModule):
            continue
        for name, method in inspect.getmembers(module, inspect.ismethod):
            if name.startswith("_"):
                continue
            text = inspect.getsource(method)
            (asked,) = re.findall(r"_make_request\('(\w+)'", text)
            required = re.findall(r"'(\w+)'", "".join(re.findall(r"required = \[(.*?)\]", text)))
            yield method, asked, required


class BaselinkerApiTest(BaseCase):
    client_name = "baselinker-api 1.0.0 (PyPI)"
    not_base = INVENTED

    def start(self, limits="off"):
        return BaseLinkerClient(super().start(limits), timeout=20)

    def add_order(self, client, **fields):
        return client.orders.add_order(order_source_id=0, **order(**fields))["order_id"]

    def the_order(self, client, order_id):
        (found,) = client.orders.get_orders(order_id=order_id)["orders"]
        return found

    def refused(self, code, call, **parameters):
        with self.assertRaises(exceptions.APIError) as caught:
            call(**parameters)
        if code:
            self.assertEqual(caught.exception.error_code, code)
        self.assertTrue(str(caught.exception))

    # Orders

    @needs(
        "addOrder", "getOrders", "setOrderFields", "setOrderStatus", "getOrderStatusList", "getOrderSources",
        "getOrderExtraFields"
    )
    def test_an_order_from_its_making_to_its_last_status(self):
        client = self.start()
        orders = client.orders
        self.assertEqual([row["id"] for row in orders.get_order_status_list()["statuses"]], STATUSES)
        self.assertIn("personal", orders.get_order_sources()["sources"])
        self.assertIsInstance(orders.get_order_extra_fields()["extra_fields"], list)
        made = self.add_order(client)
        found = self.the_order(client, made)
        self.assertEqual((found["order_status_id"], found["confirmed"], found["order_source"]), (NEW, True, "personal"))
        self.assertEqual((found["payment_method_cod"], found["want_invoice"]), ("0", "0"))
        orders.set_order_fields(order_id=made, admin_comments="prezent", delivery_city="Kielce")
        orders.set_order_status(order_id=made, status_id=READY)
        found = self.the_order(client, made)
        self.assertEqual((found["admin_comments"], found["order_status_id"]), ("prezent", READY))
        self.assertEqual((found["delivery_city"], found["delivery_postcode"]), ("Kielce", "26-600"))
        self.refused(None, orders.set_order_status, order_id=made, status_id=NOWHERE)
        self.refused(None, orders.set_order_status, order_id=NOWHERE, status_id=READY)

    @needs("addOrder", "getOrders", "addOrderProduct", "setOrderProductFields", "deleteOrderProduct")
    def test_lines_are_added_edited_and_removed(self):
        client = self.start()
        orders = client.orders
        made = self.add_order(client)
        added = orders.add_order_product(
            order_id=made, storage="db", storage_id="0", product_id="0", name="Wosk", price_brutto=9.99, tax_rate=23, quantity=3
        )["order_product_id"]
        orders.set_order_product_fields(order_id=made, order_product_id=added, quantity=5)
        lines = {row["order_product_id"]: row for row in self.the_order(client, made)["products"]}
        self.assertEqual(len(lines), 2)
        self.assertEqual((lines[added]["name"], lines[added]["quantity"], lines[added]["price_brutto"]), ("Wosk", 5, 9.99))
        orders.delete_order_product(order_id=made, order_product_id=added)
        self.assertEqual([row["name"] for row in self.the_order(client, made)["products"]], ["Budzik"])
        self.refused(None, orders.delete_order_product, order_id=made, order_product_id=added)

    @needs("addOrder", "getOrdersByEmail", "getOrdersByPhone")
    def test_a_buyer_s_orders_are_found(self):
        client = self.start()
        made = [self.add_order(client) for _ in range(2)]
        self.add_order(client, email="inny@example.com", phone="700000000")
        found = client.orders.get_orders_by_email(email="boleslaw.kufer@example.com")["orders"]
        self.assertEqual(sorted(int(row["order_id"]) for row in found), made)
        found = client.orders.get_orders_by_phone(phone="600000000")["orders"]
        self.assertEqual(sorted(int(row["order_id"]) for row in found), made)
        self.assertEqual(client.orders.get_orders_by_email(email="nikt@example.com")["orders"], [])

    @needs("addOrder", "getOrders")
    def test_pages_of_a_hundred_hold_every_order_once(self):
        client = self.start()
        made = [self.add_order(client) for _ in range(101)]
        first = client.orders.get_orders(id_from=CONFIRMED[0])["orders"]
        self.assertEqual(len(first), 100)
        rest = client.orders.get_orders(id_from=first[-1]["order_id"] + 1)["orders"]
        self.assertEqual([row["order_id"] for row in first + rest], CONFIRMED + made)

    @needs("addOrder", "setOrderPayment", "getOrderPaymentsHistory", "getOrders")
    def test_payments_replace_the_amount_and_keep_a_history(self):
        client = self.start()
        made = self.add_order(client)
        pay = client.invoices.set_order_payment
        pay(order_id=made, payment_done=15, payment_date=1772438500, payment_comment="zaliczka")
        pay(order_id=made, payment_done=40, payment_date=1772438600, payment_comment="reszta", external_payment_id="P-1")
        self.assertEqual(float(self.the_order(client, made)["payment_done"]), 40)
        history = client.invoices.get_order_payments_history(order_id=made, show_full_history=True)["payments"]
        steps = sorted((float(row["paid_before"]), float(row["paid_after"]), float(row["total_price"])) for row in history)
        self.assertEqual(steps, [(0, 15, 40), (15, 40, 40)])
        (outside,) = client.invoices.get_order_payments_history(order_id=made)["payments"]
        self.assertEqual((outside["external_payment_id"], outside["comment"]), ("P-1", "reszta"))

    @needs(
        "addOrder", "getJournalList", "setOrderFields", "setOrderStatus", "setOrderPayment", "addOrderProduct",
        "deleteOrderProduct"
    )
    def test_the_journal_tells_what_happened(self):
        client = self.start()
        orders = client.orders
        made = self.add_order(client)
        orders.set_order_status(order_id=made, status_id=READY)
        client.invoices.set_order_payment(order_id=made, payment_done=40, payment_date=1772438500, payment_comment="")
        added = orders.add_order_product(
            order_id=made, storage="db", storage_id="0", product_id="0", name="Wosk", price_brutto=1, tax_rate=23, quantity=1
        )["order_product_id"]
        orders.delete_order_product(order_id=made, order_product_id=added)
        orders.set_order_fields(order_id=made, delivery_city="Kielce")
        logs = orders.get_journal_list(last_log_id=0, order_id=made)["logs"]
        self.assertEqual([log["log_type"] for log in logs if log["log_type"] != 2], [1, 18, 3, 12, 14, 11])
        ids = [log["log_id"] for log in logs]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertEqual(orders.get_journal_list(last_log_id=ids[-1])["logs"], [])
        self.assertEqual(len(orders.get_journal_list(last_log_id=0, logs_types=[12, 14])["logs"]), 2)

    # The catalogue

    @needs(
        "getInventories", "addInventoryProduct", "getInventoryProductsList", "getInventoryProductsData",
        "deleteInventoryProduct"
    )
    def test_a_product_is_added_found_edited_and_removed(self):
        client = self.start()
        products = client.products
        self.assertIn(CATALOGUE, [row["inventory_id"] for row in products.get_inventories()["inventories"]])
        added = products.add_inventory_product(**product(product_id=0))
        self.assertFalse(added["warnings"])
        made = added["product_id"]
        listed = products.get_inventory_products_list(inventory_id=CATALOGUE, filter_sku="BUD-02")["products"]
        self.assertEqual(list(listed), [str(made)])
        self.assertEqual((listed[str(made)]["name"], listed[str(made)]["stock"][MAIN]), ("Budzik", 4))
        products.add_inventory_product(inventory_id=CATALOGUE, product_id=made, text_fields={"name": "Budzik blaszany"})
        data = products.get_inventory_products_data(inventory_id=CATALOGUE, products=[made])["products"][str(made)]
        self.assertEqual((data["text_fields"]["name"], data["text_fields"]["name|en"]), ("Budzik blaszany", "Alarm clock"))
        self.assertEqual((data["ean"], data["tax_rate"], data["prices"][str(RETAIL)]), ("5900000000022", 23, 60.0))
        products.delete_inventory_product(inventory_id=CATALOGUE, product_id=made)
        self.assertFalse(products.get_inventory_products_list(inventory_id=CATALOGUE, filter_sku="BUD-02")["products"])
        self.refused(None, products.delete_inventory_product, inventory_id=CATALOGUE, product_id=made)

    @needs(
        "addInventoryProduct", "getInventoryProductsStock", "updateInventoryProductsStock", "getInventoryProductsPrices",
        "updateInventoryProductsPrices", "getInventoryProductLogs"
    )
    def test_stock_and_prices_are_written_with_a_warning_for_what_cannot_be(self):
        client = self.start()
        products = client.products
        made = products.add_inventory_product(**product(product_id=0))["product_id"]
        answer = products.update_inventory_products_stock(
            inventory_id=CATALOGUE, products={str(made): {MAIN: 9}, str(NOWHERE): {MAIN: 1}}
        )
        self.assertEqual((answer["counter"], list(answer["warnings"])), (1, [str(NOWHERE)]))
        stock = products.get_inventory_products_stock(inventory_id=CATALOGUE, products=[made])["products"][str(made)]["stock"]
        self.assertEqual((stock[MAIN], stock[SPARE]), (9, 1))
        answer = products.update_inventory_products_stock(inventory_id=CATALOGUE, products={str(made): {SHOP: 1}})
        self.assertEqual((answer["counter"], list(answer["warnings"])), (0, [str(made)]))
        answer = products.update_inventory_products_prices(inventory_id=CATALOGUE, products={str(made): {str(EURO): 15.99}})
        self.assertEqual((answer["counter"], answer["warnings"]), (1, ""))
        prices = products.get_inventory_products_prices(inventory_id=CATALOGUE, products=[made])["products"][str(made)]
        self.assertEqual(prices["prices"], {str(RETAIL): 60.0, str(EURO): 15.99, "107": 48.0})  # The last depends on the first.
        logs = products.get_inventory_product_logs(inventory_id=CATALOGUE, product_id=made)["logs"]
        self.assertLessEqual({1, 2, 3}, {entry["type"] for log in logs for entry in log["entries"]})

    @needs("updateInventoryProductsStock")
    def test_a_catalogue_of_others_is_refused_and_so_is_one_update_too_many(self):
        client = self.start()
        update = client.products.update_inventory_products_stock
        self.refused("ERROR_STORAGE_ID", update, inventory_id=999, products={"1": {MAIN: 1}})
        self.refused(None, update, inventory_id=CATALOGUE, products={str(number): {MAIN: 1} for number in range(1, 1002)})

    @needs(
        "addInventory", "deleteInventory", "addInventoryWarehouse", "deleteInventoryWarehouse", "getInventoryWarehouses",
        "addInventoryPriceGroup", "deleteInventoryPriceGroup", "getInventoryPriceGroups", "addInventoryCategory",
        "deleteInventoryCategory", "getInventoryCategories", "addInventoryManufacturer", "deleteInventoryManufacturer",
        "getInventoryManufacturers"
    )
    def test_what_a_catalogue_is_made_of_comes_and_goes(self):
        client = self.start()
        products, rooms = client.products, client.inventory
        here = {"inventory_id": CATALOGUE}
        at_first = products.get_inventories(), rooms.get_inventory_warehouses(**here), rooms.get_inventory_price_groups(**here)
        group = rooms.add_inventory_price_group(**here, price_group_id=0, name="Hurt", currency="PLN")["price_group_id"]
        shed = rooms.add_inventory_warehouse(**here, warehouse_id=0, name="Szopa", stock_edition=True)["warehouse_id"]
        catalogue = products.add_inventory(
            name="Jarmark", languages=["pl"], default_language="pl", price_groups=[group], default_price_group=group,
            warehouses=[f"bl_{shed}"], default_warehouse=f"bl_{shed}"
        )["inventory_id"]
        category = products.add_inventory_category(inventory_id=catalogue, name="Budziki", parent_id=0)["category_id"]
        maker = products.add_inventory_manufacturer(
            inventory_id=catalogue, name="Zmyślona", manufacturer_name="Zmyślona"
        )["manufacturer_id"]
        listed = [
            (products.get_inventories()["inventories"], "inventory_id", catalogue),
            (rooms.get_inventory_price_groups(inventory_id=catalogue)["price_groups"], "price_group_id", group),
            (rooms.get_inventory_warehouses(inventory_id=catalogue)["warehouses"], "warehouse_id", shed),
            (products.get_inventory_categories(inventory_id=catalogue)["categories"], "category_id", category),
            (products.get_inventory_manufacturers(inventory_id=catalogue)["manufacturers"], "manufacturer_id", maker),
        ]
        for rows, key, made in listed:
            self.assertIn(made, [row[key] for row in rows], key)
        products.delete_inventory_manufacturer(inventory_id=catalogue, manufacturer_id=maker)
        products.delete_inventory_category(inventory_id=catalogue, category_id=category)
        products.delete_inventory(inventory_id=catalogue)
        rooms.delete_inventory_warehouse(**here, warehouse_id=shed)
        rooms.delete_inventory_price_group(**here, price_group_id=group)
        left = products.get_inventories(), rooms.get_inventory_warehouses(**here), rooms.get_inventory_price_groups(**here)
        self.assertEqual(left, at_first)

    # Papers, parcels, returns

    @needs("getSeries", "addInvoice", "getInvoices", "getInvoiceFile", "addOrderInvoiceFile")
    def test_an_invoice_is_issued_and_replaced_by_an_outside_one(self):
        client = self.start()
        papers = client.invoices
        series = [row for row in papers.get_series()["series"] if row["type"] == "INVOICE"]
        self.assertTrue(series, "the world has no series of invoices")
        sold = ACCOUNT["sales"]["orders"][0]
        made = sold["order_id"]
        invoice = papers.add_invoice(order_id=made, series_id=int(series[0]["id"]), vat_rate="ITEM")["invoice_id"]
        (found,) = papers.get_invoices(order_id=made)["invoices"]
        self.assertEqual((found["invoice_id"], found["type"], found["total_price_brutto"]), (invoice, "normal", value(sold)))
        self.assertEqual(base64.b64decode(plain(papers.get_invoice_file(invoice_id=invoice)["invoice"]))[:5], b"%PDF-")
        papers.add_order_invoice_file(order_id=made, invoice_id=invoice, file=PDF, external_invoice_number="FV 7/2026")
        (found,) = papers.get_invoices(invoice_id=invoice)["invoices"]
        self.assertEqual(found["external_invoice_number"], "FV 7/2026")
        file = papers.get_invoice_file(invoice_id=invoice, get_external=True)
        self.assertEqual((plain(file["invoice"]), file["invoice_number"]), (plain(PDF), "FV 7/2026"))
        self.assertEqual(papers.get_invoices(get_external_invoices=False)["invoices"], [])

    @needs(
        "addOrder", "createPackageManual", "getOrderPackages", "getCourierPackagesStatusHistory", "deleteCourierPackage",
        "getCouriersList"
    )
    def test_a_parcel_sent_by_hand_is_listed_until_it_is_removed(self):
        client = self.start()
        couriers = client.courier
        code = couriers.get_couriers_list()["couriers"][0]["code"]
        made = self.add_order(client)
        parcel = couriers.create_package_manual(
            order_id=made, courier_code=code, package_number="PACZKA-1", pickup_date=1772442000
        )
        self.assertEqual(parcel["package_number"], "PACZKA-1")
        (found,) = couriers.get_order_packages(order_id=made)["packages"]
        self.assertEqual((found["package_id"], found["courier_package_nr"]), (parcel["package_id"], "PACZKA-1"))
        history = couriers.get_courier_packages_status_history(package_ids=[parcel["package_id"]])["packages_history"]
        self.assertLessEqual(set(history), {str(parcel["package_id"])})
        couriers.delete_courier_package(courier_code=code, package_id=parcel["package_id"])
        self.assertEqual(couriers.get_order_packages(order_id=made)["packages"], [])

    @needs(
        "addOrder", "addOrderReturn", "getOrderReturns", "setOrderReturnFields", "setOrderReturnStatus",
        "getOrderReturnStatusList", "getOrderReturnJournalList"
    )
    def test_a_return_is_registered_and_accepted(self):
        client = self.start()
        returns = client.returns
        statuses = [row["id"] for row in returns.get_order_return_status_list()["statuses"]]
        self.assertGreaterEqual(len(statuses), 2)
        made = self.add_order(client)
        line = self.the_order(client, made)["products"][0]
        back = returns.add_order_return(
            order_id=made, return_status=statuses[0], status_id=statuses[0], date_add=NOW, currency="PLN",
            refunded=False, products=[{**line, "quantity": 1}]
        )["return_id"]
        returns.set_order_return_fields(return_id=back, admin_comments="obtłuczony")
        returns.set_order_return_status(return_id=back, return_status=statuses[1], status_id=statuses[1])
        (found,) = returns.get_order_returns(return_id=back)["returns"]
        self.assertEqual((found["order_id"], found["status_id"], found["admin_comments"]), (made, statuses[1], "obtłuczony"))
        self.assertEqual([row["quantity"] for row in found["products"]], [1])
        logs = returns.get_order_return_journal_list(last_log_id=0)["logs"]
        self.assertLessEqual({1, 11}, {log["log_type"] for log in logs if log["return_id"] == back})

    # Refusals

    def test_a_wrong_token_is_an_error(self):
        self.start()
        self.refused("ERROR_BAD_TOKEN", BaseLinkerClient("wrong").products.get_inventories)
        with self.assertRaises(exceptions.AuthenticationError):
            BaseLinkerClient("")

    def test_it_misses_its_own_parameters_before_it_asks(self):
        with self.assertRaisesRegex(ValueError, "status_id"):
            self.start().orders.set_order_status(order_id=1)
        self.assertFalse(self.proxy.refused)

    def test_a_blocked_token_is_an_error_of_its_general_kind(self):
        client = self.start(limits="documented")
        with client.session:
            for _ in range(LIMIT):
                client._make_request("getInventorySuppliers")
            # It looks for ERROR_RATE_LIMIT, which Base does not send: no RateLimitError.
            with self.assertRaisesRegex(exceptions.APIError, "blocked until 2026-03-02 09:10:00") as caught:
                client.products.get_inventories()
            self.assertEqual(caught.exception.error_code, "ERROR_BLOCKED_TOKEN")
            self.fake.advance(BLOCK_SECONDS)
            client._make_request("getInventorySuppliers")

    def test_all_else_that_it_can_ask_is_answered_or_refused_in_base_s_envelope(self):
        client = self.start()
        for call, method, required in calls_of(client):
            with self.subTest(method):
                try:
                    answer = call(**{name: a_value(name) for name in required})
                    self.assertEqual(answer["status"], "SUCCESS")
                except exceptions.APIError as refusal:
                    self.assertEqual(refusal.error_code == "ERROR_UNKNOWN_METHOD", method in INVENTED)
                except exceptions.BaseLinkerError as loud:  # HTTP 501
                    self.assertIn("501", str(loud))
                    self.assertIn("not emulated", self.counted.answers[method])
                    self.assertTrue(method in WITHDRAWN or method not in emulated(), method)


def value(order):
    """Of all lines of the world's order, and its delivery."""
    lines = sum(Decimal(line["price_brutto"]) * line["quantity"] for line in order["products"])
    return float(lines + Decimal(order.get("delivery_price", "0")))


def plain(file):
    """What follows "data:" and, where it stands, "...;base64,"."""
    return file.removeprefix("data:").rpartition(",")[2]


def a_value(name):
    """Something to ask with: of the catalogue where it is about that, else about nothing that there is."""
    if name == "inventory_id":
        return CATALOGUE
    if name in ("products", "fields", "printers", "scales", "jobs", "receipts", "package_ids", "conditions", "actions"):
        return [NOWHERE]
    return NOWHERE if name.endswith(("_id", "_status", "date_add")) else "budzik"


if __name__ == "__main__":
    unittest.main()
