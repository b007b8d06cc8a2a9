import assert from "node:assert/strict";
import {
  type AccumulatorParam,
  SparkError,
  type SparkSession,
  udf,
  WorkerError,
} from "../../mod.ts";

const SETS: AccumulatorParam<Set<number>> = {
  zero: () => new Set(),
  addInPlace: (a, b) => a.union(b),
};

/**
 * What broadcasts, accumulators and parallelized data have to do, however
 * Spark is set up.
 *
 * @param t the test
 * @param spark a session with few cores
 */
export async function checkSharedVariables(
  t: Deno.TestContext,
  spark: SparkSession,
): Promise<void> {
  const sc = spark.sparkContext;
  await t.step("parallelize() brings 10,000 objects", async () => {
    const data = Array.from({ length: 10_000 }, (_, i) => ({ i, s: `n${i}` }));
    assert.deepEqual(await sc.parallelize(data, 3).collect(), data);
  });

  await t.step("a broadcast is read by functions of several jobs", async () => {
    const names = sc.broadcast(new Map([[1, "a"], [2, "b"]]));
    const named = sc.range(4).map((i) => names.value.get(i) ?? "none");
    for (let job = 0; job < 3; job++) {
      assert.deepEqual(await named.collect(), ["none", "a", "b", "none"]);
    }
    assert.equal(names.value.size, 2);
  });

  await t.step("a broadcast holds what a function could capture", async () => {
    class Scale {
      constructor(readonly by: number) {}
      of(x: number): number {
        return x * this.by;
      }
    }
    const inner = sc.broadcast([10, 20]);
    const outer = sc.broadcast({ scale: new Scale(3), inner });
    const got = await sc.range(2)
      .map((i) => outer.value.scale.of(outer.value.inner.value[i] ?? 0))
      .collect();
    assert.deepEqual(got, [30, 60]);
  });

  await t.step(
    "plain data is broadcast as it was when it was made",
    async () => {
      const list = [1];
      const shared = sc.broadcast(list);
      list.push(2);
      const bytes = new Uint8Array(2 << 20);
      const large = sc.broadcast({ bytes });
      bytes.fill(1);
      const firsts = sc.range(1).map(() => large.value.bytes[1000]);
      assert.deepEqual(await firsts.collect(), [0]);
      const lengths = sc.range(1).map(() => shared.value.length);
      assert.deepEqual(await lengths.collect(), [1]);
    },
  );

  await t.step("a broadcast of 64 MiB arrives whole", async () => {
    const bytes = new Uint8Array(64 << 20);
    bytes[bytes.length - 1] = 7;
    const shared = sc.broadcast(bytes);
    const last = sc.range(0, 4, 1, 4).map(() => shared.value.at(-1));
    assert.deepEqual(await last.collect(), [7, 7, 7, 7]);
    await shared.destroy(true);
  });

  await t.step("a function of more than 1 MiB goes by broadcast", async () => {
    const words = Array.from({ length: 200_000 }, (_, i) => `word${i}`);
    const got = sc.range(2).map((i) => `${words[i]} of ${words.length}`);
    assert.deepEqual(await got.collect(), [
      "word0 of 200000",
      "word1 of 200000",
    ]);
  });

  await t.step("unpersist() leaves a broadcast usable", async () => {
    const shared = sc.broadcast("kept");
    const read = sc.range(2).map(() => shared.value);
    assert.deepEqual(await read.collect(), ["kept", "kept"]);
    await shared.unpersist(true);
    assert.deepEqual(await read.map((s) => s.length).collect(), [4, 4]);
  });

  await t.step("destroy() ends a broadcast", async () => {
    const shared = sc.broadcast("gone");
    await shared.destroy();
    const isGone = isDestroyed(shared.id);
    assert.throws(() => shared.value, isGone);
    await assert.rejects(sc.range(2).map(() => shared.value).count(), isGone);
    await assert.rejects(shared.unpersist(), isGone);
  });

  await t.step(
    "a broadcast that was destroyed is named, though an RDD was planned with it",
    async () => {
      const shared = sc.broadcast([1]);
      const cached = sc.range(2).map(() => shared.value.length).cache();
      const shuffled = sc.range(2)
        .map((i) => [i % 2, shared.value.length] as [number, number])
        .reduceByKey((a, b) => a + b).setName("planned");
      assert.equal(await cached.count(), 2);
      assert.equal(typeof await shuffled.id(), "number");
      await cached.unpersist(true);
      await shared.destroy();
      const isGone = isDestroyed(shared.id);
      await assert.rejects(cached.collect(), isGone);
      await assert.rejects(shuffled.collect(), isGone);
    },
  );

  await t.step(
    "a broadcast that was destroyed is named, though a query was planned with it",
    async () => {
      const shared = sc.broadcast([1]);
      const count = udf((_id: number) => shared.value.length, "int");
      const query = spark.range(2).select(count("id").as("n"));
      const cached = query.cache();
      assert.deepEqual(await cached.collect(), [{ n: 1 }, { n: 1 }]);
      await cached.unpersist(true);
      await shared.destroy();
      const isGone = isDestroyed(shared.id);
      await assert.rejects(query.collect(), isGone);
      await assert.rejects(
        spark.range(2).select(count("id").as("n")).collect(),
        isGone,
      );
    },
  );

  await t.step(
    "a value that cannot be broadcast is refused with its place",
    async () => {
      const shared = sc.broadcast({ later: Promise.resolve(1) });
      await assert.rejects(sc.range(2).map(() => shared.value).count(), {
        condition: "CAPTURE_REFUSED",
        message:
          /^Cannot capture "later" used by broadcast\(\) at .*shared_variables\.ts:\d+:\d+: a Promise cannot leave this process; await it before the function uses it\n {2}path: broadcast\(\) value\.later$/,
      });
    },
  );

  await t.step("accumulators add what the tasks of an action did", async () => {
    const count = sc.accumulator(5);
    const sum = sc.accumulator(2n ** 60n);
    const list = sc.accumulator<string[]>(["first"]);
    const set = sc.accumulator(new Set<number>(), SETS);
    const hidden = { counters: [count] };
    await sc.range(0, 100, 1, 4).foreach((i) => {
      hidden.counters[0]?.add(1);
      sum.add(BigInt(i));
      if (i % 50 === 0) list.add([`n${i}`]);
      set.add(new Set([i % 3]));
    });
    assert.equal(count.value, 105);
    assert.equal(sum.value, 2n ** 60n + 4950n);
    assert.deepEqual(list.value.toSorted(), ["first", "n0", "n50"]);
    assert.deepEqual([...set.value].sort(), [0, 1, 2]);
  });

  await t.step("an accumulator counts each action's tasks once", async () => {
    const seen = sc.accumulator(0);
    const rdd = sc.range(0, 10, 1, 2).map((i) => {
      seen.add(1);
      return i;
    });
    for (let job = 1; job <= 5; job++) {
      await rdd.count();
      assert.equal(seen.value, 10 * job);
    }
    seen.value = 0;
    await rdd.count();
    assert.equal(seen.value, 10);
  });

  await t.step("a failed task's additions do not count", async () => {
    const seen = sc.accumulator(0);
    const failing = sc.range(0, 2, 1, 1).foreach((i) => {
      seen.add(1);
      if (i === 1) throw new Error("no more");
    });
    await assert.rejects(failing, WorkerError);
    assert.equal(seen.value, 0);
  });

  await t.step("Accumulator.value is refused inside tasks", async () => {
    const seen = sc.accumulator(0);
    await assert.rejects(
      sc.range(1).map(() => seen.value).collect(),
      (error) =>
        error instanceof WorkerError &&
        error.message.includes(
          "Accumulator.value cannot be accessed inside tasks",
        ),
    );
  });

  await t.step(
    "an addInPlace() that throws on the driver fails the action",
    async () => {
      const fragile = sc.accumulator({ n: 0 }, {
        zero: () => ({ n: 0 }),
        addInPlace(a, b) {
          if (a.n + b.n > 5) throw new RangeError("too many");
          return { n: a.n + b.n };
        },
      });
      await assert.rejects(
        sc.range(0, 8, 1, 4).foreach(() => fragile.add({ n: 1 })),
        (error) =>
          error instanceof SparkError &&
          error.condition === "ACCUMULATOR_FAILED" &&
          error.message ===
            "Cannot add an accumulator's update on the driver: too many; check the addInPlace() of its param",
      );
      assert.equal(await sc.range(3).count(), 3);
    },
  );

  await t.step("accumulator() refuses what it cannot add", () => {
    assert.throws(
      () => sc.accumulator("text"),
      new TypeError(
        'Cannot make an accumulator of "text": no default accumulator param for it; give a param with zero() and addInPlace()',
      ),
    );
  });
}

/** Whether an error names a broadcast of this file that is gone. */
function isDestroyed(id: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof SparkError);
    assert.equal(error.condition, "BROADCAST_DESTROYED");
    assert.match(
      error.message,
      new RegExp(
        `^Attempted to use Broadcast\\(${id}\\) after it was destroyed: broadcast\\(\\) at shared_variables\\.ts:\\d+:\\d+ made it; destroy it when no function, and no RDD of one, needs it any more$`,
      ),
    );
    return true;
  };
}
