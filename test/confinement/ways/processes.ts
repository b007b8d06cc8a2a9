import child from "node:child_process";
import cluster from "node:cluster";
import inspector from "node:inspector";
import { createRequire } from "node:module";
import process from "node:process";
import v8 from "node:v8";
import vm from "node:vm";
import { addonPath } from "../attempts.ts";
import { open, shut, type Way } from "../way.ts";

/** Other processes, native code, and the engine's own doors. */
export const PROCESSES: readonly Way[] = [
  shut("`Deno.Command`", () => new Deno.Command("/bin/true").outputSync().code),
  shut("`child_process.spawnSync`", () => {
    const { error, status } = child.spawnSync("/bin/true", [], { env: {} });
    if (error !== undefined) throw error;
    return status;
  }),
  shut(
    "`child_process.fork` of a file",
    () => child.fork("/tmp/x.js", [], { env: {} }).pid,
  ),
  shut("`cluster.fork`", () => {
    const { process } = cluster.fork({});
    return process.pid;
  }),
  shut(
    "Ending the daemon: `process.kill(ppid)`",
    () => process.kill(process.ppid, "SIGKILL"),
  ),
  shut("Signals to neighbors: `Deno.kill`", () => {
    Deno.kill(Deno.ppid, "SIGUSR1");
    return "sent";
  }),
  shut("`process.kill(0)`: the whole group", () => process.kill(0, "SIGUSR1")),
  shut("`Deno.dlopen` of libc", () => {
    Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } });
    return "loaded";
  }),
  shut("`process.dlopen` of the addon", () => {
    const module = { exports: {} };
    Reflect.apply(process.dlopen, process, [
      module,
      addonPath(),
    ]);
    return Object.keys(module.exports).join();
  }),
  shut("`require` of the addon", () => {
    const require = createRequire("file:///tmp/x.js");
    return Object.keys(require(
      addonPath(),
    )).join();
  }),
  shut("The addon in `require.cache`", () => {
    const { cache } = createRequire("file:///tmp/x.js");
    const found = Object.keys(cache).filter((name) => name.endsWith(".node"));
    return found[0] ?? null;
  }),
  shut(
    "The addon among `process.getActiveResourcesInfo`, `moduleLoadList`",
    () => {
      const seen = JSON.stringify([
        process.getActiveResourcesInfo(),
        Reflect.get(process, "moduleLoadList") ?? [],
      ]);
      return seen.includes("tspark") ? seen : null;
    },
  ),
  shut("`process.binding`", () => {
    const binding: unknown = Reflect.get(process, "binding");
    if (typeof binding !== "function") return null;
    const fs = binding.call(process, "fs") as object;
    return Object.keys(fs).join() || null;
  }),
  shut("`process._linkedBinding`", () => {
    const binding: unknown = Reflect.get(process, "_linkedBinding");
    return typeof binding === "function" ? String(binding("fs")) : null;
  }),
  shut("`inspector.Session`, which sees into closures", () => {
    const session = new inspector.Session();
    session.connect();
    return "connected";
  }),
  shut("`inspector.open`: a debugger's port", () => {
    inspector.open(0);
    return inspector.url();
  }),
  shut("`v8.setFlagsFromString` for `%` functions", () => {
    v8.setFlagsFromString("--allow-natives-syntax");
    return new Function("return %GetHeapUsage()")();
  }),
  shut("`v8.writeHeapSnapshot`", () => v8.writeHeapSnapshot()),
  shut("`process.report`", () => typeof process.report?.getReport()),
  open("V8's `gc` by a new context", "it frees memory and no more", () => {
    const gc: unknown = vm.runInNewContext("globalThis.gc");
    return typeof gc === "function" ? "found" : null;
  }),
  shut("`Deno.permissions.request`", async () => {
    const { state } = await Deno.permissions.request({ name: "read" });
    return state === "granted" ? state : null;
  }),
  open(
    "`Deno.exit`, an endless loop, all memory",
    "a function can always end its own task, which Spark tells as a failure; it gains nothing by that",
    () => Reflect.has(Deno, "exit") ? "ends the task" : null,
  ),
  shut("`process.setuid`", () => {
    process.setuid?.(12345);
    return "changed";
  }),
  shut("`Deno.core`, `Deno[Deno.internal].core`", () => {
    const internal: unknown = Reflect.get(
      Deno,
      Object.getOwnPropertySymbols(Deno)[0] ?? "core",
    );
    const core: unknown = Reflect.get(Deno, "core") ??
      (typeof internal === "object" && internal !== null
        ? Reflect.get(internal, "core")
        : null);
    return core === null || core === undefined
      ? null
      : Object.keys(core).join();
  }),
];
