import assert from "node:assert/strict";
import { SHIPPED_JOB, startAsOtherUser } from "../clusters/other_user.ts";
import { cacheFolder } from "../../src/driver/launch/cache_folder.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { fileURLToPath } from "node:url";

const LIMIT_MS = 120_000;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("executors of a user who has nothing run the word count and an npm package, by a driver with the permissions that the documents name", async () => {
  await using stack = new AsyncDisposableStack();
  const { home: spark } = await findSpark();
  const { master, home, shared } = await startAsOtherUser(stack, spark);
  const text = `${shared}/words.txt`;
  await Deno.writeTextFile(text, "b a\nb c\n".repeat(50));
  const deno = Deno.execPath();
  const temporary = await Deno.makeTempDir({ prefix: "tspark-rights-" });
  stack.defer(() => Deno.remove(temporary, { recursive: true }));
  const cache = cacheFolder();
  const { code, stdout, stderr } = await new Deno.Command(deno, {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-prompt",
      "--allow-env=HOME,SPARK_HOME",
      `--allow-run=/bin/sh,${deno}`,
      "--allow-net=127.0.0.1",
      "--allow-sys",
      `--allow-read=${spark}/bin,${spark}/conf,${spark}/jars,${cache},${temporary},${deno},${ROOT}native`,
      `--allow-write=${cache},${temporary}`,
      SHIPPED_JOB,
      master,
      text,
    ],
    env: { SPARK_HOME: spark, TMPDIR: temporary, NO_COLOR: "1" },
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.equal(code, 0, err);
  const { counts, lengths, place } = JSON.parse(out ?? "");
  assert.deepEqual(counts, [["a", 50], ["b", 100], ["c", 50]]);
  assert.deepEqual(lengths, [172_800_000, 3_600_000, 10_000]);
  assert.equal(place.uid, 65534);
  assert.equal(place.home, home);
  assert.match(place.deno, /\/work\/app-[^/]+\/0\/tspark_worker\/bin\/deno$/);
  assert.match(place.addon, /\/tspark_worker\/tspark\.node$/);
  assert.deepEqual([...Deno.readDirSync(home)], []);
});
