import assert from "node:assert/strict";
import {
  prepareCode,
  withImportsFrom,
} from "../../../../src/cli/shell/prepare_code.ts";

/** What is typed, and what is evaluated. */
const WHOLE: readonly (readonly [typed: string, code: string])[] = [
  ["", ""],
  ["// nothing\n", "// nothing\n"],
  ["let n: number = 1\n", "let n         = 1\n"],
  ["f<number>(2)", "f        (2)"],
  ["df as unknown", "df           "],
  ["interface A { a: 1 }", " ".repeat(20)],
  ["{ a: 1 }", "({ a: 1 })"],
  ["{}", "({})"],
  ["{ let a = 1 }", "{ let a = 1 }"],
  ["{ a: 1 };", "{ a: 1 };"],
  ["import 'm'", "await import('m');"],
  ["import d from 'm'", "const { default: d } = await import('m');"],
  ["import * as m from 'm'; m", "const m = await import('m'); m"],
  [
    "import d, * as m from 'm'",
    "const m = await import('m'), { default: d } = m;",
  ],
  [
    "import d, { a, b as c, type T } from 'm'\n",
    "const { default: d, a: a, b: c } = await import('m');\n",
  ],
  [
    "import d from './d.json' with { type: 'json' }",
    "const { default: d } = await import('./d.json', { with: { type: 'json' } });",
  ],
  ["export const a = 1", "const a = 1"],
  ["await 1", "await 1"],
  // What is wrong is the engine's to tell.
  ["a b\n", "a b\n"],
  ["let = ;", "let = ;"],
  ["'open\n", "'open\n"],
  ["}\n", "}\n"],
  ["f(]\n", "f(]\n"],
];

Deno.test("prepareCode() makes JavaScript of what is whole", {
  permissions: "none",
}, () => {
  for (const [typed, code] of WHOLE) {
    assert.equal(prepareCode(typed), code, typed);
  }
});

Deno.test("prepareCode() makes JavaScript of what has to be written anew", {
  permissions: "none",
}, () => {
  assert.match(prepareCode("enum A { B }") ?? "", /A\[A\["B"\] = 0\] = "B"/);
  assert.match(
    prepareCode("class A { constructor(private x: number) {} }") ?? "",
    /this\.x = x/,
  );
});

Deno.test("prepareCode() waits for the rest of what is begun", {
  permissions: "none",
}, () => {
  const begun = [
    ...["f(\n", "[1,\n", "{ a: 1,\n", "if (x) {\n", "a => {\n"],
    ...["function f(n: number) {\n", "interface A {\n", "type A = {\n"],
    ...["const f = (n: number) =>\n", "const n: number =\n"],
    ...["f(n as number,\n", "df.where(col<string>(\n"],
    ...["`text\n", "`a ${1\n", "/* text\n"],
    ...["1 +\n", "df.\n", "if (x)\n", "for (const a of b)\n"],
  ];
  for (const typed of begun) assert.equal(prepareCode(typed), null, typed);
});

Deno.test("withImportsFrom() resolves relative imports, and leaves all else", {
  permissions: "none",
}, () => {
  const from = (code: string): string => withImportsFrom("file:///home/", code);
  assert.equal(
    from('await import("./a.ts"); f("./b.ts"); import(`./c.ts`)'),
    'await import("file:///home/a.ts"); f("./b.ts"); import(`./c.ts`)',
  );
  assert.equal(
    from("import('../d.json', { with: { type: 'json' } })"),
    "import(\"file:///d.json\", { with: { type: 'json' } })",
  );
  assert.equal(from('import("npm:ms")'), 'import("npm:ms")');
});
