import assert from "node:assert/strict";
import { withTemporaryFolder } from "./temporary_folder.ts";
import { tspark, tsparkAtTerminal } from "./tspark.ts";

/** A `python3` that draws as pip does, and unpacks an empty Spark. */
const PIP = `#!/bin/sh
while [ "$1" != --target ]; do shift; done
[ -t 1 ] && printf 'pip at a terminal'
mkdir -p "$2/pyspark/bin" && echo > "$2/pyspark/bin/spark-submit"
`;
const PIP_FAILS = `#!/bin/sh\ncase "$*" in *--version) ;; *) exit 7 ;; esac\n`;

/** An environment with an empty cache and a `python3` of its own. */
async function ownCache(
  folder: string,
  python: string,
): Promise<Record<string, string>> {
  await Deno.mkdir(`${folder}/bin`);
  await Deno.writeTextFile(`${folder}/bin/python3`, python, { mode: 0o755 });
  return { XDG_CACHE_HOME: folder, PATH: `${folder}/bin:/usr/bin:/bin` };
}

Deno.test("tspark spark installs, lists and removes", () =>
  withTemporaryFolder(async (folder) => {
    const env = await ownCache(folder, PIP);
    const home = (version: string): string =>
      `${folder}/tspark/spark/${version}/pyspark`;
    assert.deepEqual(await tspark(["spark", "list"], { env }), {
      code: 0,
      out: "",
      err: "There is no Spark in the cache: tspark spark install fetches one",
    });
    assert.deepEqual(await tspark(["spark", "install"], { env }), {
      code: 0,
      out: "",
      err: `Spark 4.3.0 is now in ${home("4.3.0")}`,
    });
    assert.deepEqual(await tspark(["spark", "install", "3.5.10"], { env }), {
      code: 0,
      out: "",
      err: `Spark 3.5.10 is now in ${home("3.5.10")}`,
    });
    assert.equal(
      (await tspark(["spark", "install", "4.3.0"], { env })).err,
      `Spark 4.3.0 is already in ${home("4.3.0")}`,
    );
    assert.deepEqual(await tspark(["spark", "list"], { env }), {
      code: 0,
      out: `3.5.10  ${home("3.5.10")}\n4.3.0  ${home("4.3.0")}`,
      err: "",
    });
    assert.deepEqual(await tspark(["spark", "remove", "3.5.10"], { env }), {
      code: 0,
      out: "",
      err: `Spark 3.5.10 is no longer in ${folder}/tspark/spark/3.5.10`,
    });
    assert.deepEqual(await tspark(["spark", "remove", "3.5.10"], { env }), {
      code: 2,
      out: "",
      err:
        'tspark: Cannot remove Spark "3.5.10": the cache has 4.3.0; name one that is there',
    });
  }));

Deno.test("tspark spark install shows pip's progress at a terminal", () =>
  withTemporaryFolder(async (folder) => {
    const env = await ownCache(folder, PIP);
    const terminal = tsparkAtTerminal(["spark", "install", "4.1.4"], { env });
    assert.equal(await terminal.ended(), 0);
    assert.match(
      terminal.screen(),
      /^pip at a terminalSpark 4\.1\.4 is now in /,
    );
  }));

Deno.test("tspark spark install ends with code 1 when pip fails", () =>
  withTemporaryFolder(async (folder) => {
    const env = await ownCache(folder, PIP_FAILS);
    assert.deepEqual(await tspark(["spark", "install", "4.1.4"], { env }), {
      code: 1,
      out: "",
      err:
        'tspark: Cannot install Spark "4.1.4": pip ended with exit code 7; see its message above',
    });
  }));
