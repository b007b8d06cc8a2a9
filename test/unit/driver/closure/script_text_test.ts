import assert from "node:assert/strict";
import {
  startOfFunction,
  toScriptText,
} from "../../../../src/driver/closure/script_text.ts";

Deno.test({
  name: "startOfFunction() finds the first character of a function's text",
  permissions: "none",
  fn(): void {
    const text = toScriptText("const a = 1;\n  function f(x) {}\nf(x => x);");
    const source = "function f(x) {}";
    assert.deepEqual(startOfFunction(text, source, 1, 12), {
      line: 1,
      column: 2,
    });
    assert.deepEqual(startOfFunction(text, "x => x", 2, 2), {
      line: 2,
      column: 2,
    });
  },
});

Deno.test({
  name: "startOfFunction() tells equal texts apart by the engine's location",
  permissions: "none",
  fn(): void {
    const text = toScriptText("f(() => 1, () => 1);\nf(() => 1);");
    assert.deepEqual(startOfFunction(text, "() => 1", 0, 11), {
      line: 0,
      column: 11,
    });
    assert.deepEqual(startOfFunction(text, "() => 1", 1, 2), {
      line: 1,
      column: 2,
    });
  },
});

Deno.test({
  name:
    "startOfFunction() keeps the engine's location where the text is not there",
  permissions: "none",
  fn(): void {
    const text = toScriptText("a\nb");
    assert.deepEqual(startOfFunction(text, "() => 1", 1, 0), {
      line: 1,
      column: 0,
    });
  },
});

Deno.test({
  name: "toScriptText() tells strict scripts and the modules that they name",
  permissions: "none",
  fn(): void {
    assert.equal(
      toScriptText("#!x\n// y\n/* z */ 'use strict'; a").strict,
      true,
    );
    assert.equal(toScriptText(`"use client"\n/**/; 'use strict'`).strict, true);
    assert.equal(toScriptText("a; 'use strict'").strict, false);
    assert.equal(toScriptText("/* 'use strict' */ a").strict, false);
    assert.equal(toScriptText("// 'use strict'").strict, false);
    assert.deepEqual(
      toScriptText(
        'import "node:fs/promises"; f("node:fs/promises", "node:os")',
      )
        .platformModules,
      ["node:fs/promises", "node:os"],
    );
  },
});

Deno.test({
  name:
    "toScriptText() knows platform modules without prefix where they are imported",
  permissions: "none",
  fn(): void {
    assert.deepEqual(
      toScriptText(
        `require("fs"); import 'os'; import x from "path"; f("lodash"); "events"`,
      ).platformModules,
      ["node:fs", "node:os", "node:path"],
    );
  },
});
