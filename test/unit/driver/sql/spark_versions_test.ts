import assert from "node:assert/strict";
import {
  functionSince,
  methodSince,
  type VersionedClass,
} from "../../../../src/driver/sql/spark_versions.ts";

const SQL = new URL("../../../../src/driver/sql/", import.meta.url);
const FOLDER = new URL("functions/", SQL);

/** The files of the classes whose methods have versions. */
const CLASSES: Readonly<Record<VersionedClass, string>> = {
  Catalog: "catalog.ts",
  Column: "column.ts",
  DataFrame: "data_frame.ts",
  DataFrameReader: "io/data_frame_reader.ts",
  DataFrameWriter: "io/data_frame_writer.ts",
  DataStreamReader: "../streaming/data_stream_reader.ts",
  DataStreamWriter: "../streaming/data_stream_writer.ts",
  DataFrameWriterV2: "io/data_frame_writer_v2.ts",
  MergeIntoWriter: "io/merge_into_writer.ts",
  SparkSession: "spark_session.ts",
  TableValuedFunction: "table_valued_function.ts",
};

Deno.test("functionSince() and the documentation of each function tell the same version", async () => {
  const told = new Map<string, string | null>();
  for await (const { name } of Deno.readDir(FOLDER)) {
    const text = await Deno.readTextFile(new URL(name, FOLDER));
    const documented = text.matchAll(
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export function (\w+)/g,
    );
    for (const [, doc = "", name = ""] of documented) {
      if (told.has(name)) continue; // the first of several forms
      const [, since] = /Spark (\d\.\d) and later\./.exec(doc) ?? [];
      told.set(name, since ?? null);
    }
  }
  assert.ok(told.size > 500);
  const wrong = [...told].filter(([name, since]) =>
    since !== (functionSince(name, 0)?.since ?? null)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("functionSince() knows numbers of arguments that came later", () => {
  assert.equal(functionSince("max_by", 2), null);
  assert.deepEqual(functionSince("max_by", 3), {
    since: "4.2",
    what: "max_by() of 3 arguments",
  });
  assert.deepEqual(functionSince("uuid", 1), {
    since: "4.1",
    what: "uuid() of 1 argument",
  });
  assert.deepEqual(functionSince("listagg", 2), {
    since: "4.0",
    what: "listagg()",
  });
});

for (const [owner, file] of Object.entries(CLASSES)) {
  Deno.test(`the documentation of ${owner} tells the versions of its methods`, async () => {
    const text = await Deno.readTextFile(new URL(file, SQL));
    const documented = [
      ...text.matchAll(
        /\n {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}(?:async |static |get )*(\w+)[<(]/g,
      ),
    ];
    assert.ok(documented.length > 3);
    const seen = new Set<string>();
    for (const [, doc = "", name = ""] of documented) {
      if (seen.has(name)) continue; // the first of several forms
      seen.add(name);
      const [, since] = /Spark (\d\.\d) and later\./.exec(doc) ?? [];
      const known = methodSince(owner as VersionedClass, name);
      assert.equal(since ?? null, known, `${owner}.${name}()`);
    }
  });
}
