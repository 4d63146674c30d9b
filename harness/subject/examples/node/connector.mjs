// @ts-check
// A small connector between an ERP and a Shoper shop, after Systim's documentation. The ERP's records and the connector's memory
// lie in a journal, one line a commit, so that the process may die anywhere: the orders of a page are saved in one commit with the
// mark how far they were read, stock levels are absolute, and a product that is about to be added is written down first.

import fs from "node:fs";

const PAGE = 50, TRIES = 5, SECONDS = 10; // The most rows of a list; tries of a call; the time-out of each.
const OVERLAP = 50; // So many orders below the last number are looked at again: they may come late, or wait for a product.
const UNIT = 1_000_000n, DAY = 86_400_000; // Amounts are counted in millionths, time in milliseconds.

class ShopError extends Error {} // The run ends here.
class Refused extends ShopError {} // The shop said no to this one call.

/** The shop's REST API. `wait` waits some seconds. */
export class Shop {
  token = "";

  /** @param {import("./protocol.js").Shop} access  @param {(seconds: number) => Promise<unknown>} wait */
  constructor(access, wait) {
    this.address = access.url;
    this.wait = wait;
    this.basic = "Basic " + Buffer.from(`${access.login}:${access.password}`).toString("base64");
  }

  /** The status is 0 where there was no whole answer, and nobody knows what came of the call. */
  async send(method, target, body, authorization) {
    try {
      const answer = await fetch(`${this.address}/webapi/rest/${target}`, {
        method, redirect: "manual", signal: AbortSignal.timeout(SECONDS * 1000), body: body && JSON.stringify(body),
        headers: { Authorization: authorization, "Content-Type": "application/json" },
      });
      return { status: answer.status, after: answer.headers.get("Retry-After"), json: await answer.json() };
    } catch (problem) {
      return { status: 0, after: null, json: `no whole answer (${problem.cause?.code ?? problem.name})` };
    }
  }

  /** The JSON of a call that went well. What may not be done twice is repeated only where it surely was not done. */
  async call(method, target, body = undefined, { repeatable = true, login = "" } = {}) {
    for (let attempt = 1; ; ++attempt) {
      if (!login && !this.token) this.token = (await this.call("POST", "auth", undefined, { login: this.basic })).access_token;
      const { status, after, json } = await this.send(method, target, body, login || `Bearer ${this.token}`);
      if (status === 200) return json;
      const words = `${method} ${target.split("?")[0]}: ${status} ${JSON.stringify(json)}`;
      const surelyNot = status === 401 || status === 429;
      if (status >= 400 && status < 500 && !surelyNot) throw new Refused(words);
      if (attempt === TRIES || (status === 401 && login) || !(repeatable || surelyNot)) throw new ShopError(words);
      if (status === 401) this.token = "";
      await this.wait(Number(after) || 2 ** (attempt - 1));
    }
  }

  /** Each page asks for the ids above the last one, so that rows that come or go meanwhile move no others. */
  async *pages(resource, key, filters = {}, last = 0) {
    for (;;) {
      const query = { limit: String(PAGE), order: `${key} asc`, filters: JSON.stringify({ ...filters, [key]: { ">": last } }) };
      const { list, count } = await this.call("GET", `${resource}?${new URLSearchParams(query)}`);
      const rows = Object.values(list);
      yield rows;
      if (rows.length === 0 || rows.length >= Number(count)) return;
      last = Number(rows.at(-1)[key]);
    }
  }

  async all(resource, key, filters = {}, last = 0) {
    const rows = [];
    for await (const page of this.pages(resource, key, filters, last)) rows.push(...page);
    return rows;
  }
}

/** The ERP's records and the connector's memory: tables of values by key, kept as a journal of changes. */
export class Books {
  tables = { settings: new Map(), products: new Map(), orders: new Map(), additions: new Map(), log: new Map() };
  told = [];

  constructor(folder, beforeCommit) {
    this.file = `${folder}/books.jsonl`;
    this.beforeCommit = beforeCommit;
    const text = fs.existsSync(this.file) ? fs.readFileSync(this.file, "utf8") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1); // A line that was cut was never committed.
    fs.writeFileSync(this.file + ".new", whole);
    fs.renameSync(this.file + ".new", this.file);
    for (const line of whole.split("\n").filter(Boolean)) this.apply(JSON.parse(line));
  }

  apply(changes) {
    for (const [table, key, value] of changes) this.tables[table].set(key, value);
  }

  /** All of these changes, [table, key, value], and what was told before, or none of them. */
  async commit(...changes) {
    const all = [...this.told, ...changes];
    if (all.length === 0) return;
    await this.beforeCommit?.();
    fs.appendFileSync(this.file, JSON.stringify(all) + "\n");
    this.apply(all);
    this.told = [];
  }

  setting = (name) => this.tables.settings.get(name);
  rows = (table) => [...this.tables[table].values()];

  /** What the user should know of a record, once; it is kept with the next commit. */
  tell(severity, kind, record, reason, text) {
    this.told.push(["log", `${kind} ${record} ${text}`, { severity, kind, record, reason, text }]);
  }
}

/** A decimal text in millionths; null for what is none. */
export function number(text) {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d{1,6})0*)?$/.exec(text ?? "") ?? [];
  return whole === undefined ? null : BigInt(sign + whole + part.padEnd(6, "0"));
}

/** Millionths to the grosz, half up, as a text. */
function money(millionths) {
  const grosze = String((millionths + 5000n) / 10000n).padStart(3, "0");
  return `${grosze.slice(0, -2)}.${grosze.slice(-2)}`;
}

/** The gross value of a line in millionths, rounded to the grosz once, at the end. */
function valueOf(price, quantity, discount) {
  const grosz = UNIT * UNIT * UNIT; // Of a hundredth, for the percents.
  return ((number(price) * number(quantity) * (100n * UNIT - number(discount)) + grosz / 2n) / grosz) * 10000n;
}

/** What a product code is compared by: itself, to the last space. Null for one that is empty or blank. */
const codeKey = (code) => (/\S/.test(code ?? "") ? code : null);

/** "23%", "23.00" and "23" are one rate; 0, zw, np and oo are four. */
function vatCode(text) {
  const code = (text ?? "").toLowerCase().replace("%", "").trim().replace(/\.$/, "");
  const word = code.split(" ")[0];
  if (word === "np" || word === "0") return word; // "np I", "0 WDT": a shop knows but one of each.
  return /^\d+\.\d+$/.test(code) ? code.replace(/\.?0+$/, "") : code;
}

const leaves = (product) => (product.categories ?? []).map((names) => names.at(-1)).filter(Boolean);
const polish = (row) => row.translations?.pl_PL?.name;
const byCode = (records) => {
  const found = new Map();
  for (const record of records) found.set(codeKey(record.code), [...(found.get(codeKey(record.code)) ?? []), record]);
  found.delete(null);
  return found;
};

/** The shop's wall clock. A time that comes twice is taken for the second, so that no new order seems too old. */
function wallClock(zone) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const text = (at) => format.format(at); // "2026-03-02 10:00:00"
  const ahead = (at) => Date.parse(text(at).replace(" ", "T") + "Z") - at;
  const moment = (shown) => {
    const wall = Date.parse(shown.replace(" ", "T") + "Z");
    const moments = [wall - ahead(wall - DAY), wall - ahead(wall + DAY)];
    const right = moments.filter((at) => text(at) === shown);
    return Math.max(...(right.length > 0 ? right : moments));
  };
  return { text, moment };
}

export class Connector {
  /** @param {Books} books  @param {Shop} shop */
  constructor(books, shop) {
    this.books = books;
    this.shop = shop;
  }

  /** One command to its end. @returns {Promise<import("./protocol.js").Outcome>} */
  async run(command) {
    if (command === "tick" && !this.books.setting("automatic")) return { ok: true, summary: "automatic operation is off" };
    try {
      const clock = await this.checkShop();
      this.erp = byCode(this.books.rows("products"));
      const orders = await this.fetchOrders(clock);
      let items = await this.readShop();
      if (command === "products" && (await this.addProducts(items))) items = await this.readShop();
      return { ok: true, summary: `${orders} orders saved, ${await this.pushStock(items)} stock levels sent` };
    } catch (problem) {
      if (!(problem instanceof ShopError)) throw problem;
      this.books.tell("error", "run", "", "run_failed", problem.message);
      return { ok: false, summary: problem.message };
    } finally {
      await this.books.commit();
    }
  }

  /** The wall clock of a shop that this connector can serve. */
  async checkShop() {
    const config = await this.shop.call("GET", "application-config");
    if (config.warehouses_enabled || config.default_language_name !== "pl_PL") {
      throw new ShopError("a shop of several warehouses, or whose own language is not Polish, is not supported");
    }
    const languages = await this.shop.all("languages", "lang_id");
    for (const { locale } of languages.filter((row) => row.active === "1" && row.locale !== "pl_PL")) {
      this.books.tell("warning", "run", "", "languages", `the shop speaks ${locale}; Polish alone is supported`);
    }
    return wallClock(config.locale_timezone || "Europe/Warsaw");
  }

  /** Saves the orders that the ERP lacks, a page in one commit with the mark how far was read; answers how many. */
  async fetchOrders(clock) {
    const configured = Math.floor(this.books.setting("configured") / 1000) * 1000;
    let readTo = this.books.setting("readTo") ?? 0, saved = 0;
    const after = Math.max(0, readTo - OVERLAP);
    for await (const rows of this.shop.pages("orders", "order_id", { date: { ">=": clock.text(configured - DAY) } }, after)) {
      const lacking = rows.filter((row) => !this.books.tables.orders.has(row.order_id) && this.wanted(row, configured, clock));
      const ids = lacking.map((row) => row.order_id);
      const lines = ids.length === 0 ? [] : await this.shop.all("order-products", "id", { order_id: { IN: ids } });
      const orders = lacking.map((row) => this.orderOf(row, lines.filter((line) => line.order_id === row.order_id)));
      const changes = orders.filter(Boolean).map((order) => ["orders", order.shop_order_id, order]);
      readTo = Math.max(readTo, ...rows.map((row) => Number(row.order_id)));
      await this.books.commit(...changes, ["settings", "readTo", readTo]);
      saved += changes.length;
    }
    return saved;
  }

  /** Whether it is for the ERP: no order of the panel (origins 5, 6), none older than the configuration. */
  wanted(order, configured, clock) {
    return !["5", "6"].includes(order.origin) && clock.moment(order.date) >= configured;
  }

  /** An order of the lines whose code the ERP knows; null without any. @returns {import("./protocol.js").Order | null} */
  orderOf(order, lines) {
    const id = order.order_id, kept = [];
    let total = number(order.shipping_cost);
    for (const { code, name, quantity, price, tax, ...line } of lines) {
      const found = this.erp.get(codeKey(code)) ?? [];
      if (found.length === 1) {
        total += valueOf(price, quantity, line.discount_perc);
        kept.push({ product_id: found[0].id, code, name, quantity, unit_price: price, vat: vatCode(tax) });
      } else {
        this.books.tell("warning", "order", id, "line_unknown", `'${code}' is no product of the ERP: left out`);
      }
    }
    if (kept.length === 0) this.books.tell("warning", "order", id, "no_line_known", `order ${id}: none of its products is known`);
    if (kept.length === 0) return null;
    const buyer = order.billing_address;
    return { id, number: `ZAM/${id}`, shop_order_id: id, contractor: buyer.company || buyer.lastname, email: order.email, lines: kept,
             nip: buyer.tax_identification_number ?? "", shipping_cost: order.shipping_cost, total_gross: money(total) };
  }

  /** The shop's products and their variants, as far as they matter here. */
  async readShop() {
    this.taxes = new Map((await this.shop.all("taxes", "tax_id")).map((row) => [row.tax_id, vatCode(row.name)]));
    const units = await this.shop.all("units", "unit_id");
    this.units = new Map(units.map((row) => [row.unit_id, polish(row)]));
    this.fractional = new Set(units.filter((row) => row.floating_point === "1").map((row) => row.unit_id));
    this.categories = new Map((await this.shop.all("categories", "category_id")).map((row) => [row.category_id, polish(row)]));
    const products = new Map((await this.shop.all("products", "product_id")).map((row) => [row.product_id, row]));
    const items = [];
    for (const own of await this.shop.all("product-stocks", "stock_id")) {
      const row = products.get(own.product_id);
      if (!row) continue;
      const categories = [row.category_id, ...row.categories].map((id) => this.categories.get(String(id)));
      items.push({ id: Number(row.product_id), stockId: own.stock_id, code: own.extended === "1" ? own.code : row.code,
                   price: number(own.comp_price), stock: number(own.stock), vat: this.taxes.get(row.tax_id), categories,
                   whole: !this.fractional.has(row.unit_id) });
    }
    return items;
  }

  /** Sends the levels of all pairs that meet the conditions; answers how many. */
  async pushStock(items) {
    const shop = byCode(items);
    let sent = 0;
    for (const [code, [product, ...more]] of this.erp) {
      const [item, ...twins] = shop.get(code) ?? [];
      if (!item) continue;
      const reason = more.length + twins.length > 0 ? "code_not_unique" : this.objection(product, item);
      if (reason) this.books.tell("warning", "product", code, reason, `the stock of '${code}' is not sent: ${reason}`);
      if (reason || number(product.stock) === item.stock) continue;
      try {
        await this.shop.call("PUT", `product-stocks/${item.stockId}`, { stock: product.stock });
        sent += 1;
      } catch (problem) {
        if (!(problem instanceof Refused)) throw problem;
        this.books.tell("error", "product", product.code, "stock_refused", problem.message);
      }
    }
    return sent;
  }

  /** Why the stock of a pair is not sent, or null. */
  objection(product, item) {
    const figure = number(product.stock ?? "0");
    if (!((number(product.gross_price) ?? 0n) > 0n && item.price > 0n)) return "price_not_above_zero";
    if (!leaves(product).some((leaf) => item.categories.includes(leaf))) return "category_differs";
    if (!vatCode(product.vat) || vatCode(product.vat) !== item.vat) return "vat_differs";
    if (figure === null || figure < UNIT) return "stock_below_one";
    return item.whole && figure % UNIT !== 0n ? "stock_fractional" : null;
  }

  /** Adds what the shop lacks; answers how many. */
  async addProducts(items) {
    const known = byCode(items);
    const highest = Math.max(0, ...items.map((item) => item.id));
    await this.settle();
    const before = new Set(this.books.rows("additions").filter((one) => one.shopId > 0).map((one) => one.product));
    let added = 0;
    for (const product of this.books.rows("products").filter((one) => !known.has(codeKey(one.code)))) {
      const code = codeKey(product.code);
      const unsure = code ? this.erp.get(code).length > 1 : before.has(product.id);
      const draft = unsure ? null : this.draft(product);
      if (draft) added += await this.add(product, draft, highest);
      const reason = unsure ? "not_unique_or_added_before" : "not_complete";
      if (!draft) this.books.tell("warning", "product", code ?? product.id, reason, `not added to the shop: ${reason}`);
    }
    return added;
  }

  /** What is sent to the shop; null without a price, or where the shop lacks the category, the VAT rate or the unit. */
  draft(product) {
    const keyOf = (map, value) => [...map].find(([, each]) => value && each === value)?.[0];
    const price = number(product.gross_price), figure = number(product.stock ?? "0");
    const category = leaves(product).map((leaf) => keyOf(this.categories, leaf)).find(Boolean);
    const tax = keyOf(this.taxes, vatCode(product.vat)), unit = keyOf(this.units, product.unit ?? "szt.");
    if (price === null || price < 0n || !category || !tax || !unit) return null;
    const fits = figure !== null && figure >= UNIT && (this.fractional.has(unit) || figure % UNIT === 0n);
    return { code: codeKey(product.code) ?? "", category_id: category, tax_id: tax, unit_id: unit,
             translations: { pl_PL: { name: product.name } }, stock: { price: money(price), stock: fits ? product.stock : "0" } };
  }

  /** The shop takes the same product twice if it is told twice: what is in doubt ends the run, and the next one looks. */
  async add(product, draft, after) {
    const key = String(this.books.tables.additions.size);
    const sought = { product: product.id, code: draft.code, name: product.name, after };
    await this.books.commit(["additions", key, sought]);
    let shopId = 0;
    try {
      shopId = Number(await this.shop.call("POST", "products", draft, { repeatable: false }));
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.books.tell("error", "product", draft.code || product.id, "product_refused", problem.message);
    }
    await this.books.commit(["additions", key, { ...sought, shopId }]);
    return shopId > 0 ? 1 : 0;
  }

  /** Looks for the product that was being added when a run ended or died. */
  async settle() {
    for (const [key, sought] of this.books.tables.additions) {
      if (sought.shopId !== undefined) continue;
      const claimed = this.books.rows("additions").map((one) => one.shopId);
      const rows = await this.shop.all("products", "product_id", {}, sought.after);
      const same = rows.filter((row) => row.code === sought.code && (sought.code || polish(row) === sought.name));
      const shopId = same.map((row) => Number(row.product_id)).find((id) => !claimed.includes(id)) ?? 0;
      await this.books.commit(["additions", key, { ...sought, shopId }]);
    }
  }
}
