import assert from "node:assert/strict";
import { sharedSession } from "../shared_session.ts";

Deno.test("a hundred partitions, most of them empty, before and behind each kind of shuffle", async () => {
  const sc = (await sharedSession()).sparkContext;
  const words = sc.parallelize(["b", "a", "b", "c", "a", "b"], 100);
  assert.equal(await words.getNumPartitions(), 100);
  const counts = words.map((word): [string, number] => [word, 1])
    .reduceByKey((a, b) => a + b, 100);
  assert.equal(await counts.getNumPartitions(), 100);
  const sorted = counts.sortByKey(true, 100);
  assert.deepEqual(await sorted.collect(), [["a", 2], ["b", 3], ["c", 1]]);
  const joined = sorted.leftOuterJoin(
    sc.parallelize<[string, string]>([["a", "A"], ["z", "Z"]], 100),
    100,
  ).mapAsync(([word, [count, name = ""]]) => `${word}${count}${name}`);
  assert.deepEqual((await joined.collect()).sort(), ["a2A", "b3", "c1"]);
  assert.deepEqual(
    await words.zipWithIndex().filter(([, i]) => i > 3).collect(),
    [["a", 4], ["b", 5]],
  );
});
