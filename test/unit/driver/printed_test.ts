/** What consoles, texts and JSON have of the library's own objects. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  BoundedFloat,
  Broadcast,
  Catalog,
  DataFrame,
  DataFrameReader,
  DataStreamReader,
  DataStreamWriter,
  Observation,
  RuntimeConfig,
  StatCounter,
  StatusTracker,
} from "../../../mod.ts";
import { callSite } from "../../../src/driver/runtime/call_site.ts";
import { source } from "../../../src/driver/sql/plan/relation.ts";
import type { SessionState } from "../../../src/driver/sql/session_state.ts";
import { rowClass } from "../../../src/serde/records/row.ts";

const session = {} as SessionState;
const frame = new DataFrame(
  source(
    session,
    "table",
    ["t"],
    () => Promise.reject(new Error("Nothing runs here")),
    callSite("table()"),
  ),
);

/** Printed by the consoles, as a text, in JSON; given once where all have the same. */
const PRINTED: readonly (readonly [
  object,
  consoles: string,
  text?: string,
  json?: unknown,
])[] = [
  [
    new Catalog(session),
    "Catalog: listTables(), listDatabases(), listColumns()",
  ],
  [new RuntimeConfig({} as never), "RuntimeConfig: get(), set(), getAll()"],
  [new DataFrameReader(session), "DataFrameReader[the default format]"],
  [new DataFrameReader(session).format("csv"), "DataFrameReader[csv]"],
  [new DataStreamReader(session).format("rate"), "DataStreamReader[rate]"],
  [new DataStreamWriter(frame), "DataStreamWriter[table(t)]"],
  [frame.write, "DataFrameWriter[table(t)]"],
  [
    new Broadcast(3, "x".repeat(1e6), "broadcast()", {} as never),
    "Broadcast(3)",
  ],
  [
    new StatusTracker({} as never),
    "StatusTracker: getActiveJobsIds(), getJobInfo(), getStageInfo()",
  ],
  [new Observation("seen"), "Observation(seen)"],
  [
    new BoundedFloat(5, 0.95, 4, 6),
    "BoundedFloat { mean: 5, confidence: 0.95, low: 4, high: 6 }",
    "5 [4, 6]",
    { mean: 5, confidence: 0.95, low: 4, high: 6 },
  ],
  [
    new (rowClass(["id", "n"]))([1, null]),
    "Row { id: 1, n: null }",
    "Row { id: 1, n: null }",
    { id: 1, n: null },
  ],
  [
    new StatCounter([1]),
    "StatCounter { count: 1, mean: 1, sum: 1, min: 1, max: 1, stdev: 0, variance: 0 }",
    "(count: 1, mean: 1, stdev: 0, max: 1, min: 1)",
    { count: 1, mean: 1, sum: 1, min: 1, max: 1, stdev: 0, variance: 0 },
  ],
];

for (const [object, consoles, text = consoles, json = text] of PRINTED) {
  Deno.test(`${object.constructor.name} is printed as ${consoles}, by every console`, () => {
    assert.equal(Deno.inspect(object), consoles);
    const inOneLine = { breakLength: Infinity };
    assert.equal(inspect(object, inOneLine), consoles);
    assert.equal(String(object), text);
    assert.deepEqual(JSON.parse(JSON.stringify(object)), json);
  });
}
