import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { type Table, tableToIPC } from "apache-arrow";
import * as aq from "arquero";
import { DOMParser } from "linkedom";
import type { DataFrame } from "../../../mod.ts";
import { col } from "../../../src/driver/sql/functions/mod.ts";
import { sharedSession } from "../shared_session.ts";

const LARGE = 9_007_199_254_740_993n; // no double has it

type ArqueroTable = ReturnType<typeof aq.fromArrow>;

/** Its declaration knows no column that may be missing; its code asks for none. */
const fromArrow = aq.fromArrow as (
  table: Table | Uint8Array,
  options?: { useBigInt: boolean },
) => ArqueroTable;

async function orders(): Promise<DataFrame> {
  const spark = await sharedSession();
  return await spark.sql(`
    SELECT * FROM VALUES
      (1, ${LARGE}L, 1.25BD, 0.5D, DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.789Z', TIMESTAMP_NTZ'2024-02-29 12:00:00', 'a', true),
      (2, 2L, 2.50BD, 1.5D, DATE'1969-12-31', TIMESTAMP'1969-12-31 23:59:59Z', TIMESTAMP_NTZ'1969-12-31 23:59:59', 'ü', false),
      (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (4, 4L, -1.00BD, 2.5D, DATE'2024-03-01', TIMESTAMP'2024-03-01 00:00:00Z', TIMESTAMP_NTZ'2024-03-01 00:00:00', 'a', true)
      AS orders(id, big, price, ratio, day, time, clock, name, paid)`);
}

Deno.test("toArrow() goes into Arquero as it is", async (t) => {
  const df = await orders();
  const table = await df.toArrow();

  await t.step("each type of column, and nulls", () => {
    const { price: _, ...first } = fromArrow(table).object(0) as Record<
      string,
      unknown
    >;
    assert.deepEqual(first, {
      id: 1,
      big: LARGE,
      ratio: 0.5,
      day: Date.UTC(2024, 1, 29),
      time: Date.UTC(2024, 1, 29, 12, 34, 56, 789),
      clock: Date.UTC(2024, 1, 29, 12),
      name: "a",
      paid: true,
    });
    const empty = fromArrow(table).object(2) as Record<string, unknown>;
    const { id, ...others } = empty;
    assert.equal(id, 3);
    assert.deepEqual(new Set(Object.values(others)), new Set([null]));
  });

  await t.step("a rollup over them", () => {
    const perName = fromArrow(table).groupby("name").rollup({
      rows: aq.op.count(),
      big: aq.op.sum("big"),
      ratio: aq.op.mean("ratio"),
      first: aq.op.min("time"),
      last: aq.op.max("day"),
    }).objects();
    assert.deepEqual(perName, [
      {
        name: "a",
        rows: 2,
        big: LARGE + 4n,
        ratio: 1.5,
        first: Date.UTC(2024, 1, 29, 12, 34, 56, 789),
        last: Date.UTC(2024, 2, 1),
      },
      {
        name: "ü",
        rows: 1,
        big: 2n,
        ratio: 1.5,
        first: -1000,
        last: -86_400_000,
      },
      {
        name: null,
        rows: 1,
        big: undefined,
        ratio: undefined,
        first: undefined,
        last: undefined,
      },
    ]);
  });

  await t.step("as bytes, with decimals and dates", () => {
    const read = fromArrow(tableToIPC(table), { useBigInt: true });
    assert.deepEqual(read.object(1), {
      id: 2,
      big: 2n,
      price: 2.5,
      ratio: 1.5,
      day: new Date("1969-12-31"),
      time: new Date("1969-12-31T23:59:59Z"),
      clock: new Date("1969-12-31T23:59:59Z"),
      name: "ü",
      paid: false,
    });
    assert.equal(read.get("big", 0), LARGE);
  });

  await t.step("decimals, as docs/plots.md has it", async () => {
    const sum = (table: ArqueroTable): unknown =>
      table.rollup({ sum: aq.op.sum("price") }).get("sum");
    assert.equal(sum(fromArrow(table)), 275); // without their point
    const bytes = tableToIPC(table);
    assert.equal(sum(fromArrow(bytes, { useBigInt: true })), 2.75);
    const doubles = await df.select(col("price").cast("double")).toArrow();
    assert.equal(sum(fromArrow(doubles)), 2.75);
  });
});

/** How many points Observable Plot draws, and where their lines of the axis say they are. */
function drawn(table: Table, x: string, y: string): number {
  const document = new DOMParser().parseFromString(
    "<body></body>",
    "text/html",
  );
  const plot = Plot.plot({ document, marks: [Plot.dot(table, { x, y })] });
  assert.match(plot.outerHTML, /^<svg /);
  return plot.querySelectorAll("circle").length;
}

Deno.test("toArrow() goes into Observable Plot as it is", async (t) => {
  const df = await orders();
  const table = await df.toArrow();
  for (const x of ["id", "big", "ratio", "day", "time", "clock", "name"]) {
    await t.step(
      `${x} against ratio: a point for each row without a null`,
      () => {
        assert.equal(drawn(table, x, "ratio"), 3);
      },
    );
  }

  await t.step("of several batches, all", async () => {
    const spark = await sharedSession();
    const many = await spark.range(0, 500, 1, 4)
      .select("id", col("id").times(2).as("twice")).toArrow();
    assert.equal(many.batches.length > 1, true);
    assert.equal(drawn(many, "id", "twice"), 500);
  });

  await t.step("points lie where their values are", () => {
    const document = new DOMParser().parseFromString(
      "<body></body>",
      "text/html",
    );
    const plot = Plot.plot({
      document,
      x: { type: "utc" },
      marks: [Plot.dot(table, { x: "day", y: "ratio" })],
    });
    const places = [...plot.querySelectorAll("circle")]
      .map((point) => Number(point.getAttribute("cx")));
    const [leap = 0, early = 0, march = 0] = places;
    assert.ok(early < leap && leap < march);
    assert.match(plot.textContent ?? "", /1970.*1980.*2020/);
  });
});
