/** What programs give for a column that nobody compiles. */
import assert from "node:assert/strict";
import { DataFrame, functions as F, Window } from "../../../../mod.ts";
import { source } from "../../../../src/driver/sql/plan/relation.ts";
import type { SessionState } from "../../../../src/driver/sql/session_state.ts";
import { callSite } from "../../../../src/driver/runtime/call_site.ts";

/** A frame that nobody computes. */
function frame(): DataFrame {
  const open = () => Promise.reject(new Error("Nothing runs here"));
  return new DataFrame(
    source({} as SessionState, "range", [], open, callSite("range()")),
  );
}

/** What the types would refuse. */
const wrong = (value: unknown): never => value as never;

const COMPARED =
  "Cannot use false as a column: ===, !==, && and || of JavaScript give no column; write eq(), ne(), and(), or()";
const noColumn = (value: string): string =>
  `Cannot use ${value} as a column: it is no Column; make one by col() of a name, or by lit() of a value`;

Deno.test("a comparison by === in the place of a column is refused, and named", () => {
  const df = frame();
  const a = F.col("a");
  const compared = wrong((a as unknown) === 1);
  const calls: readonly (() => unknown)[] = [
    () => df.where(compared),
    () => df.filter(wrong(() => compared)),
    () => df.withColumn("b", compared),
    () => df.withColumns({ b: compared }),
    () => df.select(a, compared),
    () => df.groupBy(compared),
    () => df.orderBy(compared),
    () => df.join(df, compared),
    () => df.join(df, wrong([a.eq(1), compared])),
    () => df.join(df, wrong(["id", compared])),
    () => df.mergeInto("t", compared),
    () => F.when(compared, 1),
    () => F.when(a.eq(1), 1).when(compared, 2),
    () => a.withField("b", compared),
    () => Window.partitionBy(compared),
  ];
  for (const call of calls) {
    assert.throws(call, { name: "TypeError", message: COMPARED }, String(call));
  }
});

Deno.test("a value in the place of a column is refused, and told how to make one", () => {
  const df = frame();
  const given: readonly [unknown, string][] = [
    [5, "5"],
    [null, "null"],
    [{ a: 1 }, "an object of class Object"],
  ];
  for (const [value, text] of given) {
    const message = noColumn(text);
    assert.throws(() => df.select(wrong(value)), { message });
    assert.throws(() => F.when(wrong(value), 1), { message });
    assert.throws(() => df.where(wrong(value)), { message });
    assert.throws(() => df.withColumn("b", wrong(value)), { message });
  }
});

Deno.test("nothing in the place of a column is refused, and told where it comes from", () => {
  const df = frame();
  const message =
    'Cannot use undefined as a column: nothing was given; name a column by col("name"), and have a callback in braces return one';
  assert.throws(() => df.select(wrong(Reflect.get(df, "name"))), { message });
  assert.throws(() => df.where(wrong(() => {})), { message });
});

Deno.test("null and nothing fill no missing values, and it is told what does", () => {
  const df = frame();
  for (const value of [null, undefined]) {
    assert.throws(() => df.fillna(wrong(value)), {
      name: "TypeError",
      message:
        `Cannot fill missing values by ${value}: give a number, a text or a boolean, or one for each column, such as { age: 0 }`,
    });
  }
});

Deno.test("what is no name of a column is refused by plots", async () => {
  const { plot } = frame();
  const refused: readonly (readonly [() => Promise<unknown>, string])[] = [
    [
      () => plot.bar(wrong({ x: "city" }), wrong(undefined)),
      'Cannot draw plot.bar() of an object of class Object: it is no name of a column; give names, as in bar("city", "amount")',
    ],
    [
      () => plot.line("city", wrong(undefined)),
      'Cannot draw plot.line() of undefined: it is no name of a column; give names, as in line("city", "amount")',
    ],
    [
      () => plot.pie("city", wrong(F.col("a"))),
      'Cannot draw plot.pie() of an object of class Column: it is no name of a column; give names, as in pie("city", "amount")',
    ],
    [
      () => plot.bar("city", "amount", wrong({ tittle: "Sales" })),
      'Cannot run plot.bar() with the option "tittle": it takes title, width, height; write "title"',
    ],
    [
      () => plot.line("city", "amount", wrong("visits")),
      'Cannot run plot.line() with "visits" for options: give an object',
    ],
    [
      () => plot.hist(wrong({ columns: ["amount"] })),
      'Cannot run plot.hist() with the option "columns": it takes column, bins, title, width, height; write "column"',
    ],
    [
      () => plot.hist(wrong("amount")),
      'Cannot draw plot.hist() by "amount": it is no object with options; write { column: "amount" }',
    ],
    [
      () => plot.box(wrong(["amount"])),
      'Cannot draw plot.box() by an array of length 1: it is no object with options; write { column: "amount" }',
    ],
    [
      () => plot.kde(wrong("amount")),
      'Cannot draw plot.kde() by "amount": it is no object with options; write { column: "amount" }',
    ],
  ];
  for (const [drawn, message] of refused) {
    await assert.rejects(drawn, { name: "TypeError", message });
  }
});

Deno.test("a function that gives one column in the place of a list is refused", () => {
  const df = frame();
  const one = wrong((c: Record<string, unknown>) => c["a"]);
  const message = (operation: string): string =>
    `Cannot run ${operation} with a function that gives an object of class Column: have it give a list of columns, such as (c) => [c.id]`;
  assert.throws(() => df.select(one), {
    name: "TypeError",
    message: message("select()"),
  });
  assert.throws(() => df.groupBy("a").agg(one), {
    name: "TypeError",
    message: message("agg()"),
  });
});

Deno.test("what is no list, and what is not given, is refused where the program wrote it", () => {
  const df = frame();
  assert.throws(() => df.dropDuplicates(wrong("n")), {
    name: "TypeError",
    message: 'Cannot use "n" as a list of names: give an array',
  });
  assert.throws(() => df.withColumnRenamed("n", wrong(undefined)), {
    name: "TypeError",
    message:
      "Cannot run withColumnRenamed() with undefined for argument 2: give a value",
  });
});

Deno.test("sorts, samples and drops refuse what they do not know", () => {
  const df = frame();
  const calls: readonly [() => unknown, string][] = [
    [
      () => df.orderBy("n", wrong({ acending: false })),
      'Cannot run sort() with the option "acending": it takes ascending; write "ascending"',
    ],
    [
      () => df.sort(wrong({ id: -1 })),
      'Cannot run sort() with the option "id": it takes ascending; leave it out',
    ],
    [
      () => df.sort("n", { ascending: wrong("no") }),
      'Cannot run sort() with ascending "no": give true or false',
    ],
    [
      () => df.sort("n", "m", { ascending: [true, wrong(0)] }),
      "Cannot run sort() with ascending 0: give true or false",
    ],
    [
      () => df.orderBy("n", wrong(false)),
      "Cannot sort by false: it is no column; give the order as { ascending: false }",
    ],
    [
      () => df.sample(wrong({ fraction: 0.5 })),
      "Cannot take a sample with fraction an object of class Object: give a number from 0 to 1",
    ],
    [
      () => df.sample(0.5, wrong({ sed: 1 })),
      'Cannot run sample() with the option "sed": it takes withReplacement, seed; write "seed"',
    ],
    [
      () => df.sample(0.5, { withReplacement: wrong("yes") }),
      'Cannot run sample() with withReplacement "yes": give true or false',
    ],
    [() => df.drop(wrong(null)), noColumn("null")],
    [() => df.drop("n", wrong(5)), noColumn("5")],
  ];
  for (const [call, message] of calls) {
    assert.throws(call, { message }, String(call));
  }
});

Deno.test("show() refuses what is no number of rows and no flag", async () => {
  const df = frame();
  const calls: readonly [() => Promise<void>, string][] = [
    [
      () => df.show(wrong("x")),
      'Cannot take "x" rows: give a whole number from 0 on',
    ],
    [
      () => df.show(5, wrong({ truncate: false })),
      "Cannot run show() with truncate { truncate: false }: give true or false",
    ],
    [
      () => df.show(5, false, wrong("yes")),
      'Cannot run show() with vertical "yes": give true or false',
    ],
  ];
  for (const [call, message] of calls) {
    await assert.rejects(call(), { message });
  }
});

Deno.test("a join on names and conditions at once is refused, and loses neither", () => {
  const df = frame();
  assert.throws(() => df.join(df, wrong([F.col("a").eq(1), "id"])), {
    name: "TypeError",
    message:
      'Cannot join on names and conditions in one list: give names that both frames have, or conditions such as a.col("id").eq(b.col("id"))',
  });
});

Deno.test("as() of one word names alias(), which was meant", () => {
  assert.throws(() => frame().as(wrong("a")), {
    condition: "DDL_INVALID",
    message:
      'Cannot read the schema "a" of as(): it is one word, not columns with their types; give the frame a name by alias("a"), or write columns as in "id BIGINT, name STRING"',
  });
});
