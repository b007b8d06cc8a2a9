import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { open, shut, type Way } from "../way.ts";

/** Files by less usual names, and what else is known of the machine. */
export const MORE_FILES: readonly Way[] = [
  shut("`import` of a file as text", () =>
    new Function(
      "return import('file:///etc/passwd', { with: { type: 'text' } })",
    )()),
  shut("`import` of a file as bytes", () =>
    new Function(
      "return import('file:///etc/passwd', { with: { type: 'bytes' } })",
    )()),
  shut(
    "`require` of a JSON file",
    () => createRequire("file:///tmp/x.js")("/etc/x.json"),
  ),
  shut(
    "`require.resolve`: whether a file exists",
    () => createRequire("file:///tmp/x.js").resolve("/etc/passwd"),
  ),
  shut(
    "`fs` by `process.getBuiltinModule`",
    () =>
      process.getBuiltinModule("node:fs").readFileSync("/etc/passwd").length,
  ),
  shut(
    "`fs.openAsBlob`",
    async () => (await (await fs.openAsBlob("/etc/passwd")).text()).length,
  ),
  shut("`fs.cpSync` of a file into `/tmp`", () => {
    fs.cpSync("/etc/passwd", "/tmp/tspark-copy");
    return "copied";
  }),
  shut("`Deno.copyFileSync`", () => {
    Deno.copyFileSync("/etc/passwd", "/tmp/tspark-copy");
    return "copied";
  }),
  shut("`Deno.renameSync`", () => {
    Deno.renameSync("/tmp/tspark-a", "/tmp/tspark-b");
    return "renamed";
  }),
  shut("`Deno.removeSync` of the folder of others", () => {
    Deno.removeSync("/tmp/tspark-nothing", { recursive: true });
    return "removed";
  }),
  shut("`Deno.chmodSync`", () => {
    Deno.chmodSync("/tmp", 0o777);
    return "changed";
  }),
  shut(
    "`Deno.realPathSync`, `Deno.readLinkSync`",
    () => Deno.realPathSync("/proc/self/exe"),
  ),
  shut("`fs.statfsSync`: the disk's size", () => fs.statfsSync("/").blocks),
  shut("`fs.opendirSync`", () => fs.opendirSync("/tmp").path),
  shut("`fs.globSync`", () => fs.globSync("/etc/pass*")[0]),
  shut("`fs.watchFile`", () => {
    fs.watchFile("/etc/passwd", () => {}).unref();
    fs.statSync("/etc/passwd");
    return "watched";
  }),
  shut(
    "A temporary folder below `TMPDIR`",
    () => fs.mkdtempSync(`${os.tmpdir()}/out-`),
  ),
  shut("`Deno.chdir`", () => {
    Deno.chdir("/tmp");
    return Deno.cwd();
  }),
  shut("`process.loadEnvFile`", () => {
    process.loadEnvFile("/etc/environment");
    return "loaded";
  }),
  shut("`Deno.env.set`", () => {
    Deno.env.set("DENO_DIR", "/tmp");
    return "set";
  }),
  shut("`Deno.umask`", () => Deno.umask(0)),
  shut("`os.hostname`, `os.release`, `os.loadavg`", () => os.hostname()),
  shut("`Deno.systemMemoryInfo`", () => Deno.systemMemoryInfo().total),
  open(
    "`Deno.execPath`",
    "its path is no secret; it cannot be run",
    () => Deno.execPath() === "" ? null : "known",
  ),
  shut("Memory by address: `Deno.UnsafePointer`", () => {
    const pointer = Deno.UnsafePointer.create(4096n);
    return pointer === null
      ? null
      : new Deno.UnsafePointerView(pointer).getUint8();
  }),
  shut(
    "The address of a buffer: `Deno.UnsafePointer.of`",
    () => Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(8))),
  ),
  shut("`new Deno.UnsafeCallback`", () => {
    new Deno.UnsafeCallback(
      { parameters: [], result: "void" },
      () => {},
    ).close();
    return "made";
  }),
  shut("`node:sqlite`: a backup into a file", async () => {
    const { backup } = await import("node:sqlite");
    await backup(new DatabaseSync(":memory:"), "/tmp/tspark-out.db");
    return "written";
  }),
  shut("`trace_events`, which writes a file", async () => {
    const { createTracing } = await import("node:trace_events");
    createTracing({ categories: ["v8"] }).enable();
    return fs.existsSync("node_trace.1.log") ? "written" : null;
  }),
  shut("`process.report.writeReport`", () => {
    const path = process.report?.writeReport("/tmp/tspark-report.json");
    return path || null; // this Deno writes none
  }),
];
