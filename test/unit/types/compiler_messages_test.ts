/**
 * What the compiler says of programs with wrong names and schemas, and of a
 * wide table with many steps: read from `deno check` itself.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../../", import.meta.url);

/** Checks a program that is one module; its imports begin at the repository's root. */
async function check(
  program: string,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "program.ts");
    await Deno.writeTextFile(
      file,
      program.replaceAll('"/', `"${new URL(".", ROOT).href}`),
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "check",
        "--quiet",
        "--config",
        fileURLToPath(new URL("deno.json", ROOT)),
        file,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    return { ok: success, text: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const STAR = "`${string}.*`"; // "address.*", or of an alias
const ANY_COLUMN = "ColumnLike<unknown, string>";

/** Lines, and what the compiler says of them, apart from the order of what it lists. */
const WRONG: readonly [line: string, says: string, lists?: string[]][] = [
  [
    `people.select("nme")`,
    `Argument of type '"nme"'`,
    [STAR, '"*"', ANY_COLUMN, '"name"', '"age"', '"address"', '"address.city"'],
  ],
  [
    `people.select("name", "address.street")`,
    `Argument of type '"address.street"'`,
    [STAR, '"*"', ANY_COLUMN, '"name"', '"age"', '"address"', '"address.city"'],
  ],
  [
    `people.select((c) => [c.nme])`,
    `Property 'nme' does not exist on type 'ColumnsOf<{ name: string; age: number | null; address: { city: string; } | null; }>'. Did you mean 'name'?`,
  ],
  [
    `people.where((c) => c.age.gt("x"))`,
    `Argument of type '"x"'`,
    ["Operand<number", "null>"],
  ],
  [
    `people.groupBy("nme")`,
    `Argument of type '"nme"'`,
    ["number", "AnyColumn", '"name"', '"age"', '"address"', '"address.city"'],
  ],
  [
    `people.groupBy("name").sum("name")`,
    `Argument of type '"name"'`,
    ['"age"'],
  ],
  [
    `people.drop("nme")`,
    `Argument of type '"nme"'`,
    ["AnyColumn", '"name"', '"age"', '"address"'],
  ],
  [
    `people.join(orders, ["age"])`,
    `Type '"age"' is not assignable to type '"name"'`,
  ],
  [
    `orders.union(people.select("name"))`,
    `Property 'problem' is missing in type 'DataFrame<{ name: string; }>' but required in type 'Problem<"the other frame has no columns \\"size\\"">'`,
  ],
  [
    `orders.select("name").union(people.select(people.col("age").as("name")))`,
    `required in type 'Problem<"the columns \\"name\\" have other types in both frames">'`,
  ],
  [
    `spark.createDataFrame([], "id INT, name STRNG")`,
    `Argument of type '"id INT, name STRNG"' is not assignable to parameter of type '"the type \\"strng\\" is unknown, in the column \\"name\\""'`,
  ],
  [
    `spark.createDataFrame([], "id INT, name STRING").select("nme")`,
    `Argument of type '"nme"'`,
    [STAR, '"*"', ANY_COLUMN, '"name"', '"id"'],
  ],
  [
    `people.join(orders, people.col("name").eq("x")).select("name")`,
    `Argument of type '"name"'`,
    [STAR, '"*"', ANY_COLUMN, '"age"', '"address"', '"address.city"', '"size"'],
  ],
];

/** A column's name after that of a frame, as `alias` gives one: the lists have them beside the names. */
function isQualified(text: string): boolean {
  return text.startsWith("`${string}.") && text !== STAR;
}

const FRAMES = `
import type { DataFrame, SparkSession } from "/mod.ts";
declare const people: DataFrame<{ name: string; age: number | null; address: { city: string } | null }>;
declare const orders: DataFrame<{ name: string; size: number }>;
declare const spark: SparkSession;
`;

Deno.test("the compiler names a wrong column and lists those that there are", async () => {
  const { ok, text } = await check(
    FRAMES + WRONG.map(([line]) => `${line};`).join("\n"),
  );
  assert.equal(ok, false);
  const messages = text.split(/\n\n(?=TS)/);
  for (const [line, says, lists = []] of WRONG) {
    const message = messages.find((one) => one.includes(`\n${line};`)) ?? "";
    assert.ok(message.includes(says), `${line}: ${says}\n${text}`);
    const found = [...message.matchAll(
      /is not assignable to parameter of type '([^']+)'/g,
    )].at(-1)?.[1] ?? "";
    if (lists.length === 0) continue;
    const listed = found.split(" | ").filter((each) => !isQualified(each));
    assert.deepEqual(listed.sort(), [...lists].sort(), line);
  }
  assert.match(text, new RegExp(`Found ${WRONG.length} errors`));
});

Deno.test("TypeSettings that a program adds to change the types of longs and timestamps", async () => {
  const { text } = await check(`
import type { ShapeOfDdl } from "/mod.ts";
declare module "/mod.ts" {
  interface TypeSettings { long: bigint; timestamp: Temporal.Instant }
}
type Row = ShapeOfDdl<"id BIGINT NOT NULL, at TIMESTAMP NOT NULL, on DATE">;
const at = Temporal.Instant.fromEpochMilliseconds(0);
export const right: Row = { id: 5n, at, on: new Date(0) };
export const wrong: Row = { id: 5, at, on: null };
`);
  assert.match(text, /Type 'number' is not assignable to type 'bigint'/);
  assert.equal(text.match(/\[ERROR\]/g)?.length, 1, text);
});

Deno.test("a program of 200 columns and 40 steps is within what the compiler does for a statement", async () => {
  const types = ["string", "number | null", "{ a: string } | null", "string[]"];
  const columns = Array.from(
    { length: 200 },
    (_, i) => `c${i}: ${types[i % types.length]}`,
  );
  const steps = Array.from(
    { length: 40 },
    (_, i) =>
      `.withColumn("n${i}", (c) => c.c${
        4 * i + 1
      }.plus(1)).where((c) => c.n${i}.gt(${i}))`,
  );
  const head = `import type { DataFrame } from "/mod.ts";
declare const wide: DataFrame<{ ${columns.join("; ")} }>;
`;
  // The compiler gives up (TS2589) at five million types for a statement.
  const { ok, text } = await check(
    `${head}export const rows: DataFrame<{ c0: string; n39: number | null; a: string | null }> = wide${
      steps.join("\n")
    }.select("c0", "n39", "c2.a");`,
  );
  assert.equal(text, "");
  assert.ok(ok);
});
