import assert from "node:assert/strict";
import { Worker as Thread } from "node:worker_threads";
import { udaf, udf, udtf } from "../../mod.ts";
import { ClosureError } from "../../src/common/errors.ts";
import {
  CAPTURE_AS,
  REFUSE_CAPTURE,
} from "../../src/protocol/closure_record.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { capture } from "../../src/driver/closure/explicit_capture.ts";
import { ClosureReviver } from "../../worker/closure/revive_closure.ts";
import { TEST_USE } from "./run_cases.ts";

const promise = Promise.resolve(1);
const weakRef = new WeakRef({});
const registry = new FinalizationRegistry(() => {});
const proxy = new Proxy({}, {});
const generator = (function* (): Generator<number> {
  yield 1;
})();
const later = (async function* (): AsyncGenerator<number> {
  yield await Promise.resolve(1);
})();
const entries = new Map([[1, 2]]).entries();
const memory = new SharedArrayBuffer(4);
const list = (function (..._all: number[]): IArguments {
  return arguments;
})(1, 2);
const stream = new ReadableStream();
const controller = new AbortController();
const target = new EventTarget();
class Listening extends EventTarget {
  count = 1;
}
const listening = new Listening();
const context = {
  [REFUSE_CAPTURE]: () =>
    "a SparkContext cannot be used inside a function that runs on the workers",
};
const double = udf((x: number) => 2 * x, "double");
const counted = udaf({
  zero: () => 0,
  reduce: (n: number) => n + 1,
  merge: (a: number, b: number) => a + b,
  finish: (n: number) => n,
}, "int");
const words = udtf(() => [["word"]], "word STRING");
const greedy = capture(
  { factor: 2 },
  ({ factor }) => () => [factor, promise],
);
const onlyHere = "key";
class Keyed {
  [onlyHere](): number {
    return 1;
  }
  get(): number {
    return 2;
  }
}
class Account {
  #balance = 1;
  read(): number {
    return this.#balance;
  }
}
class Saver extends Account {
  rate = 2;
}
const account = new Account();
const saver = new Saver();
const config = { deep: [{ "odd key": promise }] };
function useConfig(): unknown {
  return config.deep[0];
}
const outer = () => useConfig();
const byKey = new Map([["k", new Set([promise])]]);
const job = { factor: 2, limits: { low: 1 }, pending: promise };
class Job {
  factor = 2;
  readonly context = context;
  scale(x: number): number {
    return x * this.factor;
  }
}
const job2 = new Job();
const ticker = {
  step: 2,
  make(): (x: number) => number {
    return (x) => x * this.step;
  },
  makeCaller(): () => (x: number) => number {
    return () => this.make();
  },
  async makeLater(): Promise<() => number> {
    return await Promise.resolve(() => this.step);
  },
};
class Base {
  value(): number {
    return 1;
  }
}
class Derived extends Base {
  #hidden = 2;
  override value(): number {
    return super.value() + 1;
  }
  secret(): number {
    return this.#hidden;
  }
}
const { value, secret } = Derived.prototype;
const withArguments = (function (..._all: number[]): () => number {
  return () => arguments.length;
})(1);
const bound = useConfig.bind(null);
const native = Promise.withResolvers<number>().resolve;

const PATH = "\n  path: map() function";
const SOURCE = await Deno.readTextFile(new URL(import.meta.url));

/** The line, from 1, on which a text first stands in this file. */
function lineOf(text: string): number {
  return SOURCE.slice(0, SOURCE.indexOf(text)).split("\n").length;
}

/** By what is captured: the function and the whole message. */
const refusals: Record<string, [() => unknown, string]> = {
  "a promise": [
    () => promise,
    'Cannot capture "promise" used by map() at app.ts:14:9: a Promise cannot leave this process; await it before the function uses it' +
    PATH + " → promise",
  ],
  "a WeakRef": [
    () => weakRef,
    'Cannot capture "weakRef" used by map() at app.ts:14:9: a WeakRef cannot leave this process; capture the object that it refers to, or make what holds it inside the function' +
    PATH + " → weakRef",
  ],
  "a FinalizationRegistry": [
    () => registry,
    'Cannot capture "registry" used by map() at app.ts:14:9: a FinalizationRegistry cannot leave this process; make it inside the function' +
    PATH + " → registry",
  ],
  "a Proxy": [
    () => proxy,
    'Cannot capture "proxy" used by map() at app.ts:14:9: a Proxy cannot leave this process; capture the object behind it' +
    PATH + " → proxy",
  ],
  "a generator": [
    () => generator,
    'Cannot capture "generator" used by map() at app.ts:14:9: a generator in progress cannot leave this process; collect its values into an array first' +
    PATH + " → generator",
  ],
  "an async generator": [
    () => later,
    'Cannot capture "later" used by map() at app.ts:14:9: a generator in progress cannot leave this process; collect its values into an array first' +
    PATH + " → later",
  ],
  "an iterator of a Map": [
    () => entries,
    'Cannot capture "entries" used by map() at app.ts:14:9: an iterator in progress cannot leave this process; collect its values into an array first' +
    PATH + " → entries",
  ],
  "shared memory": [
    () => memory,
    'Cannot capture "memory" used by map() at app.ts:14:9: a SharedArrayBuffer cannot leave this process; copy it into an ArrayBuffer, or use an accumulator to add up' +
    PATH + " → memory",
  ],
  "an arguments object": [
    () => list,
    'Cannot capture "list" used by map() at app.ts:14:9: the "arguments" object cannot leave this process; copy it into an array first' +
    PATH + " → list",
  ],
  "a stream": [
    () => stream,
    'Cannot capture "stream" used by map() at app.ts:14:9: a ReadableStream cannot leave this process; open it inside the function' +
    PATH + " → stream",
  ],
  "an AbortController": [
    () => controller,
    'Cannot capture "controller" used by map() at app.ts:14:9: an AbortController cannot leave this process; open it inside the function' +
    PATH + " → controller",
  ],
  "a platform object that others extend": [
    () => [target, listening],
    'Cannot capture "target" used by map() at app.ts:14:9: an EventTarget cannot leave this process; open it inside the function' +
    PATH + " → target",
  ],
  "an object of a class that extends a platform class": [
    () => listening.count,
    'Cannot capture "listening" used by map() at app.ts:14:9: an EventTarget cannot leave this process; open it inside the function' +
    PATH + " → listening",
  ],
  "an object that refuses": [
    () => context,
    'Cannot capture "context" used by map() at app.ts:14:9: a SparkContext cannot be used inside a function that runs on the workers' +
    PATH + " → context",
  ],
  "a function for queries": [
    () => double(1 as never),
    'Cannot capture "double" used by map() at app.ts:14:9: what udf() made cannot be used inside a function that runs on the workers: it gives columns of queries; call the function that it was made of' +
    PATH + " → double",
  ],
  "an aggregator for queries": [
    () => counted(),
    'Cannot capture "counted" used by map() at app.ts:14:9: what udaf() made cannot be used inside a function that runs on the workers: it gives columns of queries; call the function that it was made of' +
    PATH + " → counted",
  ],
  "a table function for queries": [
    () => words(),
    'Cannot capture "words" used by map() at app.ts:14:9: what udtf() made cannot be used inside a function that runs on the workers: it gives columns of queries; call the function that it was made of' +
    PATH + " → words",
  ],
  "an object with private members": [
    () => account.read(),
    'Cannot capture "account" used by map() at app.ts:14:9: an object of class "Account" has private (#) members, which no other code can read; use TypeScript\'s "private", or make the object inside the function' +
    PATH + " → account",
  ],
  "an object whose parent class has private members": [
    () => saver.rate,
    'Cannot capture "saver" used by map() at app.ts:14:9: an object of class "Account" has private (#) members, which no other code can read; use TypeScript\'s "private", or make the object inside the function, or name what the function reads of it first: const { rate } = saver' +
    PATH + " → saver",
  ],
  "a value deep below other functions": [
    () => outer(),
    'Cannot capture "odd key" used by map() at app.ts:14:9: a Promise cannot leave this process; await it before the function uses it' +
    PATH +
    ` → outer (refusal_test.ts:${
      lineOf("const outer")
    }) → useConfig (refusal_test.ts:${
      lineOf("function useConfig")
    }) → config.deep[0]["odd key"]`,
  ],
  "a value in a Map and a Set": [
    () => byKey.size,
    'Cannot capture "{…}" used by map() at app.ts:14:9: a Promise cannot leave this process; await it before the function uses it, or name what the function reads of it first: const { size } = byKey' +
    PATH + ' → byKey.get("k").get({…})',
  ],
  "an arrow function with this": [
    ticker.make() as () => number,
    'Cannot capture "function" used by map() at app.ts:14:9: an arrow function takes "this" from the function around it, which the engine does not show; name what it reads of it first: const { step } = this' +
    PATH + ` (refusal_test.ts:${lineOf("return (x) => x * this")})`,
  ],
  "an arrow function with a method of this": [
    ticker.makeCaller(),
    'Cannot capture "function" used by map() at app.ts:14:9: an arrow function takes "this" from the function around it, which the engine does not show; name it first (const self = this) and use that name' +
    PATH + ` (refusal_test.ts:${lineOf("return () => this.make")})`,
  ],
  "an object that holds what the function does not read": [
    () => job.factor + job.limits.low,
    'Cannot capture "pending" used by map() at app.ts:14:9: a Promise cannot leave this process; await it before the function uses it, or name what the function reads of it first: const { factor, limits } = job' +
    PATH + " → job.pending",
  ],
  "an object that holds a context that the function does not read": [
    () => job2.factor,
    'Cannot capture "context" used by map() at app.ts:14:9: a SparkContext cannot be used inside a function that runs on the workers; name what the function reads of it first: const { factor } = job2' +
    PATH + " → job2.context",
  ],
  "an object whose method is called": [
    () => job2.scale(1),
    'Cannot capture "context" used by map() at app.ts:14:9: a SparkContext cannot be used inside a function that runs on the workers' +
    PATH + " → job2.context",
  ],
  "an object that the function writes to": [
    () => job2.factor++,
    'Cannot capture "context" used by map() at app.ts:14:9: a SparkContext cannot be used inside a function that runs on the workers' +
    PATH + " → job2.context",
  ],
  "an arrow function with arguments": [
    () => withArguments(),
    'Cannot capture "withArguments" used by map() at app.ts:14:9: an arrow function takes "arguments" from the function around it, which the engine does not show; name what you need of it first' +
    PATH +
    ` → withArguments (refusal_test.ts:${lineOf("return () => arguments")})`,
  ],
  "a method with super, without its class": [
    () => value,
    'Cannot capture "value" used by map() at app.ts:14:9: a method that uses "super" cannot be taken from its object; call it in an arrow function: (x) => object.method(x)' +
    PATH + ` → value (refusal_test.ts:${lineOf("override value")})`,
  ],
  "a method with a private name, without its class": [
    () => secret,
    'Cannot capture "secret" used by map() at app.ts:14:9: it uses "#hidden", a private name of the class around it; pass the value to it, or use TypeScript\'s "private"' +
    PATH + ` → secret (refusal_test.ts:${lineOf("secret(): number")})`,
  ],
  "what a bound function holds": [
    () => bound(),
    'Cannot capture "odd key" used by map() at app.ts:14:9: a Promise cannot leave this process; await it before the function uses it' +
    PATH +
    ` → bound → bound value (refusal_test.ts:${
      lineOf("function useConfig")
    }) → config.deep[0]["odd key"]`,
  ],
  "a class with a key that only its making knew": [
    () => new Keyed().get(),
    'Cannot capture "Keyed" used by map() at app.ts:14:9: its class computes a key or a field from "onlyHere", which the engine does not show; write the key out, or use "onlyHere" in a method of the class as well' +
    PATH + ` → Keyed (refusal_test.ts:${lineOf("class Keyed")})`,
  ],
  "a variable that the explicit form was not given": [
    () => greedy(),
    'Cannot capture "greedy" used by map() at app.ts:14:9: capture() takes along what it is given, and "promise" is not among it; add it to the first argument: capture({ promise }, …)' +
    PATH +
    ` → greedy → maker (refusal_test.ts:${lineOf("({ factor }) => () =>")})`,
  ],
  "a native function of unknown origin": [
    () => native(1),
    'Cannot capture "native" used by map() at app.ts:14:9: a native function of unknown origin cannot leave this process; call it by its global name, or in a function of your own' +
    PATH + " → native",
  ],
};

for (const [name, [f, message]] of Object.entries(refusals)) {
  Deno.test(`capture() refuses ${name}`, async () => {
    using capturer = new ClosureCapturer();
    const error = await refusalOf(capturer, f);
    assert.equal(error.message, message);
    assert.equal(error.condition, "CAPTURE_REFUSED");
    assert.equal(error.parameters.operation, "map()");
    assert.equal(error.parameters.position, "app.ts:14:9");
  });
}

Deno.test("capture() refuses sockets, files, workers and ports", async () => {
  using capturer = new ClosureCapturer();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [socket, other] = await Promise.all([
    Deno.connect({ port: listener.addr.port }),
    listener.accept(),
  ]);
  using file = await Deno.open(new URL(import.meta.url));
  const { port1, port2 } = new MessageChannel();
  const thread = new Thread("0", { eval: true });
  for (
    const [f, culprit] of [
      [() => listener, '"listener"'],
      [() => socket, '"socket"'],
      [() => file, '"file"'],
      [() => port1, '"port1"'],
      [() => thread, '"thread"'],
    ] as const
  ) {
    const { message } = await refusalOf(capturer, f);
    assert.match(
      message,
      new RegExp(
        `^Cannot capture ${culprit} used by map\\(\\) at app.ts:14:9: an? \\w+ cannot leave this process; open it inside the function\n`,
      ),
    );
  }
  socket.close();
  other.close();
  port1.close();
  port2.close();
  await thread.terminate();
});

Deno.test("capture() names the use of the root that is refused", async () => {
  using capturer = new ClosureCapturer();
  const uses = [
    { operation: "map()", position: "app.ts:1:1" },
    { operation: "filter()", position: "app.ts:2:2" },
  ];
  const captured = capturer.capture([() => 1, () => promise], uses);
  await assert.rejects(captured, {
    message:
      'Cannot capture "promise" used by filter() at app.ts:2:2: a Promise cannot leave this process; await it before the function uses it\n' +
      "  path: filter() function → promise",
  });
});

Deno.test("capture() takes a handle's own reference, wherever it hides", async () => {
  using capturer = new ClosureCapturer();
  class Job {
    broadcast = { [CAPTURE_AS]: () => ({ kind: "broadcast", id: 7 } as const) };
  }
  const job = new Job();
  const record = await capturer.capture([() => job.broadcast], TEST_USE);
  const [f] = new ClosureReviver().revive(
    record,
    (own) => own.kind === "broadcast" ? own.kind + own.id : "another",
  );
  assert.equal(typeof f === "function" && f(), "broadcast7");
});

async function refusalOf(
  capturer: ClosureCapturer,
  f: () => unknown,
): Promise<ClosureError> {
  const error: unknown = await capturer.capture([f], TEST_USE).then(
    () => new Error("it was captured"),
    (reason) => reason,
  );
  if (error instanceof ClosureError) return error;
  throw error;
}

Deno.test("capture() tells that the session was ended", async () => {
  const capturer = new ClosureCapturer();
  capturer[Symbol.dispose]();
  await assert.rejects(capturer.capture([() => promise], TEST_USE), {
    name: "ClosureError",
    condition: "INSPECTOR_UNAVAILABLE",
    message:
      'Cannot inspect a function: the engine answered "the session was ended"; capture functions before the application stops, and run it without another debugger',
  });
});
