import module, { createRequire } from "node:module";
import process from "node:process";
import vm from "node:vm";
import threads, { Worker as ThreadWorker } from "node:worker_threads";
import { inThread, inWorker } from "../attempts.ts";
import { open, shut, type Way } from "../way.ts";

/** Threads, whose world is their own: what is locked in this one is open there. */
export const THREADS: readonly Way[] = [
  shut(
    "A `Worker` that does nothing but answer",
    () => inWorker("postMessage(1)"),
  ),
  shut("A `Worker` of a `blob:` URL", () => {
    const blob = new Blob(["postMessage(1)"], { type: "text/javascript" });
    new Worker(URL.createObjectURL(blob), { type: "module" }).terminate();
    return "started";
  }),
  shut("A class below `Worker`", () => {
    class Mine extends Worker {}
    new Mine("data:text/javascript,1", { type: "module" }).terminate();
    return "started";
  }),
  shut("`Reflect.construct(Worker)` for another class", () => {
    Reflect.construct(
      Worker,
      ["data:text/javascript,1", { type: "module" }],
      Object,
    );
    return "started";
  }),
  shut("`Worker` given its prototype back", () => {
    Object.setPrototypeOf(Worker, EventTarget);
    new Worker("data:text/javascript,1", { type: "module" }).terminate();
    return "started";
  }),
  shut("`Worker` by the constructor of its prototype", () => {
    const { constructor } = Worker.prototype;
    Reflect.construct(constructor, ["data:text/javascript,1", {
      type: "module",
    }]);
    return "started";
  }),
  shut("`Worker` of another realm: `vm.runInNewContext`", () => {
    const found: unknown = vm.runInNewContext("globalThis.Worker");
    return typeof found === "function" ? "found" : null;
  }),
  shut("`SharedWorker`, `ServiceWorkerContainer`", () => {
    const names = ["SharedWorker", "ServiceWorkerContainer", "Worklet"];
    return names.find((name) => Reflect.has(globalThis, name));
  }),
  shut(
    "A `node:worker_threads` thread that does nothing but answer",
    () => inThread("require('node:worker_threads').parentPort.postMessage(1)"),
  ),
  shut("The same class from `createRequire`", () => {
    const require = createRequire("file:///tmp/x.js");
    new (require("node:worker_threads").Worker)("1", { eval: true });
    return "started";
  }),
  shut("The same class by a dynamic `import`", async () => {
    const { Worker } = await import("node:worker_threads");
    new Worker("1", { eval: true });
    return "started";
  }),
  shut("The same class by `process.getBuiltinModule`", () => {
    const found = process.getBuiltinModule("node:worker_threads");
    new found.Worker("1", { eval: true });
    return "started";
  }),
  shut("The same class by `Module._load`", () => {
    const load: unknown = Reflect.get(module, "_load");
    if (typeof load !== "function") return null;
    new (load("node:worker_threads").Worker)("1", { eval: true });
    return "started";
  }),
  shut("The same class given its prototype back", () => {
    Reflect.setPrototypeOf(ThreadWorker, Object);
    new ThreadWorker("1", { eval: true });
    return "started";
  }),
  shut("A thread of a `data:` URL", () => {
    new threads.Worker(new URL("data:text/javascript,1"));
    return "started";
  }),
  open(
    "`MessageChannel`, `structuredClone` with a transfer",
    "what is transferred is the function's own: records refer to no memory of the worker's, which a test looks for",
    () => {
      const { port1, port2 } = new MessageChannel();
      port1.close();
      port2.close();
      const { byteLength } = structuredClone(new ArrayBuffer(8), {});
      return byteLength === 8 ? "works" : null;
    },
  ),
  open(
    "`Atomics.wait` on shared memory",
    "it holds the function's own task up, as an endless loop does",
    () => {
      const cells = new Int32Array(new SharedArrayBuffer(4));
      return Atomics.wait(cells, 0, 0, 1);
    },
  ),
];
