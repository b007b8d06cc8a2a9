import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import process from "node:process";
import { getLogger } from "@logtape/logtape";
import pino from "pino";
import winston from "winston";
import { ClosureError } from "../../src/common/errors.ts";
import { bundleByDeno } from "../../src/driver/closure/bundle_by_deno.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { describe } from "./parcel.ts";
import { runBundled } from "./run_bundled.ts";
import { type Cases, TEST_USE } from "./run_cases.ts";

const log = pino({
  level: "debug",
  redact: ["secret"],
  formatters: { level: (label) => ({ level: label }) },
}, pino.destination(2));
const child = log.child({ job: "nightly" }, { level: "warn" });
const held = pino(pino.destination({ dest: 1, sync: false, minLength: 4096 }));

Deno.test("closure: a pino logger of the program works on a worker", async () => {
  const cases: Cases = {
    "its levels": () => [
      log.level,
      log.isLevelEnabled("debug"),
      log.isLevelEnabled("trace"),
    ],
    "its bindings": () => Object.keys(log.bindings()),
    "a child": () => [child.level, child.bindings()["job"]],
    "what its package keeps under symbols": () => [
      pino.symbols.lsCacheSym in log,
      Object.hasOwn(child, pino.symbols.chindingsSym),
    ],
    "it writes": () => [log.debug({ secret: 1 }, "seen"), child.warn("seen")],
  };
  using capturer = new ClosureCapturer();
  const outcomes = await runBundled(capturer, cases, bundleByDeno);
  for (const [at, [what, f]] of Object.entries(cases).entries()) {
    assert.equal(outcomes[at]?.stack, "", what);
    assert.equal(outcomes[at]?.result, describe(await f()), what);
  }
});

Deno.test("closure: a worker's pino logger holds nothing back", async () => {
  using capturer = new ClosureCapturer();
  const stream = (): unknown => {
    const { fd, minLength, sync, _len: length } = Object(
      Reflect.get(held, pino.symbols.streamSym),
    );
    return { fd, minLength, sync, length };
  };
  held.info("in the driver's buffer");
  const [outcome] = await runBundled(capturer, { stream }, bundleByDeno);
  assert.equal(outcome?.stack, "");
  assert.equal(
    outcome?.result,
    describe({ fd: 1, minLength: 0, sync: false, length: 0 }),
  );
});

Deno.test("closure: a transport of pino's is refused where a function makes it", async () => {
  using capturer = new ClosureCapturer();
  const transport = (): unknown =>
    pino({ transport: { target: "pino/file" } }).info("x");
  const [outcome] = await runBundled(capturer, { transport }, bundleByDeno);
  assert.equal(
    outcome?.stack.split("\n")[0],
    'WorkerError: Cannot start a thread from "thread-stream/lib/worker.js" of a package on a worker: packages are sent as one script, which has no file for it; use the package without threads (a logger: without a transport, to stdout), or install it on the executors and set spark.tspark.packages to "installed"',
  );
});

Deno.test("closure: the process's own outputs are the worker's", async () => {
  const holder = { out: process.stdout, err: process.stderr };
  const cases: Cases = {
    outputs: () => [
      holder.out === process.stdout,
      holder.err === process.stderr,
      holder.out instanceof EventEmitter,
    ],
  };
  using capturer = new ClosureCapturer();
  const [outcome] = await runBundled(capturer, cases, bundleByDeno);
  assert.equal(outcome?.stack, "");
  assert.equal(outcome?.result, describe([true, true, true]));
});

Deno.test("closure: loggers that hold streams, files or weak references are refused", async () => {
  await using folder = await temporaryFolder();
  const file = pino(pino.destination(`${folder.path}/app.log`));
  const stream = winston.createLogger({
    transports: [new winston.transports.Console()],
  });
  const tape = getLogger("app");
  const thread = pino.transport({ target: "pino/file" });
  const threaded = pino(thread);
  const texts: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => file.info("x"),
      /^Cannot capture "Symbol\(pino\.stream\)" used by map\(\) at app\.ts:14:9: a SonicBoom, which writes to an open file, cannot leave this process; log to stdout, which spark\.tspark\.logs=driver brings to the driver, or make it inside the function\n {2}path: map\(\) function → file\[Symbol\(pino\.stream\)\]$/,
    ],
    [
      () => threaded.info("x"),
      /^Cannot capture "Symbol\(pino\.stream\)" used by map\(\) at app\.ts:14:9: a ThreadStream, which writes by a thread of its own, as a transport does, cannot leave this process; log to stdout without it, which spark\.tspark\.logs=driver brings to the driver\n {2}path: map\(\) function → threaded\[Symbol\(pino\.stream\)\]$/,
    ],
    [
      () => stream.info("x"),
      /^Cannot capture "stream" used by map\(\) at app\.ts:14:9: a DerivedLogger, which is a stream, cannot leave this process; make it inside the function\n {2}path: map\(\) function → stream$/,
    ],
    [
      () => tape.info("x"),
      /a WeakRef cannot leave this process; capture the object that it refers to, or make what holds it inside the function\n {2}path: map\(\) function → tape\./,
    ],
  ];
  using capturer = new ClosureCapturer();
  for (const [f, message] of texts) {
    const error = await capturer.capture([f], TEST_USE)
      .then(() => null, (error: unknown) => error);
    assert.ok(error instanceof ClosureError);
    assert.match(error.message, message);
  }
  thread.end();
});
