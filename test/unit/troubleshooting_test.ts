import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const PAGE = Deno.readTextFileSync(new URL("docs/troubleshooting.md", ROOT));

/** Sources below a folder, by their paths. */
function* sourcesIn(folder: string): Generator<[path: string, text: string]> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    if (isDirectory) yield* sourcesIn(`${folder}${name}/`);
    else if (name.endsWith(".ts")) {
      const path = `${folder}${name}`;
      yield [path, Deno.readTextFileSync(new URL(path, ROOT))];
    }
  }
}

const SOURCES = [...sourcesIn("src/"), ...sourcesIn("worker/")];
/** An error that is made, with its condition first. */
const MADE = /\w+Error\(\s*"([A-Z]+(?:_[A-Z0-9]+)+)"/g;
const EXPLAINED = new Set(
  [...PAGE.matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)].map(([, name = ""]) => name),
);
/** What else the page speaks of: variables, and conditions that are Spark's. */
const NOT_OURS = new Set([
  ...["JAVA_HOME", "SPARK_HOME", "XDG_CACHE_HOME", "PYSPARK_SUBMIT_ARGS"],
  ...["UNRESOLVED_COLUMN", "DIVIDE_BY_ZERO", "ARITHMETIC_OVERFLOW"],
  "CAST_INVALID_INPUT",
]);

Deno.test("docs/troubleshooting.md explains each condition of an error", () => {
  const missing = SOURCES.flatMap(([path, text]) =>
    [...text.matchAll(MADE)].map(([, condition = ""]) => condition)
      .filter((condition) => !EXPLAINED.has(condition))
      .map((condition) => `${condition} of ${path}`)
  );
  assert.deepEqual(
    missing,
    [],
    "Tell in docs/troubleshooting.md what these mean and what to do",
  );
});

Deno.test("docs/troubleshooting.md explains no condition that is gone", () => {
  const all = SOURCES.map(([, text]) => text).join("\n");
  const gone = [...EXPLAINED].filter((name) =>
    !NOT_OURS.has(name) && !all.includes(`"${name}"`)
  );
  assert.deepEqual(gone, []);
});
