/** Values that must not be lost or changed on the way: the program's own, and those of records. */
import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("values of programs and records", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;

  await t.step(
    "neutral values stay as they are, whatever functions do to them",
    async () => {
      const words = sc.parallelize(["x", "y", "x", "z"], 2);
      const none: string[] = [];
      const add = (list: string[], word: string): string[] => {
        list.push(word);
        return list;
      };
      const append = (a: string[], b: string[]): string[] => {
        a.push(...b);
        return a;
      };
      const lists = words.map((word) => [[word]] as string[][]).map(([list]) =>
        list ?? []
      );
      const zero = new Map<string, string[]>();
      const gather = (map: Map<string, string[]>, word: string): typeof map =>
        map.set(word, [...(map.get(word) ?? []), word]);
      const merge = (a: typeof zero, b: typeof zero): typeof zero => {
        for (const [word, list] of b) {
          a.set(word, [
            ...(a.get(word) ?? []),
            ...list,
          ]);
        }
        return a;
      };
      for (let round = 0; round < 2; round++) {
        const whole = await words.aggregate(none, add, append);
        assert.deepEqual(whole, ["x", "y", "x", "z"]);
        const folded = await lists.fold(none, append);
        assert.deepEqual(folded, ["x", "y", "x", "z"]);
        const tree = await words.treeAggregate(none, add, append);
        assert.deepEqual(tree, ["x", "y", "x", "z"]);
        const map = await words.aggregate(zero, gather, merge);
        assert.deepEqual(map.get("x"), ["x", "x"]);
        const byKey = words.map((word) => [word, word])
          .aggregateByKey(none, add, append);
        assert.deepEqual(sorted(await byKey.collect()), [
          ["x", ["x", "x"]],
          ["y", ["y"]],
          ["z", ["z"]],
        ]);
        const foldedByKey = words.map((word) =>
          [word, [word]] as [string, string[]]
        ).foldByKey(none, append);
        assert.deepEqual(sorted(await foldedByKey.collect()), [
          ["x", ["x", "x"]],
          ["y", ["y"]],
          ["z", ["z"]],
        ]);
        const nothing = await sc.emptyRDD<string>().aggregate(
          none,
          add,
          append,
        );
        nothing.push("the program's");
        const noTree = await sc.emptyRDD<string>()
          .treeAggregate(none, add, append);
        noTree.push("the program's");
      }
      assert.deepEqual(none, []);
      assert.equal(zero.size, 0);
    },
  );

  await t.step(
    "a partition function counts with what it captured",
    async () => {
      let n = 2;
      const place = (key: number): number => key % n;
      const pairs = (): RDD<[number, number]> =>
        sc.range(6).map((key) => [key, key]);
      const one = pairs().partitionBy(4, place);
      await one.count();
      const same = pairs().partitionBy(4, place);
      await same.count();
      n = 3;
      const other = pairs().partitionBy(4, place);
      assert.equal(await one.join(other).count(), 6);
      assert.equal(
        await one.leftOuterJoin(other).filter(([, [, b]]) => b === undefined)
          .count(),
        0,
      );
      assert.equal(await one.cogroup(other).count(), 6);
      assert.equal(await one.subtractByKey(other).count(), 0);
      const sums = one.union(other).reduceByKey((a, b) => a + b, 4, place);
      assert.deepEqual(
        sorted(await sums.collect()),
        [0, 1, 2, 3, 4, 5].map((k) => [k, 2 * k]),
      );
      for (let key = 0; key < 6; key++) {
        assert.deepEqual(await one.lookup(key), [key]);
        assert.deepEqual(await other.lookup(key), [key]);
      }
      // Those that captured the same are still joined without a shuffle.
      const text = await one.join(same).toDebugString();
      assert.equal(new Set(text.match(/ShuffledRDD\[\d+\]/g)).size, 2);
      assert.equal(await one.join(same).count(), 6);
    },
  );

  await t.step("sums are of numbers, or refused", async () => {
    const refused: readonly [unknown[], RegExp][] = [
      [["1", "02"], /Cannot take "1" for a number: give an RDD of numbers/],
      [[1, null], /Cannot take null for a number: give an RDD of numbers/],
      [
        [3n],
        /Cannot take bigint for a number: give an RDD of numbers, or merge bigints such as 3n by fold\(0n, \(a, b\) => a \+ b\)/,
      ],
    ];
    for (const [records, message] of refused) {
      const wrong = sc.parallelize(records, 1) as RDD<number>;
      await failsInWorker(wrong.sum(), "FUNCTION_FAILED", message);
      await failsInWorker(wrong.mean(), "FUNCTION_FAILED", message);
      await failsInWorker(wrong.stats(), "FUNCTION_FAILED", message);
      await failsInWorker(wrong.sumApprox(60_000), "FUNCTION_FAILED", message);
    }
    const long = sc.parallelize([2n ** 62n, 2n ** 62n], 2);
    assert.equal(await long.fold(0n, (a, b) => a + b), 2n ** 63n);
    const none = sc.parallelize<number>([], 2);
    assert.equal(await none.sum(), 0);
  });

  await t.step("stats() and max() have one order", async () => {
    for (const numbers of [[NaN, 1, 3, 2], [1, 3, NaN, 2], [2, 1]]) {
      const rdd = sc.parallelize(numbers, 2);
      const stats = await rdd.stats();
      assert.equal(stats.max(), await rdd.max());
      assert.equal(stats.min(), await rdd.min());
    }
  });

  await t.step("text of records loses nothing", async () => {
    const folder = await Deno.makeTempDir();
    try {
      const records: unknown[] = [
        new Map<unknown, unknown>([["k", 1], [2, new Set(["a"])]]),
        new Set([1]),
        [NaN, 2n, -0, Infinity],
        { at: new Date(0), bytes: new Uint8Array([1, 2]) },
      ];
      const lines = [
        '[["k",1],[2,["a"]]]',
        "[1]",
        '["NaN","2",-0,"Infinity"]',
        '{"at":"1970-01-01T00:00:00.000Z","bytes":[1,2]}',
      ];
      const rdd = sc.parallelize(records, 2);
      await rdd.saveAsTextFile(`${folder}/text`);
      assert.deepEqual(await sc.textFile(`${folder}/text`).collect(), lines);
      assert.deepEqual(await rdd.pipe("cat").collect(), lines);
      const hidden = sc.parallelize([1]).map(() => [new WeakSet()]);
      await failsInWorker(
        hidden.saveAsTextFile(`${folder}/hidden`),
        "RECORD_NOT_TEXT",
        /Cannot write a record as text: record\[0\] is an object of class WeakSet, which would be lost; map the record to a string first/,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  await t.step(
    "matches keep index, input, groups and indices past cache(), shuffles and collect()",
    async () => {
      const pattern = /(?<word>[a-z]+) (?<count>\d+)/d;
      const lines = ["ant 3", "bee 1", "cat 2"];
      const matches = sc.parallelize(lines, 2).map((line) =>
        pattern.exec(line) as RegExpExecArray
      ).cache();
      const wanted = lines.map((line) => pattern.exec(line));
      const keys = (match: object | null): string[] =>
        Reflect.ownKeys(match ?? {}).map(String);
      for (
        const found of [
          await matches.collect(),
          await matches.collect(),
          await matches.sortBy((match) => match.input).collect(),
          await matches.map((match) => [match.input, match])
            .repartition(3).sortByKey().values().collect(),
        ]
      ) {
        assert.deepEqual(found, wanted);
        assert.deepEqual(found.map(keys), wanted.map(keys));
        assert.equal(found[1]?.groups?.["word"], "bee");
        assert.deepEqual(found[2]?.indices?.groups?.["count"], [4, 5]);
      }
      const counts = matches.map((match) => Number(match.groups?.["count"]));
      assert.equal(await counts.sum(), 6);
      matches.unpersist();
    },
  );

  await t.step(
    "properties that would stay behind are refused with their path, at home and in a worker",
    async () => {
      const noted = (): object[] => [
        [1],
        { a: 1 },
        { rows: [0, Object.assign([2], { columns: ["a"] })] },
      ];
      const text =
        /Cannot serialize record "\[2\]\.rows\[1\]\.columns": an array is serialized without properties of its own; keep both in an object/;
      await assert.rejects(sc.parallelize(noted(), 1).count(), {
        condition: "RECORD_NOT_SERIALIZABLE",
        message: text,
      });
      const made = sc.parallelize([1], 1).flatMap(noted);
      await failsInWorker(made.collect(), "RECORD_NOT_SERIALIZABLE", text);
      const rare = sc.range(200_000, undefined, 1, 1).map((n) => {
        const pair: [number, number] = [n % 7, n];
        if (n === 199_999) Object.defineProperty(pair, "late", { value: 1 });
        return pair;
      });
      await failsInWorker(
        rare.groupByKey().count(),
        "RECORD_NOT_SERIALIZABLE",
        /record "\[\d+\]\.late"/,
      );
      const sign = Symbol.for("sign");
      const shared = sc.broadcast(Object.assign([2], { note: "n", [sign]: 3 }));
      const told = await sc.parallelize([1]).map(() =>
        `${shared.value} ${shared.value.note} ${shared.value[sign]}`
      ).collect();
      assert.deepEqual(told, ["2 n 3"]); // as captured variables, these travel whole
    },
  );

  await t.step(
    "values of Temporal are records, keys, captured, broadcast and sorted",
    async () => {
      const instants = [
        "2024-01-02T00:00:00Z",
        "2024-01-01T00:00:00.123456789Z",
        "2024-01-01T00:00:00.123456789Z",
      ].map((text) => Temporal.Instant.from(text));
      const times = sc.parallelize(instants, 3);
      assert.equal(await times.distinct().count(), 2);
      const [latest] = instants;
      const others = sc.parallelize(instants.slice(0, 1), 2);
      const left = await times.subtract(others).collect();
      assert.deepEqual(left.map(String), instants.slice(1).map(String));
      const both = await times.intersection(others).collect();
      assert.deepEqual(both.map(String), [String(latest)]);
      const ordered = await times.sortBy((time) => time).collect();
      assert.deepEqual(ordered.map(String), [
        "2024-01-01T00:00:00.123456789Z",
        "2024-01-01T00:00:00.123456789Z",
        "2024-01-02T00:00:00Z",
      ]);
      const one = Temporal.Duration.from({ minutes: 90 });
      const zone = sc.broadcast(
        Temporal.ZonedDateTime.from("2024-01-01T12:00[Europe/Rome]"),
      );
      const later = await times.map((time) =>
        [
          time.add(one).toZonedDateTimeISO(zone.value.timeZoneId)
            .toPlainDate(),
          1,
        ] as [Temporal.PlainDate, number]
      ).reduceByKey((a, b) => a + b).sortByKey().collect();
      assert.deepEqual(later.map(([day, n]) => `${day} ${n}`), [
        "2024-01-01 2",
        "2024-01-02 1",
      ]);
      const first = ordered[0] as Temporal.Instant;
      const local = first.toZonedDateTimeISO("Europe/Rome");
      const each = [
        first,
        local,
        local.toPlainDate(),
        local.toPlainTime(),
        local.toPlainDateTime(),
        local.toPlainDate().toPlainYearMonth(),
        local.toPlainDate().toPlainMonthDay(),
        one,
      ];
      const back = await sc.parallelize(each, 2).map((value) => [value, 1])
        .groupByKey().keys().sortBy((value) => value).collect();
      assert.deepEqual(
        back.map((value) =>
          `${Object.prototype.toString.call(value)} ${value}`
        ),
        each.map((value) =>
          `${Object.prototype.toString.call(value)} ${value}`
        ),
      );
    },
  );
});
