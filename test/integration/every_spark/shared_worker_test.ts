import assert from "node:assert/strict";
import {
  type RDD,
  type SparkContext,
  type SparkError,
  udf,
} from "../../../mod.ts";
import { workers } from "../processes.ts";
import { ownSession } from "../shared_session.ts";

/** What a function does to its worker; the next job must not notice. */
const CHANGES: Readonly<Record<string, () => void>> = {
  "Map.prototype.get": () => {
    Map.prototype.get = () => undefined;
  },
  "DataView.prototype.setFloat64": () => {
    DataView.prototype.setFloat64 = () => {};
  },
  "String.prototype.charCodeAt": () => {
    String.prototype.charCodeAt = () => 65;
  },
  "Uint8Array.prototype.set": () => {
    Uint8Array.prototype.set = () => {};
  },
  "String.prototype.isWellFormed": () => {
    String.prototype.isWellFormed = () => false;
  },
  "TextDecoder.prototype.decode": () => {
    TextDecoder.prototype.decode = () => "?";
  },
  "Object.prototype.then": () => {
    Object.defineProperty(Object.prototype, "then", {
      configurable: true,
      value: undefined,
    });
  },
};

// One core, so that each job could get the worker of the one before.
Deno.test("jobs that share a worker do not notice one another", async (t) => {
  await using spark = await ownSession({ "spark.master": "local[1]" });
  const sc = spark.sparkContext;

  for (const [name, change] of Object.entries(CHANGES)) {
    await t.step(`${name} is changed by a task before`, async () => {
      await sc.parallelize([1], 1).foreach(change);
      assert.deepEqual(await keyed(sc, () => {}), KEYED);
    });
    await t.step(`${name} is changed by the task itself`, async () => {
      assert.deepEqual(await keyed(sc, change), KEYED);
      assert.deepEqual(await piped(sc, change), ["ä1", "ä2", "ä3"]);
    });
  }

  for (const [kind, names] of Object.entries(SWEPT)) {
    await t.step(
      `a job is right behind one that replaced every method of ${kind}`,
      async () => {
        await sc.parallelize([1], 1).foreach(() => replaceAll(names));
        assert.deepEqual(await keyed(sc, () => {}), KEYED);
      },
    );
  }

  for (const [operation, run] of Object.entries(OPERATIONS)) {
    await t.step(
      `${operation} is right while a function changes what it goes through`,
      async () => {
        const expected = await run(sc, () => {});
        for (const change of [...Object.values(CHANGES), changeArrays]) {
          assert.deepEqual(await run(sc, change), expected);
        }
      },
    );
  }

  await t.step("the worker is another one only after a change", async () => {
    const pid = (): Promise<number> =>
      sc.parallelize([0], 1).map(() => Deno.pid).first();
    const first = await pid();
    assert.equal(await pid(), first);
    await sc.parallelize([0], 1).foreach(() => {
      Object.assign(Array.prototype, { last: () => 1 }); // no name of ours
    });
    assert.equal(await pid(), first);
    await sc.parallelize([0], 1).foreach(() => {
      Math.max = () => 1;
    });
    assert.notEqual(await pid(), first);
  });

  await t.step(
    "a callback that is left behind fails no other job",
    async () => {
      const pid = await sc.parallelize([1], 1).map(() => {
        setTimeout(() => {
          throw new Error("left behind");
        }, 50);
        return Deno.pid;
      }).first();
      const slow = sc.range(0, 10, 1, 1).map((n) => {
        for (const end = Date.now() + 20; Date.now() < end;) { /* busy */ }
        return [n, Deno.pid] as const;
      });
      const seen = await slow.collect();
      assert.deepEqual(seen.map(([n]) => n), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.equal(seen[0]?.[1], pid);
      const next = await sc.parallelize([0], 1).map(() => Deno.pid).first();
      assert.notEqual(next, pid);
    },
  );

  await t.step("nor does a promise, while the other job awaits", async () => {
    await sc.parallelize([1], 1).foreach(() => {
      setTimeout(() => Promise.reject(new Error("left behind")), 50);
    });
    const waited = await sc.parallelize([1, 2], 1).mapAsync(async (n) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return n;
    }).collect();
    assert.deepEqual(waited, [1, 2]);
  });

  await t.step("nor does what functions of queries leave behind", async () => {
    const throwLater = (): number => {
      setTimeout(() => {
        throw new Error("left behind");
      }, 50);
      setTimeout(() => Promise.reject(new Error("left behind")), 50);
      return Deno.pid;
    };
    const one = spark.range(0, 1, 1, 1);
    const slowly = udf((n: number) => {
      for (const end = Date.now() + 20; Date.now() < end;) { /* busy */ }
      return [n, Deno.pid];
    }, "array<bigint>");
    const slow = spark.range(0, 10, 1, 1).select(slowly("id").as("seen"));
    const leave = udf(throwLater, "int");
    const strays = {
      "udf()": one.select(leave().as("pid")),
      "mapPartitions()": one.mapPartitions(
        () => [[throwLater()]],
        "pid INT",
      ),
      "flatMapGroups()": one.groupBy("id").flatMapGroups(
        () => [[throwLater()]],
        "pid INT",
      ),
    };
    for (const [name, left] of Object.entries(strays)) {
      const [row] = await left.collect();
      const seen = (await slow.collect()).map((row) => row.seen as number[]);
      assert.deepEqual(
        seen.map(([n]) => n),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        name,
      );
      assert.equal(seen[0]?.[1], Number(row?.pid), name);
      const [after] = await one.select(udf(() => Deno.pid, "int")().as("pid"))
        .collect();
      assert.notEqual(after?.pid, Number(row?.pid), name);
    }
  });

  await t.step("stop() ends a job of chained joins", async () => {
    const pairs = sc.parallelize<[number, number]>([[1, 1], [2, 1]], 2);
    let joined = pairs;
    for (let i = 0; i < 12; i++) {
      joined = joined.join(pairs).mapValues(([a, b]) => {
        for (const end = Date.now() + 1000; Date.now() < end;) { /* busy */ }
        return a + b;
      });
    }
    const job = joined.collect().then(() => null, (error: unknown) => error);
    // Workers of jobs before may be there still: a stage has to run too.
    const active = () => sc.statusTracker().getActiveStageIds();
    for (
      const end = Date.now() + 60_000;
      (await active()).length === 0 || workers().length < 3;
    ) assert.ok(Date.now() < end, "the job does not begin");
    const started = Date.now();
    await spark.stop();
    assert.ok(Date.now() - started < 20_000);
    assert.equal((await job as SparkError).condition, "APPLICATION_STOPPED");
  });
});

/** Texts, as a program is handed them. */
async function piped(sc: SparkContext, change: () => void): Promise<string[]> {
  const records = sc.parallelize([1, 2, 3], 1).map((n) => {
    change();
    return `ä${n}`;
  });
  return await records.pipe("cat").collect();
}

const WORDS = ["one", "two", "three", "a much longer word", "ünï", ""];

/** Sums by keys of all kinds, with a shuffle, after a function that changes something. */
async function keyed(
  sc: SparkContext,
  change: () => void,
): Promise<unknown[]> {
  const records = Array.from(
    { length: 600 },
    (_, i) => [WORDS[i % WORDS.length] ?? "", i + 0.5] as [string, number],
  );
  const sums = await sc.parallelize(records, 2).map(([word, n]) => {
    change();
    return [word, n] as [string, number];
  }).reduceByKey((a, b) => a + b, 2).collect();
  const groups = await sc.parallelize(records, 2).map(([word, n]) => {
    change();
    return [[word, n % 2], 1n] as [[string, number], bigint];
  }).countByKey();
  return [
    sums.sort(([a], [b]) => a < b ? -1 : 1),
    [...groups].map(([key, count]) => `${key[0]} ${key[1]} ${count}`).sort(),
  ];
}

const KEYED: unknown[] = [
  WORDS.map((word, at) => [
    word,
    Array.from({ length: 100 }, (_, i) => at + 6 * i + 0.5)
      .reduce((a, b) => a + b),
  ]).sort(([a = ""], [b = ""]) => a < b ? -1 : 1),
  WORDS.map((word, at) => `${word} ${at % 2 + 0.5} 100`).sort(),
];

/** Globals whose methods a function replaces all at once, by kinds. */
const SWEPT: Readonly<Record<string, readonly string[]>> = {
  collections: ["Map", "Set", "WeakMap", "Iterator"],
  bytes: ["DataView", "Uint8Array", "Float64Array", "ArrayBuffer"],
  texts: ["String", "RegExp", "TextDecoder", "TextEncoder", "Number", "BigInt"],
  objects: ["Object", "Function", "Symbol", "Date", "Math", "JSON", "Reflect"],
  promises: ["Promise"],
};

/** Makes all functions of these globals, and of their prototypes, do nothing. */
function replaceAll(names: readonly string[]): void {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { ownKeys } = Reflect;
  const nothing = (): undefined => undefined;
  const holders: object[] = [];
  for (let i = 0; i < names.length; i++) {
    const value = (globalThis as unknown as Record<string, unknown>)[
      names[i] as string
    ] as { prototype?: object };
    holders[holders.length] = value;
    if (value.prototype === undefined) continue;
    holders[holders.length] = value.prototype;
    // Typed arrays have their methods one above.
    const above = getPrototypeOf(value.prototype) as object | null;
    if (above !== null && above !== Object.prototype) {
      holders[holders.length] = above;
    }
  }
  for (let i = 0; i < holders.length; i++) {
    const holder = holders[i] as object;
    const keys = ownKeys(holder);
    for (let j = 0; j < keys.length; j++) {
      const key = keys[j] as PropertyKey;
      const property = getOwnPropertyDescriptor(holder, key);
      if (
        key === "constructor" || property?.configurable !== true ||
        typeof property.value !== "function"
      ) continue;
      defineProperty(holder, key, { value: nothing });
    }
  }
}

function changeArrays(): void {
  Array.prototype.push = () => 0;
  Array.prototype.sort = function () {
    return this;
  };
  Array.prototype.slice = () => [];
}

type Run = (sc: SparkContext, change: () => void) => Promise<unknown>;

const LETTERS = ["b", "a", "c", "a", "ü", "b"];

/** Pairs that a function makes, which changes something at its first record. */
function changing(
  sc: SparkContext,
  change: () => void,
): RDD<[string, number]> {
  return sc.parallelize(LETTERS, 1).map((letter): [string, number] => {
    if (letter === "b") change();
    return [letter, 1.5];
  });
}

/** What goes through our own code behind a function. */
const OPERATIONS: Readonly<Record<string, Run>> = {
  "a sort": (sc, change) => changing(sc, change).sortByKey(false, 2).collect(),
  "a sort by value": (sc, change) =>
    changing(sc, change).sortBy(([letter]) => letter, true, 1).collect(),
  "a join": async (sc, change) => {
    const others = sc.parallelize([["a", 1n], ["ü", 2n]] as [string, bigint][]);
    return ordered(await changing(sc, change).join(others, 2).collect());
  },
  "a cogroup": async (sc, change) => {
    const others = sc.parallelize([["a", null]] as [string, null][]);
    const groups = await changing(sc, change).cogroup(others, 1).collect();
    return ordered(groups.map(([key, [a, b]]) => [key, [...a], [...b]]));
  },
  "a file's lines": async (sc, change) => {
    const lines = sc.textFile(new URL(import.meta.url).pathname, 1);
    return await lines.map((line) => {
      change();
      return line;
    }).distinct(1).count();
  },
  "mapAsync()": async (sc, change) =>
    await sc.parallelize(LETTERS, 1).mapAsync(async (letter) => {
      await null;
      if (letter === "c") change();
      return [letter];
    }).collect(),
};

function ordered(pairs: readonly (readonly unknown[])[]): unknown[] {
  return [...pairs].sort(([a], [b]) => String(a) < String(b) ? -1 : 1);
}
