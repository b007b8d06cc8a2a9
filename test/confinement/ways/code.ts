import { createHook, executionAsyncResource } from "node:async_hooks";
import module from "node:module";
import { DatabaseSync } from "node:sqlite";
import v8 from "node:v8";
import vm from "node:vm";
import { WASI } from "node:wasi";
import { addonPath, inThread, inWorker } from "../attempts.ts";
import { open, shut, type Way } from "../way.ts";

/** Code from elsewhere, other realms and threads, databases and stores. */
export const CODE: readonly Way[] = [
  shut(
    '`import("https:…")`',
    () => new Function("return import('https://example.com/mod.ts')")(),
  ),
  shut(
    '`import("jsr:…")`',
    () => new Function("return import('jsr:@std/path')")(),
  ),
  shut(
    '`import("npm:…")` of what is not in Deno\'s cache',
    () => new Function("return import('npm:left-pad-of-nobody')")(),
  ),
  shut(
    '`import("file:…")`',
    () => new Function("return import('file:///etc/passwd')")(),
  ),
  shut("`import` of JSON", () =>
    new Function(
      "return import('file:///etc/x.json', { with: { type: 'json' } })",
    )()),
  open(
    '`import("data:…")`, `eval`, `new Function`, `vm`',
    "code made here has the rights of the code that made it",
    async () => {
      const imported = await new Function(
        "return import('data:text/javascript,export default 6*7')",
      )();
      const made = vm.runInThisContext("6*7") === (0, eval)("6*7");
      return made && imported.default === 42 ? "runs" : null;
    },
  ),
  shut("A file read by code of a `data:` module", async () => {
    const text = "export default Deno.readTextFileSync('/etc/passwd').length";
    const { default: length } = await new Function(
      `return import("data:text/javascript,${text}")`,
    )();
    return length;
  }),
  shut("`module.register`: hooks of the loader", () => {
    const register: unknown = Reflect.get(module, "register");
    if (typeof register !== "function") return null;
    register("data:text/javascript,export function load() {}");
    return new Function("return import('file:///etc/hosts')")();
  }),
  shut('`Module._extensions[".node"]`', () => {
    const extensions: unknown = Reflect.get(module, "_extensions");
    const load: unknown = Reflect.get(extensions as object, ".node");
    if (typeof load !== "function") return null;
    const made = { exports: {} };
    load(
      made,
      addonPath(),
    );
    return Object.keys(made.exports).join();
  }),
  shut(
    "A `Worker` that reads a file",
    () =>
      inWorker(
        "try { postMessage(Deno.readTextFileSync('/etc/passwd').length) }" +
          "catch (e) { postMessage(e.name + ': ' + e.message) }",
      ),
  ),
  shut(
    "A `Worker` that asks for all permissions",
    () =>
      inWorker("postMessage(1)", {
        type: "module",
        deno: { permissions: { read: true } },
      } as WorkerOptions),
  ),
  shut(
    "A `node:worker_threads` thread that starts a program",
    () =>
      inThread(
        "const { parentPort: p } = require('node:worker_threads');" +
          "try { p.postMessage(require('node:child_process').spawnSync('/bin/true', [], { env: {} }).error?.message ?? 0) }" +
          "catch (e) { p.postMessage(e.message) }",
      ),
  ),
  shut("`node:sqlite`: an extension", () => {
    const database = new DatabaseSync(":memory:", { allowExtension: true });
    database.loadExtension("/tmp/x.so");
    return "loaded";
  }),
  shut("`node:sqlite`: a database in a file", () => {
    new DatabaseSync("/tmp/tspark-out.db").close();
    return "opened";
  }),
  shut("`node:sqlite`: `ATTACH` of a file", () => {
    new DatabaseSync(":memory:").exec("ATTACH '/tmp/tspark-out.db' AS x");
    return "attached";
  }),
  shut("`node:sqlite`: `VACUUM INTO` a file", () => {
    new DatabaseSync(":memory:").exec("VACUUM INTO '/tmp/tspark-out.db'");
    return "written";
  }),
  shut("`node:wasi` with a folder", () => {
    new WASI({ version: "preview1", preopens: { "/": "/" } });
    return "opened";
  }),
  open(
    "WebAssembly",
    "it reaches what it is handed and no more",
    async () => {
      const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      await WebAssembly.instantiate(bytes);
      return "runs";
    },
  ),
  shut("`localStorage`: a store on the executor's disk", () => {
    localStorage.setItem("x", "y");
    return "stored";
  }),
  shut("`caches`: a store on the executor's disk", async () => {
    const cache = await caches.open("x");
    await cache.put("http://x/", new Response("y"));
    return "stored";
  }),
  shut(
    "`caches` of a `Worker`, which has its own global object",
    () =>
      inWorker(
        "caches.open('x').then(async (c) => { await c.put('http://x/', new Response('y'));" +
          "postMessage(1) }).catch((e) => postMessage(e.name + ': ' + e.message))",
      ),
  ),
  shut("`Deno.openKv`", async () => {
    const openKv: unknown = Reflect.get(Deno, "openKv");
    if (typeof openKv !== "function") return null;
    await openKv();
    return "opened";
  }),
  open(
    "`BroadcastChannel`",
    "it reaches the threads of the same process only",
    () => {
      new BroadcastChannel("x").close();
      return "opens";
    },
  ),
  shut(
    "A `Worker`, which has all of `Deno`, that opens the addon by Deno's own `op_napi_open`",
    () =>
      inWorker(
        "const { ops } = Deno[Object.getOwnPropertySymbols(Deno)[0]].core; const f = () => {};" +
          `try { ops.op_napi_open('${addonPath()}', globalThis, f, f, f); postMessage(1) }` +
          "catch (e) { postMessage(e.name + ': ' + e.message) }",
      ),
  ),
  shut(
    "A `node:worker_threads` thread that loads the addon",
    () =>
      inThread(
        "const { parentPort: p } = require('node:worker_threads'); const m = { exports: {} };" +
          `try { process.dlopen(m, '${addonPath()}'); p.postMessage(1) }` +
          "catch (e) { p.postMessage(e.message) }",
      ),
  ),
  shut(
    "A class of the worker's own, imported by its address and changed",
    async () => {
      const address = new URL("../src/common/byte_writer.ts", Deno.mainModule);
      const own = await new Function("a", "return import(a)")(address.href);
      own.ByteWriter.prototype.view = () => new Uint8Array(0);
      return "changed";
    },
  ),
  shut("WebGPU: `navigator.gpu`", async () => {
    const gpu: unknown = Reflect.get(navigator, "gpu");
    if (typeof gpu !== "object" || gpu === null) return null;
    const request: unknown = Reflect.get(gpu, "requestAdapter");
    const adapter = typeof request === "function"
      ? await request.call(gpu)
      : null;
    return adapter === null ? null : "an adapter";
  }),
  shut("Objects of the worker's own by `async_hooks`", async () => {
    const seen: object[] = [];
    const hook = createHook({
      init: (_id, _type, _trigger, resource) => {
        seen.push(resource);
      },
    }).enable();
    seen.push(executionAsyncResource());
    await new Promise((resolve) => setTimeout(resolve, 0));
    hook.disable();
    const names = seen.flatMap((resource) => Object.keys(resource));
    return names.some((name) => /addon|secret|write|readSome/.test(name))
      ? names.join()
      : null;
  }),
  open(
    "`v8.getHeapSnapshot`: strings of the whole process",
    "it shows the worker's own text, paths of this task among them; the secret of the daemon's socket is gone by then, which CI looks for",
    async () => {
      let bytes = 0;
      for await (const chunk of v8.getHeapSnapshot()) bytes += chunk.length;
      return bytes > 0 ? "a snapshot" : null;
    },
  ),
];
