"""A small connector between an ERP and a Shoper shop, after Systim's documentation. The ERP's records and the connector's
memory lie in one SQLite file, and the process may die anywhere: orders are saved in one transaction with the mark how far they
were read, stock levels are absolute, and a product that is about to be added is written down first."""

import base64
import collections
import datetime
import decimal
import http.client
import itertools
import json
import os
import re
import sqlite3
import urllib.parse
import zoneinfo

PAGE, TRIES, SECONDS = 50, 5, 10  # The most rows of a list; tries of a call; the time-out of each.
OVERLAP = 50  # So many orders below the last number are looked at again: they may come late, or wait for a product.


class ShopError(Exception):
    """The run ends here."""


class Refused(ShopError):
    """The shop said no to this one call."""


class Shop:
    """The shop's REST API over one kept connection; no redirects, no proxies. `wait` waits some seconds."""

    def __init__(self, access, wait):
        where = urllib.parse.urlsplit(access["url"])
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        self.connection, self.wait, self.token = kind(where.hostname, where.port, timeout=SECONDS), wait, None
        self.basic = "Basic " + base64.b64encode(f"{access['login']}:{access['password']}".encode()).decode()

    def send(self, method, path, body, authorization):
        """(status, headers, JSON); the status is 0 where there was no whole answer, and nobody knows what came of it."""
        try:
            headers = {"Authorization": authorization, "Content-Type": "application/json"}
            self.connection.request(method, f"/webapi/rest/{path}", None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            return answer.status, answer.headers, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self.connection.close()
            return 0, {}, f"no whole answer ({type(problem).__name__})"

    def call(self, method, path, body=None, repeatable=True, login=None):
        """The JSON of a call that went well. What may not be done twice is repeated only where it surely was not done."""
        for attempt in itertools.count(1):
            if not login and not self.token:
                self.token = self.call("POST", "auth", login=self.basic)["access_token"]
            status, headers, answer = self.send(method, path, body, login or f"Bearer {self.token}")
            if status == 200:
                return answer
            words = f"{method} {path.split('?')[0]}: {status} {answer}"
            if 400 <= status < 500 and status not in (401, 429):
                raise Refused(words)
            if attempt == TRIES or status == 401 and login or not repeatable and status not in (401, 429):
                raise ShopError(words)
            self.token = None if status == 401 else self.token
            self.wait(int(headers.get("Retry-After") or 2 ** (attempt - 1)))

    def pages(self, resource, key, filters={}, last=0):
        """Each page asks for the ids above the last one, so that rows that come or go meanwhile move no others."""
        while True:
            query = {"limit": PAGE, "order": f"{key} asc", "filters": json.dumps({**filters, key: {">": last}})}
            envelope = self.call("GET", f"{resource}?{urllib.parse.urlencode(query)}")
            rows = list(envelope["list"].values() if isinstance(envelope["list"], dict) else envelope["list"])
            yield rows
            if not rows or len(rows) >= int(envelope["count"]):
                return
            last = int(rows[-1][key])

    def all(self, resource, key, filters={}, last=0):
        return list(itertools.chain.from_iterable(self.pages(resource, key, filters, last)))


class Books:
    """The ERP's records and the connector's memory; `with books.db:` is a transaction."""

    SCHEMA = """
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
        CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, doc TEXT);
        CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, shop_order TEXT UNIQUE, doc TEXT);
        CREATE TABLE IF NOT EXISTS additions (product TEXT, code TEXT, name TEXT, after INTEGER, shop_id INTEGER);
        CREATE TABLE IF NOT EXISTS log (severity, kind, record, reason, text, UNIQUE (kind, record, text));"""

    def __init__(self, folder):
        self.db = sqlite3.connect(os.path.join(folder, "books.db"))
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + self.SCHEMA)

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def get(self, name, otherwise=None):
        return dict(self.rows("SELECT * FROM settings")).get(name, otherwise)

    def put(self, **values):
        self.db.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", values.items())

    def products(self):
        return [json.loads(doc) for (doc,) in self.rows("SELECT doc FROM products ORDER BY id")]

    def put_product(self, product):
        self.db.execute("INSERT OR REPLACE INTO products VALUES (?, ?)", [product["id"], json.dumps(product)])

    def tell(self, severity, kind, record, reason, text):
        """What the user should know of a record, once."""
        self.db.execute("INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?)", [severity, kind, record, reason, text])


def number(text):
    """A decimal number, or None."""
    return decimal.Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text or "") else None


def money(amount):
    return amount.quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)


def code_key(code):
    """What a product code is compared by: itself, to the last space. None for one that is empty or blank."""
    return None if not code or code.isspace() else code


def vat_code(text):
    """"23%", "23.00" and "23" are one rate; 0, zw, np and oo are four."""
    code = (text or "").lower().replace("%", "").strip().removesuffix(".")
    if code.split(" ")[0] in ("np", "0"):  # "np I", "0 WDT": a shop knows but one of each.
        return code.split(" ")[0]
    return code if number(code) is None else format(number(code).normalize(), "f")


def leaves(product):
    return [path[-1] for path in product.get("categories", []) if path and path[-1]]


def polish(row):
    return (row["translations"] or {}).get("pl_PL", {}).get("name")


def by_code(records):
    """Records by what their codes are compared by; those without a code are left out."""
    found = collections.defaultdict(list)
    for record in records:
        found[code_key(record.get("code"))].append(record)
    found.pop(None, None)
    return found


class Connector:
    def __init__(self, books, shop):
        self.books, self.shop = books, shop

    def run(self, command):
        """One command to its end: (whether it went well, a sentence)."""
        if command == "tick" and self.books.get("automatic") != "1":
            return True, "automatic operation is off: nothing was done"
        try:
            zone = self.check_shop()
            self.erp = by_code(self.books.products())
            orders, items = self.fetch_orders(zone), self.read_shop()
            if command == "products" and self.add_products(items):
                items = self.read_shop()
            return True, f"{orders} orders saved, {self.push_stock(items)} stock levels sent"
        except ShopError as problem:
            self.books.tell("error", "run", "", "run_failed", str(problem))
            return False, str(problem)
        finally:
            self.books.db.commit()

    def check_shop(self):
        """The time zone of a shop that this connector can serve."""
        config = self.shop.call("GET", "application-config")
        if config["warehouses_enabled"] or config["default_language_name"] != "pl_PL":
            raise ShopError("a shop of several warehouses, or whose own language is not Polish, is not supported")
        languages = {row["locale"] for row in self.shop.all("languages", "lang_id") if row["active"] == "1"}
        if languages != {"pl_PL"}:
            self.books.tell("warning", "run", "", "languages", f"the shop speaks {languages}; Polish alone is supported")
        return zoneinfo.ZoneInfo(config["locale_timezone"] or "Europe/Warsaw")

    def fetch_orders(self, zone):
        """Saves the orders that the ERP lacks, a page in one transaction with the mark how far was read; answers how many."""
        configured = datetime.datetime.fromisoformat(self.books.get("configured")).replace(microsecond=0)
        since = (configured - datetime.timedelta(days=1)).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        read_to, saved = int(self.books.get("read_to", 0)), 0
        for rows in self.shop.pages("orders", "order_id", {"date": {">=": since}}, max(0, read_to - OVERLAP)):
            there = {id for (id,) in self.books.rows("SELECT shop_order FROM orders")}
            new = [row for row in rows if row["order_id"] not in there and self.wanted(row, configured, zone)]
            lines = self.lines_of([row["order_id"] for row in new])
            with self.books.db:
                saved += sum(self.save_order(row, lines[row["order_id"]]) for row in new)
                read_to = max(read_to, *(int(row["order_id"]) for row in rows), 0)
                self.books.put(read_to=str(read_to))
        return saved

    def lines_of(self, ids):
        rows = self.shop.all("order-products", "id", {"order_id": {"IN": ids}}) if ids else []
        return {id: [row for row in rows if row["order_id"] == id] for id in ids}

    def wanted(self, order, configured, zone):
        """Whether it is for the ERP: no order of the panel (origins 5, 6), none older than the configuration. The shop's dates
        name no zone; a time that comes twice is taken for the second, so that no new order seems too old."""
        placed = datetime.datetime.strptime(order["date"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone, fold=1)
        return order["origin"] not in ("5", "6") and placed.timestamp() >= configured.timestamp()

    def save_order(self, order, lines):
        """Saves an order of the lines whose code the ERP knows; without any of them it does not come in."""
        id, kept, total = order["order_id"], [], number(order["shipping_cost"])
        for line in lines:
            product = self.product_of(line)
            if product:
                total += self.value_of(line)
                kept.append({"product_id": product["id"], **{name: line[name] for name in ("code", "name", "quantity")},
                             "unit_price": line["price"], "vat": vat_code(line["tax"])})
            else:
                self.books.tell("warning", "order", id, "line_unknown", f"'{line['code']}' is no product of the ERP: left out")
        if not kept:
            self.books.tell("warning", "order", id, "no_line_known", f"order {id} is left out: the ERP has none of its products")
            return False
        buyer = order["billing_address"]
        doc = {"number": f"ZAM/{id}", "shop_order_id": id, "contractor": buyer["company"] or buyer["lastname"], "lines": kept,
               "email": order["email"], "nip": buyer["tax_identification_number"] or "",
               "shipping_cost": order["shipping_cost"], "total_gross": str(money(total))}
        self.books.db.execute("INSERT INTO orders (shop_order, doc) VALUES (?, ?)", [id, json.dumps(doc)])
        return True

    def product_of(self, line):
        found = self.erp.get(code_key(line["code"]), [])
        return found[0] if len(found) == 1 else None

    def value_of(self, line):
        """Gross, rounded once, at the end."""
        return money(number(line["price"]) * number(line["quantity"]) * (100 - number(line["discount_perc"])) / 100)

    def read_shop(self):
        """The shop's products and their variants, as far as they matter here."""
        self.taxes = {row["tax_id"]: vat_code(row["name"]) for row in self.shop.all("taxes", "tax_id")}
        units = self.shop.all("units", "unit_id")
        self.units = {polish(row): row["unit_id"] for row in units}
        self.fractional = {row["unit_id"] for row in units if row["floating_point"] == "1"}
        self.categories = {row["category_id"]: polish(row) for row in self.shop.all("categories", "category_id")}
        products, items = {row["product_id"]: row for row in self.shop.all("products", "product_id")}, []
        for own in self.shop.all("product-stocks", "stock_id"):
            if row := products.get(own["product_id"]):
                names = {self.categories.get(id) for id in [row["category_id"], *map(str, row["categories"])]}
                items.append({"id": int(row["product_id"]), "stock_id": own["stock_id"], "price": number(own["comp_price"]),
                              "code": own["code"] if own["extended"] == "1" else row["code"], "categories": names,
                              "vat": self.taxes.get(row["tax_id"]), "stock": number(own["stock"]),
                              "whole": row["unit_id"] not in self.fractional})
        return items

    def push_stock(self, items):
        """Sends the levels of all pairs that meet the conditions; answers how many."""
        shop, sent = by_code(items), 0
        for code in self.erp.keys() & shop.keys():
            product, item = self.erp[code][0], shop[code][0]
            reason = "code_not_unique" if len(self.erp[code]) + len(shop[code]) > 2 else self.objection(product, item)
            if reason:
                self.books.tell("warning", "product", code, reason, f"the stock of '{code}' is not sent: {reason}")
            elif number(product["stock"]) != item["stock"]:
                self.write_stock(product, item)
                sent += 1
        return sent

    def write_stock(self, product, item):
        try:
            self.shop.call("PUT", f"product-stocks/{item['stock_id']}", {"stock": product["stock"]})
        except Refused as problem:
            self.books.tell("error", "product", product["code"], "stock_refused", str(problem))

    def objection(self, product, item):
        """Why the stock of a pair is not sent, or None."""
        prices, figure = [number(product.get("gross_price")), item["price"]], number(product.get("stock", "0"))
        if not all(price and price > 0 for price in prices):
            return "price_not_above_zero"
        if not item["categories"].intersection(leaves(product)):
            return "category_differs"
        if not vat_code(product.get("vat")) or vat_code(product["vat"]) != item["vat"]:
            return "vat_differs"
        if figure is None or figure < 1:
            return "stock_below_one"
        return "stock_fractional" if item["whole"] and figure % 1 else None

    def add_products(self, items):
        """Adds what the shop lacks; answers how many."""
        known, added = by_code(items), 0
        self.highest = max((item["id"] for item in items), default=0)
        self.settle()
        before = {id for (id,) in self.books.rows("SELECT product FROM additions WHERE shop_id > 0")}
        for product in [one for one in self.books.products() if code_key(one.get("code")) not in known]:
            code = code_key(product.get("code"))
            unsure = len(self.erp[code]) > 1 if code else product["id"] in before
            draft = None if unsure else self.draft(product)
            added += self.add(product, draft) if draft else 0
            if not draft:
                reason = "not_unique_or_added_before" if unsure else "not_complete"
                self.books.tell("warning", "product", code or product["id"], reason, f"not added to the shop: {reason}")
        return added

    def draft(self, product):
        """What is sent to the shop; None without a price, or where the shop lacks the category, the VAT rate or the unit."""
        price, vat, figure = number(product.get("gross_price")), vat_code(product.get("vat")), number(product.get("stock", "0"))
        category = next((id for leaf in leaves(product) for id, name in self.categories.items() if name == leaf), None)
        tax = next((id for id, code in self.taxes.items() if vat and code == vat), None)
        unit = self.units.get(product.get("unit", "szt."))
        if price is None or price < 0 or not (category and tax and unit):
            return None
        fits = figure and figure >= 1 and (unit in self.fractional or figure % 1 == 0)
        return {"code": code_key(product.get("code")) or "", "category_id": category, "tax_id": tax, "unit_id": unit,
                "translations": {"pl_PL": {"name": product["name"]}},
                "stock": {"price": str(money(price)), "stock": product["stock"] if fits else "0"}}

    def add(self, product, draft):
        """The shop takes the same product twice if it is told twice: what is in doubt ends the run, and the next one looks."""
        with self.books.db as db:
            sought = [product["id"], draft["code"], product["name"], self.highest]
            row = db.execute("INSERT INTO additions VALUES (?, ?, ?, ?, NULL)", sought).lastrowid
        try:
            shop_id = int(self.shop.call("POST", "products", draft, repeatable=False))
        except Refused as problem:
            self.books.tell("error", "product", draft["code"] or product["id"], "product_refused", str(problem))
            shop_id = 0
        self.note(row, shop_id)
        return bool(shop_id)

    def note(self, row, shop_id):
        """What became of an addition: the id of the shop's product, or 0."""
        with self.books.db as db:
            db.execute("UPDATE additions SET shop_id = ? WHERE rowid = ?", [shop_id, row])

    def settle(self):
        """Looks for the product that was being added when a run ended or died."""
        for row, code, name, after in self.books.rows("SELECT rowid, code, name, after FROM additions WHERE shop_id IS NULL"):
            claimed = {id for (id,) in self.books.rows("SELECT shop_id FROM additions")}
            new = self.shop.all("products", "product_id", {}, after)
            ids = [int(one["product_id"]) for one in new if one["code"] == code and (code or polish(one) == name)]
            self.note(row, next((id for id in ids if id not in claimed), 0))
