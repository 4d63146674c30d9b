"""The example connector with one fault, of a kind that real connectors had.

    python3 zoo.py --list                                  what there is, as JSON
    atrapa check RULE --driver 'python3 zoo.py BUG'        the connector with that fault

Each fault replaces a method or two of the right connector; `tracker` is where people met the like of it.
"""

import datetime
import decimal
import itertools
import json
import sys
import urllib.parse

import connector
import driver
from connector import Books, Connector, Refused, Shop, ShopError

BUGS = {}


def bug(name, about, tracker, *caught_by):
    """Enters a fault; the function below it plants the fault."""
    def enter(plant):
        BUGS[name] = {"bug": name, "about": about, "tracker": tracker, "caught_by": list(caught_by)}, plant
        return plant
    return enter


def several_of_one():
    """The books take the same order of the shop as often as it comes."""
    Books.SCHEMA = Books.SCHEMA.replace("shop_order TEXT UNIQUE", "shop_order TEXT")


def after_lines(change):
    """Changes what the shop's order lines say before anybody reads them."""
    lines_of = Connector.lines_of
    Connector.lines_of = lambda self, ids: {
        id: [{**line, **change(line)} for line in lines] for id, lines in lines_of(self, ids).items()}


# Orders ----------------------------------------------------------------------------------------------------------------


@bug("reads-one-page", "Only the first page of new orders is read.", "OpenXE-org/OpenXE#262", "SYSTIM-ORD-02")
def reads_one_page():
    pages = Shop.pages
    Shop.pages = lambda self, *where: itertools.islice(pages(self, *where), 1)


@bug("forgets-failed-runs", "An order counts as imported only if everything after it went well.",
     "plentymarkets/plentymarkets-shopware-connector#126", "SYSTIM-ORD-13")
def forgets_failed_runs():
    several_of_one()
    run, rows = Connector.run, Books.rows

    def run_and_settle(self, command):
        ok, words = run(self, command)
        if ok:
            with self.books.db:
                self.books.put(settled=str(len(rows(self.books, "SELECT id FROM orders"))))
        return ok, words

    Connector.run = run_and_settle
    settled = "SELECT shop_order FROM orders WHERE id <= ?"
    Books.rows = lambda self, sql, *values: (
        rows(self, settled, int(self.get("settled", 0))) if sql == "SELECT shop_order FROM orders" else rows(self, sql, *values))


@bug("saves-what-is-announced", "A webhook saves its order without a look whether it is there.",
     "razorpay/razorpay-magento#208", "SYSTIM-ORD-13")
def saves_what_is_announced():
    several_of_one()

    def order_announced(self, shop_order_id, **_):
        one = self.connector
        one.erp = connector.by_code(self.books.products())
        order, lines = one.shop.call("GET", f"orders/{shop_order_id}"), one.lines_of([shop_order_id])
        with self.books.db:
            one.save_order(order, lines[shop_order_id])

    driver.Driver.order_announced = order_announced


@bug("marks-before-it-reads", "How far orders were read is noted before they are saved: what breaks off is lost.",
     "OPEN-DSI/ecommerceng_woosync#9", "SYSTIM-ORD-01", "SYSTIM-ORD-13")
def marks_before_it_reads():
    pages = Shop.pages

    def note_first(self, resource, key, filters={}, last=0):
        for rows in pages(self, resource, key, filters, self.books.get("mark", 0) if resource == "orders" else last):
            if resource == "orders" and rows:
                with self.books.db:
                    self.books.put(mark=rows[-1][key])
            yield rows

    Shop.pages, init = note_first, Connector.__init__

    def know_books(self, books, shop):
        init(self, books, shop)
        shop.books = books

    Connector.__init__ = know_books


@bug("shifts-the-zone", "The shop's dates are moved by its zone once too often: what was just ordered seems too old.",
     "OPEN-DSI/ecommerceng_woosync#42", "SYSTIM-ORD-03")
def shifts_the_zone():
    wanted = Connector.wanted

    def shifted(self, order, configured, zone):
        return wanted(self, order, configured + configured.astimezone(zone).utcoffset(), zone)

    Connector.wanted = shifted


@bug("ninety-days-back", "The first run fetches the last ninety days.", "erp-mafia/accounted#2631", "SYSTIM-ORD-03")
def ninety_days_back():
    get = Books.get
    earlier = lambda text: (datetime.datetime.fromisoformat(text) - datetime.timedelta(days=90)).isoformat()
    Books.get = lambda self, name, otherwise=None: (
        earlier(get(self, name)) if name == "configured" else get(self, name, otherwise))


@bug("unknown-product-refuses-order", "An order with a product that the ERP lacks does not come in at all.",
     "mailchimp/mc-magento2#366", "SYSTIM-ORD-06")
def unknown_product_refuses_order():
    save_order = Connector.save_order
    Connector.save_order = lambda self, order, lines: (
        all(self.product_of(line) for line in lines) and save_order(self, order, lines))


@bug("one-bad-order-stops-all", "An order without a known product is an error that ends the run.",
     "frappe/ecommerce_integrations#338", "SYSTIM-ORD-08")
def one_bad_order_stops_all():
    save_order = Connector.save_order

    def insist(self, order, lines):
        if not save_order(self, order, lines):
            raise ShopError(f"order {order['order_id']} cannot be saved")
        return True

    Connector.save_order = insist


@bug("whole-quantities", "Quantities of order lines are made whole numbers.", "mailchimp/mc-woocommerce#259",
     "SYSTIM-ORD-06", "SYSTIM-ORD-07")
def whole_quantities():
    after_lines(lambda line: {"quantity": str(int(float(line["quantity"])))})


@bug("discount-forgotten", "Discounts of order lines are not taken off.", "frappe/erpnext#22624", "SYSTIM-ORD-07")
def discount_forgotten():
    after_lines(lambda line: {"discount_perc": "0"})


@bug("shipping-for-nothing", "The shipping cost comes in as 0.", "OCA/connector-prestashop#31", "SYSTIM-ORD-07")
def shipping_for_nothing():
    save_order = Connector.save_order
    Connector.save_order = lambda self, order, lines: save_order(self, {**order, "shipping_cost": "0.00"}, lines)


@bug("cuts-binary-fractions", "Amounts are binary fractions, cut off at the grosz.",
     "concretecms-community-store/community_store#208", "SYSTIM-ORD-07")
def cuts_binary_fractions():
    def cut(_, line):
        exact = float(line["price"]) * float(line["quantity"]) * (1 - float(line["discount_perc"]) / 100)
        return decimal.Decimal(int(exact * 100)) / 100

    Connector.value_of = cut


@bug("rounds-by-printf", "Amounts are binary fractions, rounded by a format of two decimals.", "cubecart/v6#2135", "SYSTIM-ORD-07")
def rounds_by_printf():
    Connector.value_of = lambda _, line: decimal.Decimal(
        f"{float(line['price']) * float(line['quantity']) * (1 - float(line['discount_perc']) / 100):.2f}")


# Stock -----------------------------------------------------------------------------------------------------------------


@bug("trims-codes", "Spaces at the ends of product codes do not count.", "magento-engcom/import-export-improvements#37",
     "SYSTIM-STOCK-04", "SYSTIM-ORD-05")
def trims_codes():
    connector.code_key = lambda code: (code or "").strip() or None


@bug("folds-case", "Codes that differ in capitals are one product.", "magento/magento2#18803", "SYSTIM-STOCK-04", "SYSTIM-ORD-05")
def folds_case():
    code_key = connector.code_key
    connector.code_key = lambda code: code_key(code) and code.lower()


@bug("last-of-twins-wins", "Of several products with one code the last one is meant, silently.", "lightward/mechanic-tasks#458",
     "SYSTIM-STOCK-17")
def last_of_twins_wins():
    by_code = connector.by_code
    connector.by_code = lambda records: {code: found[-1:] for code, found in by_code(records).items()}


@bug("variant-to-parent", "The stock of a variant is written to its parent.", "woocommerce/woocommerce#12377", "SYSTIM-STOCK-17")
def variant_to_parent():
    read_shop = Connector.read_shop

    def by_parent(self):
        items, parents = read_shop(self), {}
        for item in items:
            parents.setdefault(item["id"], item["stock_id"])
        variants = {item["code"] for item in items if item["stock_id"] != parents[item["id"]]}
        found = {item["code"]: {**item, "stock_id": parents[item["id"]]} for item in items if item["code"] in variants}
        return [item for item in items if item["code"] not in variants] + list(found.values())

    Connector.read_shop = by_parent


@bug("one-bad-product-stops-all", "A product that cannot be sent ends the whole stock sync.", "woocommerce/woocommerce-square#248",
     "SYSTIM-STOCK-10")
def one_bad_product_stops_all():
    objection = Connector.objection

    def insist(self, product, item):
        reason = objection(self, product, item)
        if reason:
            raise ShopError(f"'{product['code']}' cannot be sent: {reason}")

    Connector.objection = insist


@bug("unset-is-zero", "A level that was never set is sent as 0.", "woocommerce/woocommerce-square#529", "SYSTIM-STOCK-09")
def unset_is_zero():
    objection, products = Connector.objection, Books.products
    Books.products = lambda self: [{**product, "stock": product.get("stock") or "0.0"} for product in products(self)]
    Connector.objection = lambda self, product, item: (
        objection(self, {**product, "stock": "1"} if product["stock"] == "0.0" else product, item))


@bug("one-refusal-stops-all", "A level that the shop refuses ends the whole stock sync.", "woocommerce/woocommerce-square#540",
     "PLATFORM-SHOPER-16")
def one_refusal_stops_all():
    Connector.write_stock = lambda self, product, item: (
        self.shop.call("PUT", f"product-stocks/{item['stock_id']}", {"stock": product["stock"]}))


@bug("zero-rate-is-none", "The VAT rate 0 is taken for none at all.", "opencollective/opencollective#8392", "SYSTIM-STOCK-08")
def zero_rate_is_none():
    vat_code = connector.vat_code
    connector.vat_code = lambda text: vat_code(text).removeprefix("0")


@bug("exempt-is-zero", "Exempt (zw) and out of scope (np) are the VAT rate 0.", "frappe/erpnext#53387", "SYSTIM-STOCK-08")
def exempt_is_zero():
    vat_code = connector.vat_code
    connector.vat_code = lambda text: "0" if vat_code(text) in ("zw", "np") else vat_code(text)


# Products, and the shop's ways -----------------------------------------------------------------------------------------


@bug("adds-again", "A product whose addition got no answer is added again.", "woocommerce/woocommerce#24651", "SYSTIM-PROD-04")
def adds_again():
    call = Shop.call
    Shop.call = lambda self, *where, repeatable=True, login=None: call(self, *where, login=login)


@bug("adds-without-a-look", "Products are added whether the shop has them or not.", "Starktail/woocommerce_fusion#256",
     "SYSTIM-PROD-03", "SYSTIM-PROD-04")
def adds_without_a_look():
    add_products = Connector.add_products
    Connector.add_products = lambda self, items: add_products(self, [{**item, "code": ""} for item in items])


@bug("no-patience", "The shop's request limit ends the run.", "frappe/erpnext_shopify#38", "SYSTIM-CMD-01", "SYSTIM-CMD-02")
def no_patience():
    send = Shop.send

    def give_up(self, *where):
        status, headers, answer = send(self, *where)
        if status == 429:
            raise Refused("429 Too Many Requests")
        return status, headers, answer

    Shop.send = give_up


@bug("token-for-life", "A token that ends in the middle of a run ends the run.", "vienthuong/shopware-php-sdk#76",
     "PLATFORM-SHOPER-07")
def token_for_life():
    send = Shop.send

    def insist(self, *where):
        status, headers, answer = send(self, *where)
        if status == 401:
            raise ShopError("401 Unauthorized")
        return status, headers, answer

    Shop.send = insist


@bug("pages-by-number", "Lists are read by page numbers: a row that vanishes meanwhile hides another one.",
     "openlinker-project/openlinker#2656", "PLATFORM-SHOPER-03")
def pages_by_number():
    def by_number(self, resource, key, filters={}, last=0):
        for page in itertools.count(1):
            wanted = json.dumps({**filters, key: {">": last}})
            query = {"limit": connector.PAGE, "page": page, "order": f"{key} asc", "filters": wanted}
            envelope = self.call("GET", f"{resource}?{urllib.parse.urlencode(query)}")
            rows = envelope["list"]
            yield list(rows.values()) if isinstance(rows, dict) else rows
            if page >= int(envelope["pages"]):
                return

    Shop.pages = by_number


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print(json.dumps([entry for entry, _ in BUGS.values()], indent=1))
    elif len(sys.argv) == 2 and sys.argv[1] in BUGS:
        BUGS[sys.argv[1]][1]()
        driver.main(driver.Driver())
    else:
        sys.exit(f"usage: zoo.py --list | zoo.py BUG, where BUG is one of: {', '.join(BUGS)}")
