// Calls the client of npm, unmodified, as the lines of standard input say: {"call": "getOrders", "with": [{...}]}.
// Answers each with a line: {"answer": ...}, or {"error": ...} for what the client refused or threw.
"use strict";

const path = require("path");
const readline = require("readline");
const { baselinkerClient } = require(path.join(process.env.NPM_CLIENTS, "node_modules", "baselinker-api"));

async function main() {
  const client = baselinkerClient({ token: process.argv[2] });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    let said;
    try {
      said = { answer: await client[asked.call](...asked.with) };
    } catch (error) {
      said = { error: error instanceof Error ? { thrown: error.message } : error };
    }
    console.log(JSON.stringify(said));
  }
}

main().catch((error) => {
  console.error(JSON.stringify(error));
  process.exit(1);
});
