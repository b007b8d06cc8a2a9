import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../../src/driver/launch/cache_folder.ts";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import { isNightly } from "../../nightly.ts";

const PROGRAM = fileURLToPath(
  new URL("../programs/counted_words.ts", import.meta.url),
);
const RUN_LIMIT_MS = 120_000;

/** Where the program runs: a folder of its own for temporary files, and a Spark. */
interface Place {
  readonly spark: string;
  readonly temporary: string;
}

async function inPlace(body: (place: Place) => Promise<void>): Promise<void> {
  const { home } = await findSpark();
  const temporary = await Deno.makeTempDir({ prefix: "tspark-rights-" });
  try {
    await Deno.writeTextFile(`${temporary}/words.txt`, "b a\nb c\n".repeat(50));
    await body({ spark: home, temporary });
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

/** The whole list of docs/permissions.md, by the option's name. */
function rightsIn({ spark, temporary }: Place): Map<string, string> {
  const cache = cacheFolder();
  return new Map([
    ["env", "--allow-env=HOME,SPARK_HOME"],
    ["run", "--allow-run=/bin/sh"],
    ["net", "--allow-net=127.0.0.1"],
    ["sys", "--allow-sys"],
    [
      "read",
      `--allow-read=${spark}/bin,${spark}/conf,${spark}/jars,${cache},${temporary}`,
    ],
    ["write", `--allow-write=${cache},${temporary}`],
  ]);
}

async function run(
  { spark, temporary }: Place,
  master: string,
  rights: Iterable<string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { XDG_CACHE_HOME: _, ...env } = Deno.env.toObject();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-prompt",
      ...rights,
      PROGRAM,
      master,
      `${temporary}/words.txt`,
    ],
    clearEnv: true,
    env: { ...env, SPARK_HOME: spark, TMPDIR: temporary, NO_COLOR: "1" },
    signal: AbortSignal.timeout(RUN_LIMIT_MS),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { code, stdout: out ?? "", stderr: err ?? "" };
}

const MASTERS = ["local[2]", ...isNightly ? ["local-cluster[1,1,1024]"] : []];

for (const master of MASTERS) {
  Deno.test(`the word count on ${master} runs with the permissions that the documents name`, () =>
    inPlace(async (place) => {
      const rights = rightsIn(place).values();
      const { code, stdout, stderr } = await run(place, master, rights);
      assert.equal(code, 0, stderr);
      assert.deepEqual(JSON.parse(stdout), [["a", 50], ["b", 100], ["c", 50]]);
    }));
}

Deno.test("a permission that is missing is named, with the option that grants it", () =>
  inPlace(async (place) => {
    const { spark } = place;
    const cache = cacheFolder();
    const expected: Record<string, string> = {
      env: "--allow-env=HOME,SPARK_HOME",
      run: "--allow-run=/bin/sh",
      net: "--allow-net=127.0.0.1",
      sys: "--allow-sys",
      read: `--allow-read=${spark}/bin,${spark}/conf,${spark}/jars,${cache}`,
      write: `--allow-write=${cache}`,
    };
    for (const [name, options] of Object.entries(expected)) {
      const rights = rightsIn(place);
      rights.delete(name);
      const { code, stderr } = await run(place, "local[1]", rights.values());
      assert.equal(code, 1, name);
      assert.ok(
        stderr.includes(
          `Cannot start Spark: the program lacks "${options}"; run it with these as well, docs/permissions.md has the whole list`,
        ),
        stderr,
      );
    }
  }));

Deno.test("every permission that is missing is named at once", () =>
  inPlace(async (place) => {
    const rights = ["--allow-env", "--allow-read"];
    const { stderr } = await run(place, "local[1]", rights);
    assert.ok(
      stderr.includes(
        `the program lacks "--allow-run=/bin/sh --allow-net=127.0.0.1 --allow-sys --allow-write=${cacheFolder()}"`,
      ),
      stderr,
    );
  }));

Deno.test("the folder for temporary files is named when it is closed", () =>
  inPlace(async (place) => {
    const rights = rightsIn(place);
    rights.set("write", `--allow-write=${cacheFolder()}`);
    const { code, stderr } = await run(place, "local[1]", rights.values());
    assert.equal(code, 1);
    assert.match(
      stderr,
      /NotCapable: Requires write access to .*--allow-write/,
    );
  }));
