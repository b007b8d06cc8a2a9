/** Counterparts of PySpark's names are called in tests on real Spark, not only named. */
import assert from "node:assert/strict";
import * as tspark from "../../../../mod.ts";

const TESTS = new URL("../../../", import.meta.url);
const FOLDERS = [
  "integration/every_spark",
  "integration/newest_spark",
  "unit/types",
];

/** Files that call methods only to see them refused. */
const REFUSALS: readonly string[] = ["versions_test.ts"];

/** What the library calls for itself. */
const INTERNAL: readonly string[] = ["Observation.attach"];

/** The public classes of SQL. */
const CLASSES = [
  "Catalog",
  "CogroupedData",
  "Column",
  "DataFrame",
  "DataFrameNaFunctions",
  "DataFrameReader",
  "DataFrameStatFunctions",
  "DataFrameWriter",
  "DataFrameWriterV2",
  "GroupedData",
  "MergeIntoWriter",
  "Observation",
  "RuntimeConfig",
  "SparkSession",
  "SparkSessionBuilder",
  "StructType",
  "TableArg",
  "TableValuedFunction",
  "UDFRegistration",
  "UDTFRegistration",
  "VariantVal",
  "Window",
  "WindowSpec",
] as const;

for (const name of CLASSES) {
  Deno.test(`every member of ${name} is used in a test on real Spark`, async () => {
    const text = await testText();
    const made = tspark[name];
    const members = [
      ...Object.getOwnPropertyNames(made.prototype),
      ...Object.getOwnPropertyNames(made),
    ].filter((member) =>
      !["constructor", "length", "name", "prototype"].includes(member) &&
      !INTERNAL.includes(`${name}.${member}`)
    );
    assert.ok(members.length > 0);
    const unused = members.filter((member) =>
      !new RegExp(`\\.${member}\\b`).test(text)
    );
    assert.deepEqual(unused, []);
  });
}

/** All tests on real Spark, and those of values that need none. */
async function testText(): Promise<string> {
  const texts: string[] = [];
  for (const folder of FOLDERS) {
    const url = new URL(`${folder}/`, TESTS);
    for await (const { name, isFile } of Deno.readDir(url)) {
      if (isFile && !REFUSALS.includes(name)) {
        texts.push(await Deno.readTextFile(new URL(name, url)));
      }
    }
  }
  return texts.join("\n");
}
