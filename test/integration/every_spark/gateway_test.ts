import assert from "node:assert/strict";
import { JavaError } from "../../../src/common/errors.ts";
import { Gateway } from "../../../src/driver/gateway/gateway.ts";
import {
  makeArray,
  makeSeq,
  readCollection,
  readMap,
  readOption,
  readSeq,
} from "../../../src/driver/gateway/java_convert.ts";
import {
  JavaObject,
  type JavaValue,
} from "../../../src/driver/gateway/java_object.ts";
import {
  JavaDecimal,
  JavaNumber,
} from "../../../src/driver/gateway/java_value.ts";
import { CALLBACK_STEPS } from "../callback_steps.ts";
import { PIPELINE_STEPS } from "../pipeline_steps.ts";
import { launchTestGateway } from "../launch_test_gateway.ts";

const IDENTITY = ["java.util.Objects", "requireNonNull"] as const;

/** One step for each theme, over one JVM. */
const STEPS: Readonly<Record<string, (gateway: Gateway) => Promise<void>>> = {
  "constructors, static calls and instance calls": async (gateway) => {
    const text = await gateway.construct("java.lang.StringBuilder", "ab");
    assert.ok(text instanceof JavaObject);
    await text.call("append", "c");
    assert.equal(await text.callString("toString"), "abc");
    assert.equal(await gateway.callStatic("java.lang.Math", "abs", -5), 5);
    await assert.rejects(gateway.construct("java.lang.String", "x"), {
      condition: "ANSWER_UNEXPECTED",
      message:
        'Cannot take what "new java.lang.String" gave as an object: it is the string "x"',
    });
  },

  "values that go and come back the same": async (gateway) => {
    const values: JavaValue[] = [
      true,
      false,
      0,
      -(2 ** 31),
      2 ** 31,
      Number.MAX_SAFE_INTEGER,
      2n ** 63n - 1n,
      -(2n ** 63n),
      1.5,
      -0,
      NaN,
      Infinity,
      -Infinity,
      5e-324,
      1.7976931348623157e308,
      "",
      "a\\n\n\r\t\\\u00e9\u{1f600}\u2028\0",
      new Uint8Array(0),
      Uint8Array.from({ length: 256 }, (_, i) => i),
      new JavaDecimal("123456789012345678901234567890.10"),
    ];
    for (const value of values) {
      assert.deepEqual(await gateway.callStatic(...IDENTITY, value), value);
    }
    assert.equal(
      await gateway.callStatic("java.util.Objects", "toString", null, "none"),
      "none",
    );
    assert.equal(
      await (await gateway.construct("java.util.HashMap")).call("get", "x"),
      null,
    );
    const big = await gateway.callStaticObject(...IDENTITY, -(2n ** 100n));
    assert.equal(await big.callString("toString"), String(-(2n ** 100n)));
    const long = "\u00e4\\\n".repeat(300_000);
    assert.equal(await gateway.callStatic(...IDENTITY, long), long);
  },

  "overloads by the type of the argument": async (gateway) => {
    const text = async (value: Parameters<Gateway["callStatic"]>[2]) =>
      await gateway.callStatic("java.lang.String", "valueOf", value);
    assert.equal(await text(1), "1");
    assert.equal(await text(2 ** 40), "1099511627776");
    assert.equal(await text(JavaNumber.double(1)), "1.0");
    assert.equal(await text(true), "true");
    const math = async (value: Parameters<Gateway["callStatic"]>[2]) =>
      await gateway.callStatic("java.lang.Math", "abs", value);
    assert.equal(await math(JavaNumber.long(-1)), 1);
    assert.equal(await math(-1.5), 1.5);
    assert.equal(
      await gateway.callStatic(
        "java.lang.Short",
        "toString",
        JavaNumber.short(-3),
      ),
      "-3",
    );
    assert.equal(
      await gateway.callStatic(
        "java.lang.Byte",
        "toString",
        JavaNumber.byte(7),
      ),
      "7",
    );
    assert.equal(
      await gateway.callStatic(
        "java.lang.Float",
        "toString",
        JavaNumber.float(0.1),
      ),
      "0.1",
    );
  },

  "varargs as a Java array": async (gateway) => {
    const args = await makeArray(gateway, "java.lang.Object", ["x", 5, null]);
    assert.equal(
      await gateway.callStatic("java.lang.String", "format", "%s-%d-%s", args),
      "x-5-null",
    );
  },

  "fields": async (gateway) => {
    assert.equal(
      await gateway.staticField("java.lang.Long", "MAX_VALUE"),
      2n ** 63n - 1n,
    );
    const point = await gateway.construct("java.awt.Point", 3, 4);
    assert.equal(await point.field("x"), 3);
    await assert.rejects(point.field("z"), {
      condition: "MEMBER_NOT_FOUND",
      message:
        'Cannot read "z" of "java.awt.Point": the JVM knows no such class or member',
    });
  },

  "arrays": async (gateway) => {
    const longs = await gateway.newArray("long", 3);
    await gateway.arraySet(longs, 0, 5);
    await gateway.arraySet(longs, 2, 2n ** 62n);
    assert.equal(await gateway.arrayLength(longs), 3);
    assert.equal(await gateway.arrayGet(longs, 1), 0);
    assert.deepEqual(await gateway.arrayElements(longs), [5, 0, 2n ** 62n]);
    const texts = await makeArray(gateway, "java.lang.String", ["a", null]);
    assert.deepEqual(await gateway.arrayElements(texts), ["a", null]);
    const empty = await gateway.newArray("java.lang.Object", 0);
    assert.deepEqual(await gateway.arrayElements(empty), []);
    const many = await gateway.newArray("int", 10_000);
    assert.equal((await gateway.arrayElements(many)).length, 10_000);
    await assert.rejects(gateway.arrayGet(longs, 3), {
      name: "GatewayError",
      condition: "CALL_REFUSED",
      message: /^Cannot read "\[3\]" of "\[J": /,
    });
    assert.equal(await gateway.arrayLength(longs), 3);
  },

  "lists, maps, sets and iterators": async (gateway) => {
    const nested = await gateway.callStaticObject(...IDENTITY, [
      1,
      "a",
      null,
      2n ** 70n,
      [new Map<string, number | Set<number>>([["k", 1], ["s", new Set([2])]])],
    ]);
    assert.equal(nested.type, "list");
    assert.equal(
      await nested.callString("toString"),
      "[1, a, null, 1180591620717411303424, [{s=[2], k=1}]]",
    );
    const list = await gateway.callStaticObject(...IDENTITY, ["x", 5, null]);
    assert.deepEqual(await readCollection(list), ["x", 5, null]);
    const pairs = new Map([["a", 1], ["b", 2]]);
    const map = await gateway.callStaticObject(...IDENTITY, pairs);
    assert.equal(map.type, "map");
    assert.deepEqual(await readMap(map), pairs);
    const set = await gateway.callStaticObject(...IDENTITY, new Set([7, 8]));
    assert.equal(set.type, "set");
    assert.deepEqual((await readCollection(set)).toSorted(), [7, 8]);
    const unmodifiable = await gateway.callStaticObject(
      "java.util.Collections",
      "unmodifiableMap",
      pairs,
    );
    assert.deepEqual(await readMap(unmodifiable), pairs);
    const linked = await gateway.construct("java.util.LinkedList", list);
    assert.deepEqual(await readCollection(linked), ["x", 5, null]);
  },

  "Scala's Seq and Option": async (gateway) => {
    const seq = await makeSeq(gateway, ["a", 2, null]);
    assert.deepEqual(await readSeq(seq), ["a", 2, null]);
    const some = await gateway.callStaticObject("scala.Option", "apply", "x");
    assert.equal(await readOption(some), "x");
    const none = await gateway.callStaticObject("scala.Option", "empty");
    assert.equal(await readOption(none), null);
  },

  "exceptions with their class, stack and causes": async (gateway) => {
    const error = await failure(
      gateway.callStatic("java.lang.Integer", "parseInt", "x"),
    );
    assert.equal(error.condition, "JAVA_EXCEPTION");
    assert.equal(error.javaClass, "java.lang.NumberFormatException");
    assert.equal(error.message, 'For input string: "x"');
    assert.match(error.javaStack, /^java\.lang\.NumberFormatException: For/);
    assert.match(error.javaStack, /\n\tat java\.base\/java\.lang\.Integer/);
    const future = await gateway.construct(
      "java.util.concurrent.CompletableFuture",
    );
    const inner = await gateway.construct("java.lang.IllegalStateException");
    await future.call("completeExceptionally", inner);
    const outer = await failure(future.call("get"));
    assert.equal(outer.javaClass, "java.util.concurrent.ExecutionException");
    assert.ok(outer.cause instanceof JavaError);
    assert.equal(outer.cause.javaClass, "java.lang.IllegalStateException");
    // Without a message of its own the class names it.
    assert.equal(outer.cause.message, "java.lang.IllegalStateException");
  },

  "Spark's conditions, parameters and SQL states": async (gateway) => {
    const error = await failure(
      gateway.callStatic(
        "org.apache.spark.sql.types.DataType",
        "fromDDL",
        "a nosuchtype",
      ),
    );
    assert.equal(error.condition, "PARSE_SYNTAX_ERROR");
    assert.equal(error.sqlState, "42601");
    assert.equal(error.parameters.error, "'nosuchtype'");
    assert.match(error.message, /^\s*\[PARSE_SYNTAX_ERROR\] /);
  },

  "what does not exist": async (gateway) => {
    const cases: [() => Promise<unknown>, string][] = [
      [
        () => gateway.callStatic("java.lang.Math", "nope", 1),
        'Cannot call "nope" of "java.lang.Math": Method nope([class java.lang.Integer]) does not exist',
      ],
      [
        () => gateway.callStatic("no.such.Class", "f"),
        'Cannot call "f" of "no.such.Class": the JVM has no class "no.such.Class"',
      ],
      [
        () => gateway.construct("no.such.Class"),
        'Cannot construct "no.such.Class": the JVM has no class "no.such.Class"',
      ],
      [
        () => gateway.construct("java.util.ArrayList", "x", "y"),
        'Cannot construct "java.util.ArrayList": Constructor java.util.ArrayList([class java.lang.String, class java.lang.String]) does not exist',
      ],
      [
        () => gateway.staticField("java.lang.Long", "NOPE"),
        'Cannot read "NOPE" of "java.lang.Long": the JVM knows no such class or member',
      ],
    ];
    for (const [call, message] of cases) {
      await assert.rejects(call, { condition: "MEMBER_NOT_FOUND", message });
    }
  },

  "50 calls at once": async (gateway) => {
    const calls = Array.from(
      { length: 50 },
      (_, i) => gateway.callStatic("java.lang.Math", "abs", -i),
    );
    assert.deepEqual(await Promise.all(calls), calls.map((_, i) => i));
    assert.ok(gateway.connections <= 64);
  },

  "one thread for a lease": async (gateway) => {
    const threadId = async (): Promise<number> => {
      const thread = await gateway.callStaticObject(
        "java.lang.Thread",
        "currentThread",
      );
      return await thread.callNumber("getId");
    };
    const ids = await gateway.lease(() =>
      Promise.all([threadId(), threadId(), threadId()])
    );
    assert.equal(new Set(ids).size, 1);
    const [a, b] = await Promise.all([
      gateway.lease(threadId),
      gateway.lease(threadId),
    ]);
    assert.notEqual(a, b);
  },

  "release of objects": async (gateway) => {
    const before = await bindings(gateway);
    await gateway.scope(async () => {
      await gateway.callStatic(...IDENTITY, [1, [
        2,
        new Map([["a", 2n ** 99n]]),
      ]]);
      for (let i = 0; i < 200; i++) {
        await gateway.construct("java.util.ArrayList");
      }
      await failure(gateway.callStatic("java.lang.Integer", "parseInt", "x"));
      await assert.rejects(gateway.callStatic("java.lang.Math", "nope"));
    });
    await failure(gateway.callStatic("java.lang.Integer", "parseInt", "x"));
    await gateway.scope(async () => {
      await gateway.pipeline((p) => p.list([p.list(["a"])]));
      await failure(gateway.pipeline((p) => p.list([1]).call("get", 7)));
    });
    assert.equal(await bindings(gateway), before);
  },
};

Deno.test("Gateway against a real JVM", async (t) => {
  const process = await launchTestGateway();
  await using gateway = await Gateway.connect({ ...process, process });
  const steps = { ...STEPS, ...PIPELINE_STEPS, ...CALLBACK_STEPS };
  for (const [name, step] of Object.entries(steps)) {
    await t.step(name, () => gateway.scope(() => step(gateway)));
  }
});

/** What needs the JVM's thread to be the callback's. */
const PINNED = /thread|nest|over old sockets/;

Deno.test("Callbacks of a JVM whose threads share connections", async (t) => {
  const process = await launchTestGateway({ PYSPARK_PIN_THREAD: "false" });
  await using gateway = await Gateway.connect({ ...process, process });
  for (const [name, step] of Object.entries(CALLBACK_STEPS)) {
    const ignore = PINNED.test(name);
    if (!ignore) await t.step(name, () => gateway.scope(() => step(gateway)));
  }
});

async function failure(call: Promise<unknown>): Promise<JavaError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
  return assert.fail("The call must throw");
}

/** How many objects the JVM holds for us. */
async function bindings(gateway: Gateway): Promise<number> {
  await gateway.released();
  return await gateway.scope(async () => {
    const py4j = await gateway.server.callObject("getGateway");
    return await (await py4j.callObject("getBindings")).callNumber("size");
  });
}
