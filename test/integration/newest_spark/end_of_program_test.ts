/** What a person sees at the end of a program that goes wrong. */
import assert from "node:assert/strict";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import { gone } from "../processes.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const CONFIG = new URL("../../../deno.json", import.meta.url).pathname;

async function runProgram(
  name: string,
  env: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const path = new URL(`../programs/${name}`, import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      `--config=${CONFIG}`,
      path,
      ...words,
    ],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array): string =>
    new TextDecoder().decode(bytes).trimEnd();
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("an error of a function is all that the terminal shows, in at most ten lines", async (t) => {
  await using folder = await temporaryFolder();
  // The action, and the program's words.
  const actions: readonly (readonly [string, string[]])[] = [
    ["collect", []],
    ["saveAsTextFile", ["rdd", `${folder.path}/out`]],
    ["collect", ["udf"]],
    ["collect", ["mapPartitions"]],
  ];
  for (const [action, args] of actions) {
    await t.step([...args.slice(0, 1), `${action}()`].join(", "), async () => {
      const { code, err } = await runProgram("throwing_job.ts", {}, args);
      const [, shown = ""] = err.split("=== started\n");
      const lines = shown.split("\n");
      assert.ok(lines.length <= 10, shown);
      assert.match(
        lines[0] ?? "",
        /^error: Uncaught \(in promise\) WorkerError: RangeError: odd: 5$/,
      );
      assert.match(shown, /^ {4}at half \(file:.*throwing_job\.ts:5:26\)$/m);
      // Deno tells the cause behind it, which is the error as it was thrown.
      const told = lines.filter((line) => line.includes("odd: 5"));
      assert.deepEqual(told.slice(1), ["Caused by: RangeError: odd: 5"]);
      assert.match(
        shown,
        new RegExp(
          `^ {4}at ${action}\\(\\) \\(file:.*throwing_job\\.ts:\\d+:\\d+\\)$`,
          "m",
        ),
      );
      assert.doesNotMatch(shown, /tspark failure|\.scala|org\.apache/);
      assert.equal(code, 1);
    });
  }
});

Deno.test("an error of a stream is told by Spark in two lines at most, and by us in few", async (t) => {
  const ways: readonly (readonly [string, RegExp])[] = [
    [
      "workers",
      /^error: Uncaught \(in promise\) WorkerError: RangeError: odd: 13$/,
    ],
    [
      "batch",
      /^error: Uncaught \(in promise\) StreamingQueryException: Cannot finish batch 1: the function of foreachBatch\(\) at failing_streams\.ts:10:25 threw RangeError: odd: 1$/,
    ],
  ];
  for (const [way, message] of ways) {
    await t.step(`on the ${way}`, async () => {
      const { code, err } = await runProgram("failing_streams.ts", {}, [way]);
      const [, shown = ""] = err.split("=== started\n");
      const lines = shown.split("\n");
      // Spark's lines come by a way of their own, before the error or too late.
      const begin = lines.findIndex((line) => line.startsWith("error: "));
      for (const line of lines.slice(0, begin)) {
        assert.match(
          line,
          /^\S+ \S+ ERROR MicroBatchExecution: Query \[id = \S+ runId = \S+\] terminated with error$|^org\.apache\.spark\.\S+: \[/,
        );
      }
      assert.match(lines[begin] ?? "", message);
      assert.ok(lines.length <= 10, shown);
      assert.match(shown, /^ {4}at .*failing_streams\.ts:1[14]:\d+\)?$/m);
      assert.doesNotMatch(shown, /\.scala|\/src\/driver|tspark failure/);
      assert.equal(code, 1);
    });
  }
});

Deno.test("actions that nobody awaited, and uses after stop(), are named with their lines", async () => {
  const { code, out } = await runProgram("forgotten_await.ts");
  const place = String.raw`forgotten_await\.ts:\d+:\d+`;
  const stop = String.raw`stop\(\) at forgotten_await\.ts:18:13`;
  const expected = [
    ...["count", "collect", "save"].map((action) =>
      `^Cannot finish ${action}\\(\\) at ${place}: ${stop} stopped the application while it ran; await it before that$`
    ),
    ...[
      ...["count", "conf\\.get", "setLogLevel", "listFiles", "count", "save"],
      ...["load", "catalog\\.listTables"],
    ].map((operation) =>
      `^Cannot run ${operation}\\(\\) at ${place}: ${stop} has stopped the application; start a new session by getOrCreate\\(\\)$`
    ),
  ];
  const lines = out.split("\n");
  assert.equal(lines.length, expected.length, out);
  for (const [i, text] of expected.entries()) {
    assert.match(lines[i] ?? "", new RegExp(text));
  }
  assert.equal(code, 0);
});

Deno.test("a program without a home runs, and leaves no file behind though it ends by an error", async () => {
  await using folder = await temporaryFolder();
  const { home } = await findSpark();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const { code, out, err } = await runProgram("left_behind.ts", {
    HOME: "/proc/no/home",
    XDG_CACHE_HOME: "",
    DENO_DIR: denoDir,
    SPARK_HOME: home,
    SPARK_LOCAL_DIRS: folder.path,
    TMPDIR: folder.path,
  });
  assert.match(err, /Error: over/);
  assert.equal(code, 1);
  const { sizes, children } = JSON.parse(out);
  assert.deepEqual(sizes, [2]);
  await gone(children);
  const left = await Array.fromAsync(Deno.readDir(folder.path));
  assert.deepEqual(left.map(({ name }) => name), []);
});

Deno.test("a start that fails shows the program's line, and none of ours", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/file`;
  await Deno.writeTextFile(file, "");
  const { home } = await findSpark();
  const { code, err } = await runProgram("counted_words.ts", {
    SPARK_HOME: home,
    TMPDIR: file,
  }, ["local[1]", file]);
  assert.equal(code, 1);
  assert.match(
    err,
    /^error: .*SparkError: Cannot make a folder in ".*\/file" for temporary files: /,
  );
  assert.match(err, /\n {4}at getOrCreate\(\) \(.*counted_words\.ts:\d+/);
  assert.doesNotMatch(err, /\/src\//);
  assert.ok(err.split("\n").length <= 10, err);
});
