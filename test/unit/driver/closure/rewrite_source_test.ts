import assert from "node:assert/strict";
import { FunctionParser } from "../../../../src/driver/closure/parse_function.ts";
import { rewriteSource } from "../../../../src/driver/closure/rewrite_source.ts";

/** Text, shared variables, and what is serialized. */
const REWRITTEN: readonly (readonly [string, readonly string[], string])[] = [
  ["() => c++", ["c"], "() => c.v++"],
  ["() => ({ c })", ["c"], "() => ({ c:c.v })"],
  [
    "() => { ({ c } = o); [c] = o }",
    ["c"],
    "() => { ({ c:c.v } = o); [c.v] = o }",
  ],
  ["() => { ({ c = 1 } = o) }", ["c"], "() => { ({ c:c.v = 1 } = o) }"],
  ["() => c(c)", ["c"], "() => (0,c.v)(c.v)"],
  ["() => c`x`", ["c"], "() => (0,c.v)`x`"],
  ["() => new c()", ["c"], "() => new c.v()"],
  ["() => { for (c of d); }", ["c", "d"], "() => { for (c.v of d.v); }"],
  ["(c) => c + d", ["c"], "(c) => c + d"],
  ["() => typeof c", ["c"], "() => typeof c.v"],
  ["() => import.meta.url", [], "() => import_meta.url"],
  ['() => import("node:fs")', [], '() => import("node:fs")'],
  ['() => import("a")', [], '() => impor$("a")'],
  ["(a) => [import(a), import.meta]", [], "(a) => [impor$(a), import_meta]"],
  [
    "class A extends f(b) { m() {} }",
    [],
    "class A extends tspark$parent { m() {} }",
  ],
  [
    "class A { static x = f(); static { g() } m() {} }",
    [],
    "class A {                                m() {} }",
  ],
  [
    "class A { static #x = 1; static y = 2 }",
    [],
    "class A { static #x = 1; static y = 2 }",
  ],
  ["[key + 1]() {}", [], "[0      ]() {}"],
];

for (const [source, shared, expected] of REWRITTEN) {
  Deno.test({
    name: `rewriteSource() turns ${source} into ${expected}`,
    permissions: "none",
    fn(): void {
      const parsed = new FunctionParser().parse(source, true);
      assert.equal(rewriteSource(source, parsed, new Set(shared)), expected);
    },
  });
}

Deno.test({
  name: "rewriteSource() keeps the lines of what it blanks",
  permissions: "none",
  fn(): void {
    const source = "class A {\n  static x = [\n    1,\n  ];\n  m() {}\n}";
    const parsed = new FunctionParser().parse(source, true);
    const lines = rewriteSource(source, parsed, new Set()).split("\n");
    assert.equal(lines[4], "  m() {}");
    assert.equal(lines.slice(1, 4).join("").trim(), "");
  },
});
