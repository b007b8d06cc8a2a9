import assert from "node:assert/strict";
import { FunctionParser } from "../../../../src/driver/closure/parse_function.ts";

/** Text, and the free names that it has; `*` marks one that is written, `!` one that a class needs early. */
const FREE_NAMES: readonly (readonly [string, string])[] = [
  ["(x) => x + y", "y"],
  ["x => { var z = y; return z }", "y"],
  ["function f(a, b = c) { return f(a, b) }", "c"],
  ["(a, { b, [k]: [c = d] }, ...e) => a + b + c + e", "k d"],
  ["() => { if (a) { let b; b = 1 } return b }", "a b"],
  ["() => { for (const a of b) { a } a }", "b a"],
  [
    "() => { for (a of b); for (c in d); for (let i = 0; i < n; i++); }",
    "a* b c* d n",
  ],
  ["() => { try { a } catch ({ b }) { b + c } }", "a c"],
  ["() => { l: for (;;) { break l } }", ""],
  [
    "() => { x = 1; y++; [z, ...w] = v; ({ p, q: r, s = t } = u) }",
    "x* y* z* w* v p* r* s* t u",
  ],
  [
    "() => ({ a, b: c, [d]: e, f() { return g }, get h() { return i } })",
    "a c d e g i",
  ],
  ["() => o.p.q + o[r]", "o r"],
  [
    "() => { class A extends B { static c = d; [e] = f; #g; h() { return A } } }",
    "B d e f",
  ],
  ["() => { switch (a) { case b: let c; c; default: d } }", "a b d"],
  ["() => { { function g() {} } g() }", "g"],
  ["() => { return v; var v }", ""],
  ["() => tag`${a}${b.c}`", "tag a b"],
  ["() => arguments", ""],
  ["function f() { return arguments }", ""],
  ["async (a) => { for await (const b of a) yield_(b) }", "yield_"],
  ["function* g() { yield* h(g) }", "h"],
  ["() => { using a = b; a }", "b"],
  ["class A { m() { return b } static s = c; [d]() {} f = e }", "b d! e"],
  ["class A extends B { m() { return super.m() + A.x } }", ""],
  ["class A { static #p = q; static { r } }", "q! r!"],
  ["m(a) { return a + b }", "b"],
  ["get x() { return y }", "y"],
  ["async *[k]() { yield z }", "z"],
  ["() => a?.b?.(c)", "a c"],
  ["(a = () => b, b) => a", ""],
];

for (const [source, expected] of FREE_NAMES) {
  Deno.test({
    name: `parse() finds the free names of ${source}`,
    permissions: "none",
    fn(): void {
      const { names } = new FunctionParser().parse(source, true);
      const found = Array.from(
        names.values(),
        ({ name, assigned, eager }) =>
          name + (assigned ? "*" : "") +
          (eager && source.startsWith("class") ? "!" : ""),
      );
      assert.equal(found.join(" "), expected);
    },
  });
}

Deno.test({
  name: "parse() tells how a text must be wrapped",
  permissions: "none",
  fn(): void {
    const parser = new FunctionParser();
    const forms = [
      "() => 1",
      "function () {}",
      "async function* f() {}",
      "class {}",
      "m() {}",
      "async m() {}",
      "set x(v) {}",
      '"quoted name"() {}',
      "async(x) { return x }",
    ].map((source) => parser.parse(source, true).form);
    assert.deepEqual(forms, [
      "expression",
      "expression",
      "expression",
      "class",
      ...Array.from({ length: 5 }, () => "member"),
    ]);
  },
});

Deno.test({
  name: "parse() tells what a text takes from the function around it",
  permissions: "none",
  fn(): void {
    const parser = new FunctionParser();
    const lexical = (source: string): string =>
      [...parser.parse(source, true).lexical].join();
    assert.equal(lexical("() => this.x"), "this");
    assert.equal(lexical("() => () => this"), "this");
    assert.equal(lexical("function f() { return () => this }"), "");
    assert.equal(lexical("() => function () { return this }"), "");
    assert.equal(lexical("() => class { a = this }"), "");
    assert.equal(lexical("() => arguments[0]"), "arguments");
    assert.equal(lexical("m() { return super.m() }"), "super");
    assert.equal(lexical("m() { return { n() { super.n() } } }"), "");
    assert.equal(lexical("class A { m() { return super.m() } }"), "");
  },
});

Deno.test({
  name:
    "parse() collects the properties of a name that is only read through them",
  permissions: "none",
  fn(): void {
    const { names } = new FunctionParser().parse(
      '() => [a.b, a.c(), a["d"], b.c, b, c[x]]',
      true,
    );
    assert.deepEqual([...names.get("a")?.members ?? []], ["b", "c", "d"]);
    assert.equal(names.get("b")?.members, null);
    assert.equal(names.get("c")?.members, null);
  },
});

Deno.test({
  name: "parse() tells private names, import.meta and import()",
  permissions: "none",
  fn(): void {
    const parser = new FunctionParser();
    const { privateNames, importMeta, imports } = parser.parse(
      'm(o) { return [#a in o, o.#b, import.meta.url, import("x"), import(y)] }',
      true,
    );
    assert.deepEqual([...privateNames], ["a", "b"]);
    assert.deepEqual([...importMeta], [30]);
    assert.deepEqual(imports, [
      { start: 47, specifier: "x" },
      { start: 60, specifier: null },
    ]);
    assert.equal(
      parser.parse("class { #a; m() { this.#a } }", true).hasPrivates,
      true,
    );
    assert.equal(parser.parse("class { static #a }", true).hasPrivates, false);
  },
});

Deno.test({
  name: "parse() reads a text as sloppy where its script is",
  permissions: "none",
  fn(): void {
    const parser = new FunctionParser();
    const { names } = parser.parse("() => { with_(await_) }", false);
    assert.deepEqual([...names.keys()], ["with_", "await_"]);
    assert.throws(
      () => parser.parse("() => { with (a) b }", true),
      SyntaxError,
    );
  },
});
