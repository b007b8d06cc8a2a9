import { AsyncLocalStorage } from "node:async_hooks";
import crypto from "node:crypto";
import inspector from "node:inspector/promises";
import { createRequire } from "node:module";
import process from "node:process";
import util from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import { TaskContext } from "../../../mod.ts";
import { open, shut, type Way } from "../way.ts";

/** Code of the worker's own that others would run, and the engine's own doors. */
export const ENGINE: readonly Way[] = [
  shut("The addon opened by the worker's own `openAddon`", async () => {
    const own = new URL("../src/bridge/addon.ts", Deno.mainModule);
    const { openAddon, loadAddon } = await new Function(
      "a",
      "return import(a)",
    )(
      own.href,
    );
    const path = new URL(`../native/tspark.linux-${process.arch}.node`, own);
    const { addon } = loadAddon();
    return addon ?? openAddon(path.pathname.replace("/src/native", "/native"));
  }),
  shut("A file read by the worker's own `denoFiles`", async () => {
    const own = new URL("../src/bridge/worker_files.ts", Deno.mainModule);
    const { denoFiles } = await new Function("a", "return import(a)")(own.href);
    return denoFiles.openFile("/etc/passwd").length;
  }),
  shut("`AsyncLocalStorage.prototype.run` replaced: it sees each task", () => {
    AsyncLocalStorage.prototype.run = () => undefined as never;
    return "replaced";
  }),
  shut("`AsyncLocalStorage.prototype.getStore` replaced", () => {
    AsyncLocalStorage.prototype.getStore = () => undefined;
    return "replaced";
  }),
  shut("What a context of this task hides", () => {
    const context = TaskContext.get();
    if (context === null) return null;
    const names = [context, Object.getPrototypeOf(context)]
      .flatMap((object) => Reflect.ownKeys(object).map(String));
    return names.find((name) => /^#|info|gather|secret/.test(name));
  }),
  shut("`TaskContext.prototype.partitionId` replaced for later tasks", () => {
    TaskContext.prototype.partitionId = () => 7;
    return "replaced";
  }),
  shut("`TaskContext.get` replaced for later tasks", () => {
    Object.assign(TaskContext, { get: () => null });
    return "replaced";
  }),
  shut("Locals of the worker's functions by an error's call sites", () => {
    const sites = util.getCallSites(50);
    return sites.some((site) => Reflect.has(site, "getThis")) ? "seen" : null;
  }),
  shut("`inspector/promises`", async () => {
    const session = new inspector.Session();
    session.connect();
    await session.post("Runtime.enable");
    return "connected";
  }),
  shut("`v8.setHeapSnapshotNearHeapLimit`, which writes a file", () => {
    const set: unknown = Reflect.get(v8, "setHeapSnapshotNearHeapLimit");
    if (typeof set !== "function") return null;
    set(1);
    return null; // it is asked when memory ends; the process may write nowhere
  }),
  shut("`v8.setFlagsFromString` that makes frozen objects soft", () => {
    v8.setFlagsFromString("--no-use-strict");
    (JSON as { parse: unknown }).parse = null;
    return "changed";
  }),
  shut("`crypto.setEngine`: a library", () => {
    const set: unknown = Reflect.get(crypto, "setEngine");
    if (typeof set !== "function") return null;
    set("/tmp/x.so");
    return "loaded";
  }),
  shut(
    "Inner modules of Node: `internal/…`",
    () => createRequire("file:///tmp/x.js")("internal/bootstrap/realm"),
  ),
  shut("Inner bindings: `process.binding` of files and processes", () => {
    const find: unknown = Reflect.get(process, "binding");
    if (typeof find !== "function") return null;
    const names = ["fs", "spawn_sync", "process_wrap", "worker", "contextify"];
    for (const name of names) {
      try {
        const found: object = find.call(process, name);
        if (Object.keys(found).length > 0) return name;
      } catch { /* not this one */ }
    }
    return null;
  }),
  shut("`Deno` of another realm: `vm.runInNewContext`", () => {
    const found: unknown = vm.runInNewContext(
      "typeof Deno + typeof process + typeof require",
    );
    return found === "undefined".repeat(3) ? null : found;
  }),
  shut("A realm's own `Function`, by an object handed into it", () => {
    const read: unknown = vm.runInNewContext(
      "handed.constructor.constructor('return Deno.readTextFileSync')()",
      { handed: {} },
    );
    return (read as (path: string) => string)("/etc/passwd").length;
  }),
  shut("A class of `Deno` changed for the worker's own calls", () => {
    Reflect.set(Deno, "exit", () => {});
    return Deno.exit.length === 0 && String(Deno.exit) === "() => {}"
      ? "changed"
      : null;
  }),
  open(
    "`globalThis` given another prototype",
    "what the worker's code names are own properties of it, which come first",
    () => {
      const before: object = Object.getPrototypeOf(globalThis);
      const isGiven = Reflect.setPrototypeOf(globalThis, { Deno: {} });
      Reflect.setPrototypeOf(globalThis, before);
      return isGiven ? "given" : null;
    },
  ),
  shut(
    "`process.setUncaughtExceptionCaptureCallback`, to see errors of the worker",
    () => {
      const seen: unknown[] = [];
      process.setUncaughtExceptionCaptureCallback((error) => seen.push(error));
      process.setUncaughtExceptionCaptureCallback(null);
      return seen[0];
    },
  ),
  shut(
    "Marks and measures of the worker: `performance.getEntries`",
    () => performance.getEntries()[0]?.name,
  ),
  open(
    "`ReadableStream.prototype.getReader`, `EventTarget.prototype` replaced",
    "the worker goes through none of them once a task runs, and functions of one task share a world",
    () => {
      const before = ReadableStream.prototype.getReader;
      ReadableStream.prototype.getReader = (() => null) as never;
      const isSet = ReadableStream.prototype.getReader !== before;
      ReadableStream.prototype.getReader = before;
      return isSet ? "replaced" : null;
    },
  ),
  open(
    "`setTimeout` replaced, as tests' clocks do",
    "the worker has taken its own before",
    () => {
      const before = globalThis.setTimeout;
      globalThis.setTimeout = (() => 0) as never;
      const isSet = globalThis.setTimeout !== before;
      globalThis.setTimeout = before;
      return isSet ? "replaced" : null;
    },
  ),
  open(
    "`Deno.addSignalListener`",
    "the JVM ends workers by the signal that nobody can listen to",
    () => {
      const listener = (): void => {};
      Deno.addSignalListener("SIGTERM", listener);
      Deno.removeSignalListener("SIGTERM", listener);
      return "listens";
    },
  ),
  open(
    "`WeakRef`, `FinalizationRegistry`: what the worker frees",
    "they see what a function was handed, and that it was freed",
    () => {
      const held = {};
      new FinalizationRegistry(() => {}).register(held, 1);
      return new WeakRef(held).deref() === held ? "held" : null;
    },
  ),
  open(
    "`Intl`: the language and the time zone",
    "results depend on them, and functions have to know",
    () =>
      Intl.DateTimeFormat().resolvedOptions().timeZone === "" ? null : "known",
  ),
  open(
    "`Deno.mainModule`, `process.argv`: where the worker lies",
    "its path is no secret; its files cannot be read",
    () => Deno.mainModule.length > 0 ? "known" : null,
  ),
];
