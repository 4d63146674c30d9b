"""A stock push as somebody's cron job has it: it knows a shop and a file, nothing else.

SHOP_URL, SHOP_LOGIN, SHOP_PASSWORD say where the shop is; STOCK_FILE is a JSON list of products: code, gross_price, vat, unit,
categories, stock. Ends with 0, or with a word on standard error and 1.
"""

import base64
import decimal
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SHOP = os.environ["SHOP_URL"]


def call(method, path, authorization, body=None):
    """The JSON of an answer; waits for the shop's limit and tries what got lost a few times."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": authorization, "Content-Type": "application/json"}
    for attempt in range(1, 6):
        request = urllib.request.Request(f"{SHOP}/webapi/rest/{path}", data, headers, method=method)
        try:
            with DIRECT.open(request, timeout=10) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refusal:
            if refusal.code != 429 and refusal.code < 500 or attempt == 5:
                raise
            time.sleep(int(refusal.headers.get("Retry-After") or 1))
        except (OSError, ValueError):
            if attempt == 5:
                raise
            time.sleep(1)


def rows(resource, token):
    page, found = 1, []
    while True:
        query = urllib.parse.urlencode({"limit": 50, "page": page})
        answer = call("GET", f"{resource}?{query}", token)
        found += answer["list"]
        if page >= int(answer["pages"]):
            return found
        page += 1


def name(row):
    return (row["translations"] or {}).get("pl_PL", {}).get("name")


def rate(text):
    """"23%", "23.00" and "23" are one; zw, np, oo and 0 are four."""
    text = (text or "").lower().strip(" %.")
    word = text.split(" ")[0]
    if word in ("np", "0"):
        return word
    try:
        return str(float(text))
    except ValueError:
        return text


def positive(text):
    return bool(text) and decimal.Decimal(text) > 0


def alone(records):
    """By code, without those that share theirs."""
    codes = [record.get("code") for record in records]
    return {code: record for code, record in zip(codes, records) if code and not code.isspace() and codes.count(code) == 1}


def main():
    login = base64.b64encode(f"{os.environ['SHOP_LOGIN']}:{os.environ['SHOP_PASSWORD']}".encode()).decode()
    token = "Bearer " + call("POST", "auth", f"Basic {login}")["access_token"]
    config = call("GET", "application-config", token)
    if config["warehouses_enabled"] or config["default_language_name"] != "pl_PL":
        sys.exit("several warehouses, or a shop that is not Polish: nothing was sent")
    with open(os.environ["STOCK_FILE"], encoding="utf-8") as file:
        wanted = alone(json.load(file))
    rates = {row["tax_id"]: rate(row["name"]) for row in rows("taxes", token)}
    whole = {row["unit_id"] for row in rows("units", token) if row["floating_point"] == "0"}
    categories = {row["category_id"]: name(row) for row in rows("categories", token)}
    variants = [row for row in rows("product-stocks", token) if row["extended"] == "1"]
    for code, row in alone(rows("products", token) + variants).items():
        product = wanted.get(code)
        if not product or "tax_id" not in row:
            continue
        names = {categories.get(id) for id in [row["category_id"], *map(str, row["categories"])]}
        leaves = {path[-1] for path in product.get("categories", []) if path}
        figure = decimal.Decimal(product["stock"] or "0")
        fits = figure >= 1 and (figure % 1 == 0 or row["unit_id"] not in whole)
        prices = positive(product.get("gross_price")) and positive(row["stock"]["price"])
        equal = names & leaves - {""} and product.get("vat") and rate(product["vat"]) == rates.get(row["tax_id"])
        if fits and prices and equal and figure != decimal.Decimal(row["stock"]["stock"]):
            call("PUT", f"product-stocks/{row['stock']['stock_id']}", token, {"stock": product["stock"]})


if __name__ == "__main__":
    main()
