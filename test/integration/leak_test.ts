import assert from "node:assert/strict";
import { startSpark } from "./start_spark.ts";
import { liveJavaObjects } from "./live_objects.ts";

const ACTIONS = 2000;
const WAITING = 300; // RDDs that the collector has not looked at yet

/** Open descriptors of this process. */
function descriptors(): number {
  return [...Deno.readDirSync("/proc/self/fd")].length;
}

Deno.test("2,000 small actions leave no Java object and no descriptor behind", async () => {
  await using spark = await startSpark();
  const sc = spark.sparkContext;
  const rdd = sc.parallelize([1, 2, 3], 1);
  const act = async (i: number): Promise<void> => {
    assert.deepEqual(await rdd.map((x) => x + i).collect(), [
      1 + i,
      2 + i,
      3 + i,
    ]);
  };
  for (let i = 0; i < 100; i++) await act(i);
  const objects = await liveJavaObjects(sc);
  const open = descriptors();
  for (let i = 0; i < ACTIONS; i++) await act(i);
  const objectsAfter = await liveJavaObjects(sc);
  const openAfter = descriptors();
  console.log(
    `Java objects ${objects} -> ${objectsAfter}, descriptors ${open} -> ${openAfter}`,
  );
  // Each action makes over ten Java objects and releases them as it ends, all
  // but its RDD, which goes when V8 collects the RDD of this side: some wait.
  assert.ok(
    objectsAfter <= objects + WAITING,
    `${objects} -> ${objectsAfter}`,
  );
  assert.ok(openAfter <= open + 4, `${open} -> ${openAfter}`);
});
