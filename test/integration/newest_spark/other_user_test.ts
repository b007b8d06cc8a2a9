import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { packWorker } from "../../../mod.ts";
import { cacheFolder } from "../../../src/driver/launch/cache_folder.ts";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import {
  type OtherUsersCluster,
  SHIPPED_JOB,
  startAsOtherUser,
} from "../../clusters/other_user.ts";
import { isNightly } from "../../nightly.ts";

const LIMIT_MS = 120_000;
const NATIVE = fileURLToPath(new URL("../../../native", import.meta.url));

Deno.test("executors of a user who has nothing", async (t) => {
  await using stack = new AsyncDisposableStack();
  const { home: spark } = await findSpark();
  const cluster = await startAsOtherUser(stack, spark);
  const { home, shared } = cluster;
  const temporary = await Deno.makeTempDir({ prefix: "tspark-rights-" });
  stack.defer(() => Deno.remove(temporary, { recursive: true }));
  await Deno.writeTextFile(`${shared}/words.txt`, "b a\nb c\n".repeat(50));
  const cache = cacheFolder();
  const folders =
    `${spark}/bin,${spark}/conf,${spark}/jars,${cache},${temporary}`;
  const deno = Deno.execPath();
  const place = { spark, temporary };

  await t.step(
    "get the worker as an archive, by a driver with the permissions that the documents name",
    async () => {
      const { deno: ran, addon } = await run(cluster, place, [
        `--allow-run=/bin/sh,${deno}`,
        `--allow-read=${folders},${deno},${NATIVE}`,
        `--allow-write=${cache},${temporary}`,
      ]);
      assert.match(ran, /\/work\/app-[^/]+\/0\/tspark_worker\/bin\/deno$/);
      assert.match(addon, /\/tspark_worker\/tspark\.node$/);
      assert.deepEqual([...Deno.readDirSync(home)], []);
    },
  );

  if (!isNightly) return;
  await t.step(
    "run the worker that spark.tspark.worker says is on every node",
    async () => {
      const archive = await packWorker({ to: `${temporary}/worker.tar.gz` });
      const tar = new Deno.Command("tar", {
        args: ["xf", archive, "-C", shared],
      });
      assert.ok((await tar.output()).success);
      const { deno: ran, addon } = await run(
        cluster,
        place,
        ["--allow-run", "--allow-read", `--allow-write=${cache},${temporary}`],
        `spark.tspark.worker=${shared}/tspark-worker`,
      );
      assert.equal(ran, `${shared}/bin/deno`);
      assert.equal(addon, `${shared}/tspark.node`);
    },
  );
});

/** Runs the job and checks what it says except for the paths. */
async function run(
  { master, home, shared }: OtherUsersCluster,
  place: { readonly spark: string; readonly temporary: string },
  rights: readonly string[],
  ...settings: readonly string[]
): Promise<{ deno: string; addon: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "--no-prompt"],
      ...["--allow-env=HOME,SPARK_HOME", "--allow-net=127.0.0.1"],
      ...["--allow-sys", ...rights, SHIPPED_JOB],
      ...[master, `${shared}/words.txt`, ...settings],
    ],
    env: {
      SPARK_HOME: place.spark,
      TMPDIR: place.temporary,
      NO_COLOR: "1",
    },
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const said = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(said.counts, [["a", 50], ["b", 100], ["c", 50]]);
  assert.deepEqual(said.lengths, [172_800_000, 3_600_000, 10_000]);
  assert.equal(said.place.uid, 65534);
  assert.equal(said.place.home, home);
  return said.place;
}
