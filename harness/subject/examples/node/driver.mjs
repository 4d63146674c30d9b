// @ts-check
// Lets Atrapa drive the connector: a JSON-RPC request a line comes by standard input, its answer goes by standard output.

import readline from "node:readline";
import { Books, Connector, Shop } from "./connector.mjs";

/** @type {Books} */ let books;
/** @type {Connector} */ let connector;
let url = "";

/** @param {import("./protocol.js").ResumeParams} where */
function open({ shop, state, clock }) {
  const ask = (body) => fetch(clock, { method: "POST", body: JSON.stringify(body) }).then((answer) => answer.text());
  url = shop.url;
  books = new Books(state, () => ask({ commit: true }));
  connector = new Connector(books, new Shop(shop, (seconds) => ask({ wait: seconds })));
}

/** @type {Partial<import("./protocol.js").Methods>} */
const methods = {
  initialize: async () => ({
    protocol: 1, name: "example-node", version: "1.0", clock: "virtual", commits: true, integrations: ["systim-shoper"],
    commands: ["stock", "orders", "all", "products", "tick"], sees: ["orders", "products", "log", "documents", "connections"],
    methods: ["look", "resume", "edit_product", "set_automatic", "order_announced"],
  }),
  configure: async ({ now, products, automatic, ...where }) => {
    open({ now, automatic, ...where });
    const records = products.map((product) => ["products", product.id, product]);
    await books.commit(["settings", "configured", Date.parse(now)], ["settings", "automatic", automatic], ...records);
  },
  resume: async (where) => open(where),
  run: ({ command }) => connector.run(command),
  look: async () => ({
    orders: books.rows("orders"), products: books.rows("products"), log: books.rows("log"), documents: [],
    connections: [{ shop_url: url, automatic: books.setting("automatic") }],
  }),
  edit_product: ({ product }) => books.commit(["products", product.id, product]),
  set_automatic: ({ on }) => books.commit(["settings", "automatic", on]),
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  // An order that is announced comes with the next run; after "shutdown" the standard input ends.
  const result = (await methods[method]?.(params)) ?? {};
  process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\n");
}
