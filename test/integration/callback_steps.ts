import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { JavaError } from "../../src/common/errors.ts";
import type { Gateway } from "../../src/driver/gateway/gateway.ts";
import { readCollection } from "../../src/driver/gateway/java_convert.ts";
import { JavaObject } from "../../src/driver/gateway/java_object.ts";
import type {
  JavaArgument,
  JavaValue,
} from "../../src/driver/gateway/java_object.ts";
import { JavaDecimal } from "../../src/driver/gateway/java_value.ts";

const RUNNABLE = ["java.lang.Runnable"];
const CALLABLE = ["java.util.concurrent.Callable"];
const COMPARATOR = ["java.util.Comparator"];

/** What holds of calls from any JVM into this program, one step for each theme. */
export const CALLBACK_STEPS: Readonly<
  Record<string, (gateway: Gateway) => Promise<void>>
> = {
  "callbacks: a Runnable in the thread of the call": async (gateway) => {
    const ids: number[] = [];
    const task = await gateway.proxy(RUNNABLE, {
      async run() {
        ids.push(await threadId(gateway));
      },
    });
    await gateway.lease(async () => {
      const thread = await gateway.construct("java.lang.Thread", task);
      await thread.call("run");
      await thread.call("run");
      assert.deepEqual(ids, [ids[0], ids[0]]);
      assert.equal(await threadId(gateway), ids[0]);
    });
  },

  "callbacks: in the thread of each of many calls, over old sockets and new":
    async (
      gateway,
    ) => {
      const count = gateway.connections + 2;
      const all = Promise.withResolvers<void>();
      let open = 0;
      const same = await Promise.all(
        Array.from({ length: count }, () =>
          gateway.lease(async () => {
            const id = await threadId(gateway);
            if (++open === count) all.resolve();
            await all.promise;
            let inside: number | undefined;
            const task = await gateway.proxy(RUNNABLE, {
              async run() {
                inside = await threadId(gateway);
              },
            });
            await (await gateway.construct("java.lang.Thread", task)).call(
              "run",
            );
            return inside === id;
          })),
      );
      assert.deepEqual(same, same.map(() => true));
      assert.ok(gateway.connections >= count);
    },

  "callbacks: a Comparator, quick or asynchronous": async (gateway) => {
    const numbers = Array.from({ length: 100 }, (_, i) => i * 37 % 100);
    const wanted = numbers.toSorted((a, b) => a - b);
    const list = await gateway.construct("java.util.ArrayList", numbers);
    const quick = await gateway.proxy(COMPARATOR, {
      compare: (a, b) => Number(a) - Number(b),
    });
    await list.call("sort", quick);
    assert.deepEqual(await readCollection(list), wanted);
    const slow = await gateway.proxy(COMPARATOR, {
      async compare(a = null, b = null) {
        const less = await gateway.callStatic("java.lang.Math", "min", a, b);
        return a === b ? 0 : less === a ? 1 : -1;
      },
    });
    await list.call("sort", slow);
    assert.deepEqual(await readCollection(list), wanted.toReversed());
  },

  "callbacks: in threads of an executor, all open at once": async (gateway) => {
    await using pool = await executor(gateway, 8);
    const arrived = Promise.withResolvers<void>();
    let open = 0;
    const task = await gateway.proxy(CALLABLE, {
      async call() {
        if (++open === 8) arrived.resolve();
        await arrived.promise;
        return await threadId(gateway);
      },
    });
    const futures = await Promise.all(
      Array.from({ length: 8 }, () => pool.service.callObject("submit", task)),
    );
    const ids = await Promise.all(futures.map((future) => future.call("get")));
    assert.equal(new Set(ids).size, 8);
  },

  "callbacks: values both ways": async (gateway) => {
    await using pool = await executor(gateway, 1);
    const list = await gateway.construct("java.util.ArrayList", [1, "a"]);
    const results: [JavaArgument | undefined, JavaValue][] = [
      [undefined, null],
      [null, null],
      [true, true],
      [-7, -7],
      [2n ** 62n, 2n ** 62n],
      [1.5, 1.5],
      ["a\nb\\\u{1f600}", "a\nb\\\u{1f600}"],
      [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
      [new JavaDecimal("1.50"), new JavaDecimal("1.50")],
    ];
    for (const [given, wanted] of results) {
      const task = await gateway.proxy(CALLABLE, { call: () => given });
      const future = await pool.service.callObject("submit", task);
      assert.deepEqual(await future.call("get"), wanted);
    }
    for (const given of [list, [1, "a"]]) {
      const task = await gateway.proxy(CALLABLE, { call: () => given });
      const future = await pool.service.callObject("submit", task);
      const got = await future.callObject("get");
      assert.deepEqual(await readCollection(got), [1, "a"]);
    }
    assert.equal(await list.call("size"), 2); // what the program holds stays its own
    const seen: JavaValue[] = [];
    const compare = (a: JavaValue = null): number => {
      seen.push(a);
      return 0;
    };
    const each = await gateway.proxy(COMPARATOR, { compare });
    const args = [true, 1, 2n ** 60n, 0.5, "t\n", new Uint8Array([9]), null];
    for (const arg of args) {
      await gateway.callStatic("java.util.Objects", "compare", arg, "x", each);
    }
    assert.deepEqual(seen, args);
  },

  "callbacks: objects live as long as the call, or longer": async (gateway) => {
    const got: JavaValue[] = [];
    const task = await gateway.proxy(COMPARATOR, {
      async compare(a = null, b = null) {
        got.push(a, b);
        if (b instanceof JavaObject) b.keep();
        assert.ok(a instanceof JavaObject);
        return await a.callNumber("size");
      },
    });
    const [a, b] = [["x"], ["y", "z"]];
    const compared = await gateway.callStatic(
      "java.util.Objects",
      "compare",
      a,
      b,
      task,
    );
    assert.equal(compared, 1);
    const [short, kept] = got;
    assert.ok(short instanceof JavaObject && kept instanceof JavaObject);
    assert.equal(short.released, true);
    assert.equal(await kept.call("size"), 2);
    kept.release();
  },

  "callbacks: calls and callbacks nest": async (gateway) => {
    const trail: string[] = [];
    const deeper = async (depth: number): Promise<void> => {
      if (depth === 0) return;
      const task = await gateway.proxy(RUNNABLE, {
        async run() {
          trail.push(`${depth} ${await threadId(gateway)}`);
          await deeper(depth - 1);
          trail.push(`${depth} ${await threadId(gateway)}`);
        },
      });
      const thread = await gateway.construct("java.lang.Thread", task);
      await thread.call("run");
    };
    await gateway.lease(() => deeper(4));
    const id = trail[0]?.split(" ")[1];
    assert.deepEqual(
      trail,
      [4, 3, 2, 1, 1, 2, 3, 4].map((depth) => `${depth} ${id}`),
    );
  },

  "callbacks: errors of the program come back as the cause": async (
    gateway,
  ) => {
    const own = new RangeError("too \\ far\nindeed");
    const task = await gateway.proxy(RUNNABLE, {
      run() {
        throw own;
      },
    });
    const thread = await gateway.construct("java.lang.Thread", task);
    const direct = await failure(thread.call("run"));
    assert.equal(direct.condition, "CALLBACK_FAILED");
    assert.equal(
      direct.message,
      "A function of this program that the JVM called threw RangeError: too \\ far\nindeed",
    );
    assert.equal(direct.cause, own);
    assert.match(direct.javaStack, /callback_steps\.ts:\d+:\d+/);
    await using pool = await executor(gateway, 1);
    const future = await pool.service.callObject("submit", task);
    const outer = await failure(future.call("get"));
    assert.equal(outer.javaClass, "java.util.concurrent.ExecutionException");
  },

  "callbacks: a Java exception goes through as it is": async (gateway) => {
    const seen: unknown[] = [];
    const task = await gateway.proxy(RUNNABLE, {
      async run() {
        try {
          await gateway.callStatic("java.lang.Integer", "parseInt", "x");
        } catch (error) {
          seen.push(error);
          throw error;
        }
      },
    });
    const thread = await gateway.construct("java.lang.Thread", task);
    const error = await failure(thread.call("run"));
    assert.equal(error.javaClass, "java.lang.NumberFormatException");
    assert.equal(error.message, 'For input string: "x"');
    assert.ok(seen[0] instanceof JavaError);
  },

  "callbacks: methods that are missing, results that do not fit": async (
    gateway,
  ) => {
    const none = await gateway.proxy(COMPARATOR, {});
    const list = await gateway.construct("java.util.ArrayList", [1, 2]);
    const missing = await failure(list.call("sort", none));
    assert.equal(
      missing.message,
      'A function of this program that the JVM called threw GatewayError: Cannot call "compare" of a TypeScript object that stands for java.util.Comparator: it has no such method; give it to proxy()',
    );
    const text = await gateway.proxy(COMPARATOR, { compare: () => "less" });
    const unfit = await failure(list.call("sort", text));
    assert.equal(
      unfit.message,
      "Incompatible output type. Expected: int Actual: java.lang.String",
    );
    await assert.rejects(
      gateway.callStatic("java.util.Objects", "toString", none).then((text) =>
        gateway.construct(`no.such.${text}`)
      ),
      {
        message: /TypeScript object \d+ \(java\.util\.Comparator\)/,
      },
    );
  },

  "callbacks: what every Java object has": async (gateway) => {
    const task = await gateway.proxy(RUNNABLE, { run: () => {} });
    const set = await gateway.construct("java.util.HashSet");
    const held = await gateway.callStaticObject(
      "java.util.Objects",
      "requireNonNull",
      task,
    );
    assert.equal(await set.call("add", held), true);
    assert.equal(await set.call("add", held), false);
    assert.equal(await set.call("contains", held), true);
    assert.equal(await set.call("contains", task), false);
    assert.equal(await set.call("add", "text"), true);
  },

  "callbacks: the program's own asynchronous context": async (gateway) => {
    const context = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const task = await context.run("made", () =>
      gateway.proxy(RUNNABLE, {
        async run() {
          await threadId(gateway);
          seen.push(context.getStore());
        },
      }));
    const thread = await gateway.construct("java.lang.Thread", task);
    await context.run("called", () => thread.call("run"));
    assert.deepEqual(seen, ["made"]);
  },

  "callbacks: a released object": async (gateway) => {
    const task = await gateway.proxy(RUNNABLE, { run: () => {} });
    const thread = await gateway.construct("java.lang.Thread", task);
    await thread.call("run");
    task.release();
    const error = await failure(thread.call("run"));
    assert.match(error.message, /the object was released/);
  },

  "callbacks: what the JVM has collected is forgotten": async (gateway) => {
    const before = gateway.proxies;
    await gateway.scope(async () => {
      for (let i = 0; i < 20; i++) {
        const task = await gateway.proxy(RUNNABLE, { run: () => {} });
        await gateway.construct("java.lang.Thread", task);
      }
    });
    await gateway.released();
    const deadline = Date.now() + 30_000;
    while (gateway.proxies > before && Date.now() < deadline) {
      await gateway.callStatic("java.lang.System", "gc");
      await gateway.callStatic("java.lang.System", "runFinalization");
    }
    assert.ok(gateway.proxies <= before, `${gateway.proxies} > ${before}`);
  },

  "callbacks: strangers at the server": async (gateway) => {
    const client = await gateway.server.callObject("getCallbackClient");
    const port = await client.callNumber("getPort");
    const ask = async (text: string): Promise<string> => {
      using conn = await Deno.connect({ port });
      await conn.write(new TextEncoder().encode(text));
      const buffer = new Uint8Array(1_000);
      const size = await conn.read(buffer).catch(() => null);
      return new TextDecoder().decode(buffer.subarray(0, size ?? 0));
    };
    const none = "!xsno such object\n";
    assert.equal(await ask("c\n0\nrun\ne\n"), none);
    assert.equal(await ask(`c\n0-${"0".repeat(64)}\nrun\ne\n`), none);
    assert.equal(await ask(`g\n0-${"0".repeat(64)}\ne\n`), none);
    assert.equal(await ask("m\nd\no0\ne\n"), none);
    assert.equal(await ask("A\nsecret\ne\n"), "!xswrong secret\n");
    assert.equal(await ask("!yv\n"), "");
    assert.equal(await ask(`c\n${"x".repeat(70_000)}`), "");
    const task = await gateway.proxy(RUNNABLE, { run: () => {} });
    await (await gateway.construct("java.lang.Thread", task)).call("run");
  },
};

async function failure(call: Promise<unknown>): Promise<JavaError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
  return assert.fail("The call must throw");
}

async function threadId(gateway: Gateway): Promise<number> {
  const thread = await gateway.callStaticObject(
    "java.lang.Thread",
    "currentThread",
  );
  return await thread.callNumber("getId");
}

async function executor(
  gateway: Gateway,
  threads: number,
): Promise<AsyncDisposable & { readonly service: JavaObject }> {
  const service = await gateway.callStaticObject(
    "java.util.concurrent.Executors",
    "newFixedThreadPool",
    threads,
  );
  return {
    service,
    async [Symbol.asyncDispose]() {
      await service.call("shutdown");
    },
  };
}
