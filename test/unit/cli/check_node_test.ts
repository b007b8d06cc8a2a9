import assert from "node:assert/strict";
import { checkNode } from "../../../src/cli/check_node.ts";

Deno.test({
  name: "checkNode() refuses a Node that lacks what TSpark needs",
  permissions: "none",
  fn() {
    for (const node of ["18.0.0", "20.20.2", "22.14.1"]) {
      assert.throws(() => checkNode({ node }), {
        condition: "NODE_TOO_OLD",
        message:
          `Cannot run on Node ${node}: TSpark needs 22.15 or later; install a newer one, such as Node 24, or run it in Deno`,
      });
    }
  },
});

Deno.test({
  name: "checkNode() takes newer ones, and Deno whatever Node it says to be",
  permissions: "none",
  fn() {
    for (const node of ["22.15.0", "22.18.0", "24.0.0"]) checkNode({ node });
    checkNode({ node: "20.11.1", deno: "2.9.6" });
  },
});
