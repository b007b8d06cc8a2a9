import assert from "node:assert/strict";
import child from "node:child_process";
import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import v8 from "node:v8";
import ms from "ms";
import { type SparkContext, udf, udtf } from "../../../mod.ts";
import { WAYS } from "../../confinement/all_ways.ts";
import { tryWays } from "../../confinement/try_ways.ts";
import { FILES } from "../../confinement/ways/files.ts";
import { isNightly, sampled } from "../../nightly.ts";
import { failsInWorker } from "../failures.ts";
import { descendants, environmentSecrets } from "../processes.ts";
import { ownSession, sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const PERMISSIONS = "spark.tspark.worker.permissions";

Deno.test("with no permissions", async (t) => {
  await using spark = await ownSession({
    [PERMISSIONS]: "",
    "spark.python.worker.reuse": "false", // no attempt meets what another left
  });
  const sc = spark.sparkContext;

  for (const [about, all] of WAYS) {
    const ways = sampled(all, 8);
    await t.step(`the ways out: ${about}`, async () => {
      const outcomes = await tryWays(sc, ways);
      const found = ways.map(({ name }, at) =>
        `${name}: ${outcomes[at]?.gained === null ? "shut" : "open"}`
      );
      const known = ways.map(({ name, known }) =>
        `${name}: ${known === "shut" ? "shut" : "open"}`
      );
      assert.deepEqual(found, known);
    });
  }

  await t.step("a violation names permission, line and setting", async () => {
    const job = sc.parallelize([1], 1)
      .map(() => Deno.readTextFileSync("/etc/hostname")).collect();
    const error = await job.then(() => null, (error: unknown) => error);
    assert.ok(error instanceof Error);
    assert.equal(Reflect.get(error, "condition"), "PERMISSION_DENIED");
    assert.ok(
      error.message.includes(
        'Cannot use "read" of "/etc/hostname" in a confined worker: spark.tspark.worker.permissions is ""; add "read=/etc/hostname" to it if the function and its packages are trusted with that',
      ),
      error.message,
    );
    assert.match(error.stack ?? "", /confinement_test\.ts:\d+:\d+/);
  });

  await t.step("functions in queries are confined as well", async () => {
    const reads = udf(() => Deno.readTextFileSync("/etc/hostname"), "string", {
      name: "reads",
    });
    await failsInWorker(
      spark.range(1).select(reads()).collect(),
      "PERMISSION_DENIED",
      /Cannot use "read" of "\/etc\/hostname" in a confined worker[^]*\n {2}in reads\(\) of udf\(\) at confinement_test\.ts:\d+:\d+\n/,
    );
    const runs = udtf(
      () => [[new Deno.Command("true").outputSync().code]],
      "code INT",
    );
    await failsInWorker(
      runs().collect(),
      "PERMISSION_DENIED",
      /Cannot use "run" of "true" in a confined worker/,
    );
    const days = udf((x: number) => ms(`${x} days`), "bigint");
    const [row] = await spark.range(2, 3).select(days("id").as("n")).collect();
    assert.equal(row?.n, 172_800_000);
  });

  await t.step("the daemon's secret is not in a worker's heap", async () => {
    const [secret] = descendants(Deno.pid).flatMap(environmentSecrets);
    assert.ok(secret !== undefined && secret.length >= 32);
    // Told by its digest: it would else be found where the function keeps it.
    const wanted = [secret, "a string of this function's"].map((text) => ({
      length: text.length,
      digest: createHash("sha256").update(text).digest("hex"),
    }));
    const found = await sc.parallelize([wanted], 1).mapAsync(async (texts) => {
      const own = ["a string", "of this function's"].join(" ");
      const snapshot = await text(v8.getHeapSnapshot());
      const { strings } = JSON.parse(snapshot) as { strings: string[] };
      return [own.length > 0].concat(
        texts.map(({ length, digest }) =>
          strings.some((one) =>
            one.length === length &&
            createHash("sha256").update(one).digest("hex") === digest
          )
        ),
      );
    }).first();
    assert.deepEqual(found, [true, false, true]);
  });

  await t.step("what functions need otherwise works", () => ordinaryWork(sc));
  await t.step("what is thrown is shown as elsewhere", async () => {
    for (
      const [thrown, text] of [
        [() => ({ a: { b: [1] } }), "Thrown object: { a: { b: [ 1 ] } }"],
        [
          () => new DOMException("too late", "TimeoutError"),
          "TimeoutError: too late",
        ],
        [() => new TypeError("cold"), "TypeError: cold"],
      ] as const
    ) {
      const action = sc.parallelize([1], 1).foreach(() => {
        throw thrown();
      });
      await assert.rejects(action, (error: Error) => {
        assert.equal(error.message.split("\n")[0], text);
        return true;
      });
    }
  });
});

Deno.test("with some permissions", async (t) => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/in.txt`, "in");
  await Deno.symlink("/etc/passwd", `${folder.path}/link`);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("served"),
  );
  const { port } = server.addr;
  await using spark = await ownSession({
    [PERMISSIONS]:
      `net=127.0.0.1:${port}, read=${folder.path}, env=HOME, sys=hostname`,
  });
  const one = spark.sparkContext.parallelize([folder.path], 1);

  await t.step("what is granted can be used", async () => {
    const seen = await one.mapAsync(async (path) => [
      Deno.readTextFileSync(`${path}/in.txt`),
      await (await fetch(`http://127.0.0.1:${port}/`)).text(),
      typeof Deno.env.get("HOME"),
      typeof Deno.hostname(),
    ]).first();
    assert.deepEqual(seen, ["in", "served", "string", "string"]);
  });

  await t.step("and nothing beside it", async () => {
    const uses: [use: (path: string) => unknown, denied: RegExp][] = [
      [() => Deno.readTextFileSync("/etc/passwd"), /"read" of "\/etc\/passwd"/],
      [(path) => Deno.readTextFileSync(`${path}/../x`), /"read" of ".*\/x"/],
      [(path) => Deno.writeTextFileSync(`${path}/out`, ""), /"write" of ".*"/],
      [() => Deno.listen({ port: 0 }).close(), /"net" of "0\.0\.0\.0:0"/],
      [() => Deno.env.get("PATH"), /"env" of "PATH"/],
      [() => Deno.uid(), /"sys" of "uid"/],
    ];
    for (const [use, denied] of uses) {
      await assert.rejects(one.map((path) => String(use(path))).collect(), {
        condition: "PERMISSION_DENIED",
        message: denied,
      });
    }
  });

  await t.step("a link in a granted folder is followed", async () => {
    const seen = await one.map((path) => Deno.readTextFileSync(`${path}/link`))
      .first();
    assert.equal(seen, Deno.readTextFileSync("/etc/passwd"));
  });
  await server.shutdown();
});

Deno.test("with programs granted, their pipes can be used", async () => {
  await using spark = await ownSession({
    [PERMISSIONS]: "run=/bin/cat, env",
  });
  const came = await spark.sparkContext.parallelize(["through it"], 1)
    .mapAsync((sent) => {
      const program = child.spawn("/bin/cat");
      program.stdin.end(sent);
      return text(program.stdout);
    }).first();
  assert.equal(came, "through it");
});

for (const master of isNightly ? ["local-cluster[1,2,1024]"] : []) {
  Deno.test("on executors of their own, with the worker in an archive", async () => {
    await using spark = await ownSession({
      "spark.master": master,
      [PERMISSIONS]: "env=HOME",
    });
    const sc = spark.sparkContext;
    await ordinaryWork(sc);
    await assert.rejects(
      sc.parallelize([1]).map(() => Deno.readTextFileSync("/etc/passwd"))
        .collect(),
      { condition: "PERMISSION_DENIED" },
    );
  });
}

Deno.test("without the setting functions may do everything", async () => {
  const spark = await sharedSession();
  const files = FILES.filter(({ name }) => /passwd|maps|Deno\.env/.test(name));
  const outcomes = await tryWays(spark.sparkContext, [
    ...sampled(files, 4),
    ...FILES.filter(({ name }) => /Deno\.uid|self\/fd|existsSync/.test(name)),
  ]);
  // The same attempts, so that "shut" above can't come of what is tried wrongly.
  for (const { gained, refusal } of outcomes) {
    assert.notEqual(gained, null, refusal ?? "");
  }
});

Deno.test("what cannot be held is refused", async (t) => {
  await t.step("a setting that is none", async () => {
    await assert.rejects(ownSession({ [PERMISSIONS]: "disk" }), {
      name: "RangeError",
      message:
        /^Cannot use "disk" for spark\.tspark\.worker\.permissions: "disk" begins with none of /,
    });
  });
  await t.step("workers without a daemon", async () => {
    await assert.rejects(
      ownSession({ [PERMISSIONS]: "", "spark.python.use.daemon": "false" }),
      { name: "RangeError", message: /spark\.python\.use\.daemon is false/ },
    );
  });
});

/** Packages, broadcasts, accumulators, spilling, barriers: what a worker itself does with files and sockets. */
async function ordinaryWork(sc: SparkContext): Promise<void> {
  const table = sc.broadcast(Array.from({ length: 50_000 }, (_, i) => i));
  const sum = sc.accumulator(0);
  const numbers = sc.parallelize(Array.from({ length: 1000 }, (_, i) => i), 2);
  const pairs = await numbers.map((x) => {
    sum.add(1);
    return [ms(`${table.value[x] ?? -1}s`) % 7, 1] as [number, number];
  }).reduceByKey((a, b) => a + b).collect();
  assert.equal(pairs.reduce((all, [, n]) => all + n, 0), 1000);
  assert.equal(sum.value, 1000);
  const sorted = await numbers.sortBy((x) => -x).first();
  assert.equal(sorted, 999);
}
