import assert from "node:assert/strict";
import { chooseSuites, type MicroRecord } from "../../../bench/micro.ts";

const pure = { permissions: "none" } as const;
const REPOSITORY = new URL("../../../", import.meta.url).pathname;
/** Suites that start a JVM, or the compiler over all of the sources: too slow for a unit test. */
const SLOW: ReadonlySet<string> = new Set(["py4j_call", "type_check"]);

async function bench(...args: string[]): Promise<Deno.CommandOutput> {
  return await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "bench/micro.ts", ...args],
    cwd: REPOSITORY,
    signal: AbortSignal.timeout(120_000),
  }).output();
}

async function suites(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(`${REPOSITORY}bench/micro`)) {
    if (name.endsWith(".bench.ts")) names.push(name.slice(0, -9));
  }
  return names.sort();
}

Deno.test(
  "deno task bench --quick runs every suite and writes its times",
  async () => {
    const chosen = (await suites()).filter((name) => !SLOW.has(name));
    const path = await Deno.makeTempFile({ suffix: ".json" });
    try {
      const output = await bench("--quick", "--json", path, ...chosen);
      const decoder = new TextDecoder();
      assert.equal(decoder.decode(output.stderr), "");
      assert.ok(output.success);
      const text = decoder.decode(output.stdout);
      const record: MicroRecord = JSON.parse(await Deno.readTextFile(path));
      assert.equal(record.isQuick, true);
      assert.deepEqual(Object.keys(record.suites), chosen);
      for (const [name, { rows }] of Object.entries(record.suites)) {
        assert.ok(text.includes(`## ${name}\n`));
        assert.ok(rows.length > 0, name);
        for (const row of rows) {
          assert.ok(Object.keys(row.variants).length > 0, row.name);
          for (const { median, runs } of Object.values(row.variants)) {
            assert.ok(Number.isFinite(median) && runs >= 2, row.name);
          }
        }
      }
    } finally {
      await Deno.remove(path);
    }
  },
);

Deno.test(
  "deno task bench names the rows there are when none has the name asked for",
  async () => {
    const output = await bench("--quick", "frame_read/frames of 7 bytes");
    assert.equal(output.code, 1);
    assert.equal(
      new TextDecoder().decode(output.stderr),
      'Cannot time "frame_read/frames of 7 bytes": no row has this in its name; choose from frames of 33 bytes, frames of 1 KiB, frames of 128 KiB\n',
    );
  },
);

Deno.test("chooseSuites() takes suites and parts of rows' names", pure, () => {
  const names = ["cbor", "sort"];
  assert.deepEqual(chooseSuites([], names), [
    { suite: "cbor", row: "" },
    { suite: "sort", row: "" },
  ]);
  assert.deepEqual(chooseSuites(["sort", "cbor/decode [a/b]"], names), [
    { suite: "sort", row: "" },
    { suite: "cbor", row: "decode [a/b]" },
  ]);
  assert.throws(
    () => chooseSuites(["hash"], names),
    new RangeError(
      'Cannot time "hash": no suite has this name; choose from cbor, sort',
    ),
  );
});
