import assert from "node:assert/strict";
import { collectGarbage } from "../collect_garbage.ts";
import { startSpark } from "./start_spark.ts";
import { liveJavaObjects } from "./live_objects.ts";

const ACTIONS = 2000;
const SLACK = 20; // objects of calls that are under way

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
  // An action releases its Java objects as it ends, all but its RDD, which
  // goes when V8 collects the RDD of this side.
  await collectGarbage();
  const objects = await liveJavaObjects(sc);
  const open = descriptors();
  for (let i = 0; i < ACTIONS; i++) await act(i);
  await collectGarbage();
  const objectsAfter = await liveJavaObjects(sc);
  const openAfter = descriptors();
  console.log(
    `Java objects ${objects} -> ${objectsAfter}, descriptors ${open} -> ${openAfter}`,
  );
  assert.ok(objectsAfter <= objects + SLACK, `${objects} -> ${objectsAfter}`);
  assert.ok(openAfter <= open + 4, `${open} -> ${openAfter}`);
});
