import assert from "node:assert/strict";
import { tellUnknownOptions } from "../../../../../src/driver/sql/io/check_options.ts";
import { knownOptions } from "../../../../../src/driver/sql/io/format_options.ts";

const SITE = { operation: "csv()", position: "file:///app.ts:3:5" };

function told(format: string | null, ...names: string[]): string[] {
  const texts: string[] = [];
  tellUnknownOptions(format, names, SITE, (text) => texts.push(text));
  return texts;
}

Deno.test("tellUnknownOptions() names the option that was meant, once", {
  permissions: "none",
}, () => {
  assert.deepEqual(told("csv", "headr", "sep", "INFERSCHEMA"), [
    'Warning: csv() at app.ts:3:5 sets the option "headr", which the format "csv" does not know; write "header"\n',
  ]);
  assert.deepEqual(told("csv", "headr"), []);
});

Deno.test("tellUnknownOptions() knows the formats of streams", {
  permissions: "none",
}, () => {
  assert.deepEqual(told("rate", "rowPerSecond", "numPartitions"), [
    'Warning: csv() at app.ts:3:5 sets the option "rowPerSecond", which the format "rate" does not know; write "rowsPerSecond"\n',
  ]);
  assert.deepEqual(told("kafka", "kafka.group.id", "startingOffset"), [
    'Warning: csv() at app.ts:3:5 sets the option "startingOffset", which the format "kafka" does not know; write "startingOffsets"\n',
  ]);
  assert.deepEqual(told("noop", "checkpointlocation"), []);
});

Deno.test("tellUnknownOptions() says that Spark passes over others", {
  permissions: "none",
}, () => {
  assert.deepEqual(told("json", "somethingElse"), [
    'Warning: csv() at app.ts:3:5 sets the option "somethingElse", which the format "json" does not know; Spark passes over what it does not know\n',
  ]);
});

Deno.test(
  "tellUnknownOptions() leaves other formats and settings of libraries alone",
  {
    permissions: "none",
  },
  () => {
    assert.deepEqual(told("delta", "headr"), []);
    assert.deepEqual(told(null, "headr"), []);
    assert.deepEqual(told("parquet", "parquet.block.size"), []);
    assert.equal(knownOptions("constructor"), null);
  },
);
