import assert from "node:assert/strict";
import * as vm from "node:vm";
import {
  ClosureError,
  GatewayError,
  JavaError,
  SparkSession,
  WorkerError,
} from "../../../mod.ts";
import { ownSession, sharedSession } from "../shared_session.ts";

interface Reading {
  readonly celsius: number;
}

function checked(reading: Reading): number {
  if (reading.celsius < -273) {
    throw new RangeError(`Too cold: ${reading.celsius}`);
  }
  return reading.celsius;
}

Deno.test("errors of a job", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const one = sc.parallelize([1], 1);

  /** The error that a promise rejects with. */
  async function errorOf(promise: Promise<unknown>): Promise<Error> {
    try {
      await promise;
    } catch (error) {
      assert.ok(error instanceof Error);
      return error;
    }
    throw new assert.AssertionError({ message: "nothing was thrown" });
  }

  /** The session still works. */
  async function goesOn(): Promise<void> {
    assert.deepEqual(await one.map((x) => x + 1).collect(), [2]);
  }

  await t.step(
    "a thrown error shows the user's file, line and column",
    async () => {
      const readings: Reading[] = [{ celsius: 1 }, { celsius: -300 }];
      const error = await errorOf(
        sc.parallelize(readings, 2).map(checked).collect(),
      );
      assert.ok(error instanceof WorkerError);
      assert.equal(error.condition, "FUNCTION_FAILED");
      assert.equal(error.parameters["partition"], 1);
      assert.match(
        error.message,
        /^RangeError: Too cold: -300\n {2}in partition 1 of stage \d+ \(attempt 0\), run by collect\(\) at errors_test\.ts:\d+:\d+$/,
      );
      const throwing =
        /at checked \(file:.*\/test\/integration\/every_spark\/errors_test\.ts:\d+:11\)/;
      assert.match(error.stack ?? "", throwing);
      assert.ok(error.cause instanceof Error);
      assert.equal(error.cause.message, "Too cold: -300");
      assert.match(error.cause.stack ?? "", throwing);
      await goesOn();
    },
  );

  await t.step("a thrown non-error is described", async () => {
    const error = await errorOf(
      one.map(() => {
        throw "just text"; // deno-lint-ignore no-throw-literal
      }).collect(),
    );
    assert.match(error.message, /^Thrown string: just text\n/);
    await goesOn();
  });

  await t.step("a toString that never returns does not hang", async () => {
    const error = await errorOf(
      one.map(() => {
        throw {
          toString(): string {
            for (;;) { /* never returns */ }
          },
        };
      }).collect(),
    );
    assert.match(
      error.message,
      /^Thrown object: \{ toString: the function toString \}\n/,
    );
    await goesOn();
  });

  await t.step(
    "what was thrown is shown, error or not, with its line",
    async () => {
      const place = String
        .raw`\n {2}in partition 0 of stage \d+ \(attempt 0\), run by foreach\(\) at errors_test\.ts:\d+:\d+$`;
      const cases: [() => unknown, string][] = [
        [
          () => ({ code: 5, why: "no stock" }),
          'Thrown object: { code: 5, why: "no stock" }',
        ],
        [
          () => Object.freeze({ list: [1, null] }),
          "Thrown object: { list: [ 1, null ] }",
        ],
        [() => "text", "Thrown string: text"],
        [() => null, "Thrown object: null"],
        [() => undefined, "Thrown undefined: undefined"],
        [() => Object.freeze(new TypeError("cold")), "TypeError: cold"],
        [
          () =>
            Object.assign(new Error("no file"), {
              code: "ENOENT",
              at: { row: 3 },
            }),
          'Error: no file { code: "ENOENT", at: { row: 3 } }',
        ],
        [
          () => new AggregateError([new RangeError("a"), "b"], "many"),
          'AggregateError: many { errors: [ RangeError: a, "b" ] }',
        ],
        [
          () => new DOMException("too late", "TimeoutError"),
          "TimeoutError: too late",
        ],
        [
          () => vm.runInNewContext('new RangeError("elsewhere")'),
          "RangeError: elsewhere",
        ],
      ];
      for (const [make, text] of cases) {
        const error = await errorOf(one.foreach(() => {
          throw make();
        }));
        assert.ok(error instanceof WorkerError);
        assert.equal(error.message.slice(0, text.length), text);
        const from = text.startsWith("Thrown")
          ? String
            .raw`^\n {2}in the function of foreach\(\) at errors_test\.ts:\d+:\d+`
          : "^";
        assert.match(
          error.message.slice(text.length),
          new RegExp(from + place),
        );
      }
      const error = await errorOf(one.foreach(() => {
        throw Object.assign(new Error("no file"), { code: "ENOENT" });
      }));
      assert.equal((error.cause as { code?: string }).code, "ENOENT");
      assert.equal((error.cause as Error).message, "no file");
      await goesOn();
    },
  );

  await t.step(
    "a thrown value says whose function it may be from",
    async () => {
      const error = await errorOf(
        one.filter((x) => x > 0).map((x): number => {
          throw { x }; // deno-lint-ignore no-throw-literal
        }).keyBy((x) => x).count(),
      );
      assert.match(
        error.message,
        /^Thrown object: \{ x: 1 \}\n {2}in a function of filter\(\) at errors_test\.ts:(\d+):\d+ or map\(\) at errors_test\.ts:\1:\d+ or keyBy\(\) at errors_test\.ts:\d+:\d+\n {2}in partition 0/,
      );
      await goesOn();
    },
  );

  await t.step("an undefined key is a key like any other", async () => {
    const sums = await sc.parallelize<[string | undefined, number]>([
      [undefined, 1],
      ["a", 2],
      [undefined, 3],
    ], 2).reduceByKey((a, b) => a + b).collect();
    assert.deepEqual(
      new Map(sums),
      new Map([[undefined, 4], ["a", 2]] as [string | undefined, number][]),
    );
  });

  await t.step("what cannot be a key is refused by name", async () => {
    const error = await errorOf(
      one.map((x) => [() => x, 1]).reduceByKey((a, b) => a + b).collect(),
    );
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "KEY_NOT_COMPARABLE");
    await goesOn();
  });

  await t.step("what cannot be a record is refused by its place", async () => {
    const error = await errorOf(one.map(() => ({ f: () => 1 })).collect());
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "RECORD_NOT_SERIALIZABLE");
    assert.match(error.message, /\[0\]\.f/);
    const promise = await errorOf(one.map(() => Promise.resolve(1)).collect());
    assert.ok(promise instanceof WorkerError);
    assert.equal(promise.condition, "RECORD_NOT_SERIALIZABLE");
    await goesOn();
  });

  await t.step("a missing file is Spark's own error", async () => {
    const error = await errorOf(
      sc.textFile("/no/such/file.txt").count(),
    );
    assert.ok(error instanceof JavaError);
    assert.equal(
      error.javaClass,
      "org.apache.hadoop.mapred.InvalidInputException",
    );
    assert.match(
      error.message,
      /Input path does not exist: file:\/no\/such\/file\.txt/,
    );
    assert.match(error.javaStack, /FileInputFormat/);
    await goesOn();
  });

  await t.step(
    "a function that cannot be serialized fails before any task",
    async () => {
      const error = await errorOf(
        one.map((x) => sc.defaultParallelism + x).collect(),
      );
      assert.ok(error instanceof ClosureError);
      assert.match(
        error.message,
        /a SparkContext cannot be used inside a function that runs on the workers/,
      );
      const rdd = await errorOf(one.map(() => one).collect());
      assert.match(rdd.message, /transformations and actions are the driver's/);
      await goesOn();
    },
  );

  await t.step(
    "a worker that ends itself is reported, and the next job runs",
    async () => {
      const error = await errorOf(one.map(() => Deno.exit(3)).collect());
      assert.match(
        error.message,
        /its function ended the worker process by Deno\.exit\(\) or process\.exit\(\); throw an error there instead/,
      );
      await goesOn();
    },
  );

  await t.step(
    "a nested getOrCreate joins and does not stop the session",
    async () => {
      {
        await using nested = await SparkSession.builder.appName("other")
          .getOrCreate();
        assert.equal(
          nested.sparkContext.applicationId,
          sc.applicationId,
        );
      }
      await goesOn();
    },
  );

  await t.step("setLogLevel() takes Spark's levels only", async () => {
    await sc.setLogLevel("ERROR");
    await assert.rejects(sc.setLogLevel("LOUD" as "ERROR"), {
      message:
        'Cannot set the log level "LOUD": give one of ALL, DEBUG, ERROR, FATAL, INFO, OFF, TRACE, WARN',
    });
  });
});

Deno.test("after stop() a new session can be started, and the old one says so", async () => {
  const first = await ownSession();
  const rdd = first.sparkContext.parallelize([1]);
  const frame = first.range(2);
  const table = first.sparkContext.broadcast("old");
  const seen = first.sparkContext.accumulator(0);
  await first.stop();
  await assert.rejects(rdd.collect(), GatewayError);
  await using second = await ownSession();
  const sc = second.sparkContext;
  const one = sc.parallelize([1]);
  assert.equal(await one.count(), 1);
  assert.throws(() => second.range(2).join(frame, ["id"]), {
    name: "TypeError",
    message:
      "Cannot run join() over frames of two applications: make both with the same session",
  });
  // They have the numbers of the old ones.
  const otherTable = sc.broadcast("new");
  const otherSeen = sc.accumulator(0);
  await assert.rejects(
    one.map(() => table.value + otherTable.value).collect(),
    {
      name: "GatewayError",
      condition: "APPLICATION_STOPPED",
      message:
        /^Cannot use Broadcast\(0\), which broadcast\(\) at errors_test\.ts:\d+:\d+ made, in a function: stop\(\) at errors_test\.ts:\d+:\d+ has stopped its application; make it again in the new session$/,
    },
  );
  await assert.rejects(one.foreach(() => seen.add(100)), {
    condition: "APPLICATION_STOPPED",
    message:
      /^Cannot use Accumulator\(1\), which accumulator\(\) at errors_test/,
  });
  await one.foreach(() => otherSeen.add(1));
  assert.deepEqual([seen.value, otherSeen.value], [0, 1]);
});
