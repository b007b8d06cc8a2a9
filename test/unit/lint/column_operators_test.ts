import assert from "node:assert/strict";
import plugin from "../../../src/lint/mod.ts";

/** What the plugin says about a program that imports TSpark. */
function lint(body: string, imports?: string): string[] {
  const source = `${
    imports ?? 'import { functions as F } from "@tspark/tspark";'
  }\n${body}`;
  return Deno.lint.runPlugin(plugin as never, "program.ts", source)
    .map(({ message, hint }) => `${message}: ${hint}`);
}

Deno.test("column-operators finds what no code can intercept", () => {
  for (
    const [body, complaint] of [
      ['if (F.col("a")) x();', /^A column is an object, which is always true/],
      ['while (F.col("a").gt(1)) x();', /^A column is an object/],
      ["const y = F.lit(true) ? 1 : 2;", /^A column is an object/],
      [
        'f(F.col("a").gt(1) && F.col("b").lt(2));',
        /^"&&" on a column gives the second column: Write and\(\)$/,
      ],
      [
        'f(F.col("a") || F.col("b"));',
        /^"\|\|" on a column gives the first column: Write or\(\)$/,
      ],
      [
        'f(F.col("a") ?? F.lit(0));',
        /^"\?\?" on a column gives the first column: Write coalesce\(\)/,
      ],
      ['f(!F.col("a"));', /^"!" on a column gives false: Write not\(\)$/],
      [
        'f(F.col("a") === 1);',
        /^"===" on a column compares objects: Write eq\(\)$/,
      ],
      ['f(1 != F.col("a"));', /^"!=" on a column compares objects: Write ne/],
      [
        'f(F.col("a") + 1);',
        /^"\+" on a column throws an error: Write plus\(\)$/,
      ],
      ['f(F.col("a")! < 1);', /^"<" on a column throws an error: Write lt/],
    ] as const
  ) {
    const found = lint(body);
    assert.equal(found.length, 1, `${body}: ${found}`);
    assert.match(found[0] ?? "", complaint);
  }
});

Deno.test("column-operators follows names within a file", () => {
  const named =
    'import { col, lit as one } from "npm:@tspark/tspark/functions";';
  assert.equal(lint('f(col("a") === one(1));', named).length, 1);
  assert.equal(
    lint('const { col } = F; const a = col("a"); if (a) x();').length,
    1,
  );
  assert.equal(
    lint(
      'f(G.col("a") && 1);',
      'import * as G from "jsr:@tspark/tspark@1/functions";',
    ).length,
    1,
  );
});

Deno.test("column-operators leaves other programs and values alone", () => {
  assert.deepEqual(lint('if (F.col("a")) x();', ""), []);
  assert.deepEqual(lint("if (row.a === 1 && !row.b) x();"), []);
  assert.deepEqual(lint("if (rows.length > 0) x();"), []);
  assert.deepEqual(
    lint('const a = F.col("a"); { const a = 1; if (a) x(); }'),
    [],
  );
  assert.deepEqual(lint('f(F.col("a").toString() === "a");'), []);
  assert.deepEqual(lint('if (F.col("a") instanceof Object) x();'), []);
});
