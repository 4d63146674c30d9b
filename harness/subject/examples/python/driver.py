"""Lets Atrapa drive the connector: a JSON-RPC request a line comes by standard input, its answer goes by standard output."""

import json
import sys
import urllib.request

import connector


class Driver:
    def initialize(self, **_):
        return {"protocol": 1, "name": "example-python", "version": "1.0", "clock": "virtual", "integrations": ["systim-shoper"],
                "commands": ["stock", "orders", "all", "products", "tick"],
                "methods": ["look", "resume", "edit_product", "set_automatic", "order_announced"],
                "sees": ["orders", "products", "log", "documents", "connections"]}

    def configure(self, now, products, automatic, **where):
        self.resume(**where)
        with self.books.db:
            self.books.put(configured=now, automatic=str(int(automatic)))
            for product in products:
                self.books.put_product(product)

    def resume(self, shop, state, clock, **_):
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        wait = lambda seconds: direct.open(clock, json.dumps({"wait": seconds}).encode(), connector.SECONDS).read()
        self.url, self.books = shop["url"], connector.Books(state)
        self.connector = connector.Connector(self.books, connector.Shop(shop, wait))

    def run(self, command, **_):
        ok, summary = self.connector.run(command)
        return {"ok": ok, "summary": summary}

    def look(self, **_):
        orders = [{"id": str(id), **json.loads(doc)} for id, doc in self.books.rows("SELECT id, doc FROM orders ORDER BY id")]
        log = [dict(zip(["severity", "kind", "record", "reason", "text"], row)) for row in self.books.rows("SELECT * FROM log")]
        return {"orders": orders, "products": self.books.products(), "log": log, "documents": [],
                "connections": [{"shop_url": self.url, "automatic": self.books.get("automatic") == "1"}]}

    def edit_product(self, product, **_):
        with self.books.db:
            self.books.put_product(product)

    def set_automatic(self, on, **_):
        with self.books.db:
            self.books.put(automatic=str(int(on)))


def main(driver):
    for line in sys.stdin:
        request = json.loads(line)
        # An order that is announced comes with the next run; after "shutdown" the standard input ends.
        handler = getattr(driver, request["method"], lambda **_: None)
        print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": handler(**request["params"]) or {}}), flush=True)


if __name__ == "__main__":
    main(Driver())
