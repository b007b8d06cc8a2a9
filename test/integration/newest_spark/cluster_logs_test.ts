import assert from "node:assert/strict";
import { ownSparkHome } from "../own_spark_home.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const PROGRAM = import.meta.resolve("../programs/cluster_logs_job.ts");

Deno.test("what functions print on a cluster's executors comes to the driver's terminal, and to its callback", async (t) => {
  await using folder = await temporaryFolder();
  using _home = await ownSparkHome(folder.path);
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", PROGRAM],
  }).output();
  const terminal = new TextDecoder().decode(stderr);
  assert.ok(success, terminal);
  const told = new TextDecoder().decode(stdout).trimEnd().split("\n")
    .map((line) => JSON.parse(line));

  await t.step("to the terminal, of both executors, once", () => {
    const lines = [
      ...terminal.matchAll(
        /^\S+Z \[stage 0, partition (\d)\] warn: terminal \1 below (\d+)$/gm,
      ),
    ];
    const partitions = lines.map(([, partition]) => partition).sort();
    assert.deepEqual(partitions, ["0", "1"], terminal);
    const daemons = lines.map(([, , daemon]) => daemon);
    assert.equal(new Set(daemons).size, 2);
  });

  await t.step("records stay JSON there, with their place", () => {
    const records = terminal.split("\n").filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line)).sort((a, b) => a.n - b.n);
    assert.deepEqual(
      records,
      [0, 1].map((n) => ({
        level: 50,
        whereTo: "terminal",
        n,
        spark: { stage: 0, partition: n, attempt: 0 },
      })),
    );
  });

  await t.step("to the callback, and no more to the terminal", () => {
    assert.doesNotMatch(terminal, /callback/);
    assert.equal(told.length, 4);
    for (const partition of [0, 1]) {
      const [text, record] = told.filter((line) =>
        line.partition === partition
      );
      assert.equal(text.level, "warn");
      assert.match(text.text, new RegExp(`^callback ${partition} below \\d+$`));
      assert.equal(record.level, "error");
      assert.deepEqual(record.data, {
        level: 50,
        whereTo: "callback",
        n: partition,
      });
      for (const { stage, attempt } of [text, record]) {
        assert.deepEqual([stage, attempt], [1, 0]);
      }
    }
  });
});
