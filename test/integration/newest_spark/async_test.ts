import assert from "node:assert/strict";
import { WorkerError } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

/** Counts how many requests are answered at once, and answers each when `size` of them wait. */
function startServer(): {
  url: string;
  most: () => number;
  requests: () => number;
  [Symbol.asyncDispose](): Promise<void>;
} {
  let [now, most, requests] = [0, 0, 0];
  let failures = 2;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      requests++;
      now++;
      most = Math.max(most, now);
      try {
        // Lets other requests in, so that some are under way together.
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (pathname === "/flaky" && failures-- > 0) {
          return new Response("not yet", { status: 503 });
        }
        if (pathname === "/hang") await new Promise(() => {});
        return new Response(pathname.slice(1));
      } finally {
        now--;
      }
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    most: () => most,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}

Deno.test("functions that await", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  await using server = startServer();
  const { url } = server;
  const numbers = Array.from({ length: 100 }, (_, i) => i);

  for (const partitions of [1, 3, 8]) {
    await t.step(
      `mapAsync() fetches over ${partitions} partitions, in order`,
      async () => {
        const fetched = sc.parallelize(numbers, partitions).mapAsync(
          async (n) => Number(await (await fetch(`${url}/${n}`)).text()),
          { concurrency: 5 },
        );
        assert.deepEqual(await fetched.collect(), numbers);
        assert.equal(await fetched.map((n) => n + 1).count(), 100);
      },
    );
  }

  await t.step("no more calls are under way than allowed", () => {
    assert.ok(server.most() > 1 && server.most() <= 2 * 5, `${server.most()}`);
  });

  await t.step("mapAsync() before and behind a shuffle", async () => {
    const sums = sc.parallelize(numbers, 3)
      .map((n) => n + 1)
      .mapAsync(async (n): Promise<[string, number]> => {
        await fetch(`${url}/${n}`).then((answer) => answer.text());
        return [n % 2 === 0 ? "even" : "odd", n];
      }, { ordered: false })
      .reduceByKey((a, b) => a + b)
      .mapAsync(([key, sum]) => `${key}: ${sum}`);
    assert.deepEqual((await sums.collect()).sort(), [
      "even: 2550",
      "odd: 2500",
    ]);
  });

  await t.step(
    "flatMapAsync() takes lists, generators and promises",
    async () => {
      const items = sc.parallelize([1, 2, 3], 2).flatMapAsync(
        async function* (n) {
          for (let i = 0; i < n; i++) {
            yield (await fetch(`${url}/${n}`)).text();
          }
        },
      );
      assert.deepEqual(await items.collect(), ["1", "2", "2", "3", "3", "3"]);
      const lists = sc.parallelize([1, 2], 2).flatMapAsync((n) =>
        Promise.resolve([n, -n])
      );
      assert.deepEqual(await lists.collect(), [1, -1, 2, -2]);
    },
  );

  await t.step("retries are made, and a time-out ends a call", async () => {
    const flaky = sc.parallelize(["flaky"], 1).mapAsync(async (path) => {
      const answer = await fetch(`${url}/${path}`);
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      return text;
    }, { retries: 2, retryDelayMs: 1 });
    assert.deepEqual(await flaky.collect(), ["flaky"]);

    const never = sc.parallelize(["never"], 1).mapAsync(
      () => new Promise<string>(() => {}),
      { timeoutMs: 20, retries: 1 },
    );
    const error = await errorOf(never.collect());
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "RETRIES_FAILED");
    assert.match(
      error.message,
      /^Cannot get a result of the function of mapAsync\(\) at async_test\.ts:\d+:\d+ for the record "never": 2 attempts failed, the last one with WorkerError: Cannot wait any longer for the function of mapAsync\(\) at async_test\.ts:\d+:\d+: after 20 ms it has not finished with the record "never"; raise "timeoutMs", or lower "concurrency" where calls hold each other up\n/,
    );
  });

  await t.step("a rejection shows the user's file and line", async () => {
    const error = await errorOf(
      sc.parallelize(numbers, 2).mapAsync(async (n) => {
        await Promise.resolve();
        if (n === 70) throw new RangeError(`Cannot fetch ${n}`);
        return n;
      }).collect(),
    );
    assert.ok(error instanceof WorkerError);
    assert.match(
      error.message,
      /^RangeError: Cannot fetch 70\n {2}in partition 1/,
    );
    assert.match(error.stack ?? "", /async_test\.ts:\d+:\d+/);
  });

  await t.step("an error in the middle of much input is told", async () => {
    const many = sc.range(0, 4_000_000, 1, 1).map((n) => `record ${n}`);
    const failing = await errorOf(
      many.mapAsync((line) => {
        if (line.endsWith(" 5000")) throw new RangeError(line);
        return line;
      }).collect(),
    );
    assert.match(failing.message, /^RangeError: record 5000\n/);
  });

  await t.step("a promise left behind fails the task, clearly", async () => {
    const error = await errorOf(
      sc.parallelize([1], 1).mapAsync((n) => {
        Promise.reject(new TypeError("left behind"));
        return new Promise<number>(() => n);
      }).collect(),
    );
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "REJECTION_UNHANDLED");
    const blocking = await errorOf(
      sc.parallelize([1], 1).map((n) => {
        Promise.reject(new TypeError("left behind"));
        return n;
      }).collect(),
    );
    assert.ok(blocking instanceof WorkerError);
    assert.equal(blocking.condition, "REJECTION_UNHANDLED");
    assert.ok(blocking.cause instanceof Error);
    const timer = await errorOf(
      sc.parallelize([1], 1).mapAsync(() => {
        setTimeout(() => {
          throw new TypeError("from a timer");
        });
        return new Promise<number>(() => {});
      }).collect(),
    );
    assert.ok(timer instanceof WorkerError);
    assert.equal(timer.condition, "CALLBACK_FAILED");
    const hanging = await errorOf(
      sc.parallelize([1], 1).mapAsync(() => new Promise(() => {})).collect(),
    );
    assert.ok(hanging instanceof WorkerError);
    assert.equal(hanging.condition, "PROMISE_NEVER_SETTLED");
  });

  await t.step("mapPartitions() takes asynchronous generators", async () => {
    for (const partitions of [1, 3, 8]) {
      const rdd = sc.parallelize(numbers, partitions);
      const doubled = rdd.mapPartitions(async function* (records) {
        for await (const n of records) {
          yield Number(await (await fetch(`${url}/${n}`)).text()) * 2;
        }
      });
      assert.deepEqual(await doubled.collect(), numbers.map((n) => n * 2));
      const sums = rdd.mapPartitionsWithIndex(async (index, records) => {
        await fetch(`${url}/${index}`).then((answer) => answer.text());
        return [records.reduce((sum, n) => sum + n, 0)];
      });
      assert.equal((await sums.collect()).length, partitions);
      assert.equal(await sums.sum(), 4950);
    }
  });

  await t.step(
    "foreachAsync() and foreachPartition() call the function",
    async () => {
      const before = server.requests();
      await sc.parallelize(numbers, 3).foreachAsync(async (n) => {
        await fetch(`${url}/${n}`).then((answer) => answer.text());
      });
      assert.equal(server.requests() - before, 100);
      await sc.parallelize(numbers, 3).foreachPartition(async (records) => {
        for await (const n of records) {
          if (n % 10 === 0) {
            await fetch(`${url}/${n}`).then((answer) => answer.text());
          }
        }
      });
      assert.equal(server.requests() - before, 110);
    },
  );

  await t.step("timers fire on time while input is slow", async () => {
    const ticks = await sc.parallelize([0, 1], 1)
      .mapPartitions(function* (records) {
        // The stage before: it sends what it has, and keeps its worker busy.
        for (const n of records) {
          for (let i = 0; i < 200; i++) yield "x".repeat(10_000);
          const until = Date.now() + 400;
          while (n === 0 && Date.now() < until) { /* busy */ }
        }
      })
      .mapPartitions(async function* (records) {
        let ticks = 0;
        const timer = setInterval(() => ticks++, 10);
        for await (const _ of records) { /* waits */ }
        clearInterval(timer);
        yield ticks;
      }).collect();
    assert.ok(ticks.every((n) => n >= 10), `${ticks}`);
  });

  await t.step("take() leaves an asynchronous stage early", async () => {
    const before = server.requests();
    const rdd = sc.range(0, 20_000, 1, 2).mapAsync(async (n) => {
      return Number(await (await fetch(`${url}/${n}`)).text());
    }, { concurrency: 4 });
    assert.deepEqual(await rdd.take(2), [0, 1]);
    assert.ok(server.requests() - before < 100);
    const firsts = sc.parallelize(numbers, 2).mapPartitions(
      async function* (records) {
        for await (const n of records) {
          yield n;
          return;
        }
      },
    );
    assert.deepEqual(await firsts.collect(), [0, 50]);
  });

  await t.step(
    "all kinds of input: text, Arrow rows, zipped and crossed batches",
    async () => {
      const file = await Deno.makeTempFile();
      await Deno.writeTextFile(file, "a\nb\nc\n");
      try {
        const lines = sc.textFile(file).mapAsync((line) =>
          Promise.resolve(line)
        );
        assert.deepEqual(await lines.collect(), ["a", "b", "c"]);
      } finally {
        await Deno.remove(file);
      }
      const rows = spark.range(5).rdd.mapAsync((row) =>
        Promise.resolve(row.id)
      );
      assert.deepEqual(await rows.collect(), [0, 1, 2, 3, 4]);
      const some = sc.parallelize([1, 2, 3], 2);
      assert.deepEqual(
        await some.zip(some).mapAsync(([a, b]) => a * b).collect(),
        [1, 4, 9],
      );
      assert.deepEqual(
        (await some.cartesian(some).mapAsync(([a, b]) => a * b).collect())
          .sort(),
        [1, 2, 2, 3, 3, 4, 6, 6, 9],
      );
    },
  );

  await t.step("pipe() runs a program over each partition", async () => {
    for (const partitions of [1, 3, 8]) {
      const rdd = sc.parallelize(numbers, partitions);
      assert.deepEqual(await rdd.pipe("cat").collect(), numbers.map(String));
    }
    const words = sc.parallelize(["b", "a c", "d\n"], 1);
    assert.deepEqual(await words.pipe(["sort", "-r"]).collect(), [
      "d",
      "b",
      "a c",
    ]);
    assert.deepEqual(
      await words.pipe(`sh -c 'echo "$GREETING"; cat >/dev/null'`, {
        env: { GREETING: "good day" },
      }).collect(),
      ["good day"],
    );
    assert.deepEqual(
      await sc.parallelize([{ a: 1 }], 1).pipe("cat").collect(),
      ['{"a":1}'],
    );
    const many = sc.parallelize(numbers, 2)
      .flatMap((n) => Array.from({ length: 5000 }, (_, i) => n * 5000 + i));
    assert.deepEqual(await many.pipe("head -n 1").collect(), ["0", "250000"]);
    assert.equal(await many.pipe("cat").count(), 500_000);
    assert.deepEqual(await many.pipe("cat").take(2), ["0", "1"]);
  });

  await t.step("pipe() tells how a program failed", async () => {
    const one = sc.parallelize([1], 1);
    assert.deepEqual(await one.pipe("sh -c 'exit 3'").collect(), []);
    const failed = await errorOf(
      one.pipe("sh -c 'echo oh no >&2; exit 3'", { checkCode: true }).collect(),
    );
    assert.ok(failed instanceof WorkerError);
    assert.equal(failed.condition, "PIPE_FUNCTION_EXITED");
    assert.match(
      failed.message,
      /Pipe function `sh -c echo oh no >&2; exit 3' exited with error code 3; it wrote: oh no\n/,
    );
    const missing = await errorOf(one.pipe("no-such-program -x").collect());
    assert.ok(missing instanceof WorkerError);
    assert.equal(missing.condition, "PIPE_NOT_STARTED");
    assert.match(
      missing.message,
      /Cannot run the command "no-such-program" of pipe\(\) at async_test\.ts:\d+:\d+: Failed to spawn 'no-such-program': entity not found; check that it is installed on every executor, or give "PATH" in "env"\n/,
    );
  });
});
