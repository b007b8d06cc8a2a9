import assert from "node:assert/strict";
import { cellPrinter } from "../../../../src/common/platform/cell_printer.ts";

Deno.test({
  name: "cellPrinter() prints by the console in a notebook's kernel alone",
  permissions: "none",
  fn() {
    const printed: unknown[] = [];
    const console = { log: (text: unknown) => printed.push(text) };
    const jupyter = { broadcast: () => Promise.resolve() };
    cellPrinter({ Deno: { jupyter }, console })?.("+--+\n|id|\n\n");
    assert.deepEqual(printed, ["+--+\n|id|\n"]);
    const none = {
      get jupyter(): never {
        throw new TypeError("no kernel");
      },
    };
    assert.equal(cellPrinter({ Deno: none, console }), null);
    assert.equal(cellPrinter({ console }), null);
    assert.equal(cellPrinter(), null);
  },
});
