import process from "node:process";
import fs from "node:fs";
import { shut, type Way } from "../way.ts";

/** Files, folders, and what the system shows as files. */
export const FILES: readonly Way[] = [
  shut(
    "`Deno.readTextFileSync` of a system file",
    () => Deno.readTextFileSync("/etc/passwd").length,
  ),
  shut(
    "`node:fs` read of the same",
    () => fs.readFileSync("/etc/passwd").length,
  ),
  shut(
    "`fs.promises` read of the same",
    async () => (await fs.promises.readFile("/etc/passwd")).length,
  ),
  shut(
    "`fetch` of a `file:` URL",
    async () => (await (await fetch("file:///etc/passwd")).text()).length,
  ),
  shut("`Deno.writeTextFileSync` below `/tmp`", () => {
    Deno.writeTextFileSync("/tmp/tspark-out", "out");
    return "written";
  }),
  shut(
    "A temporary file: `Deno.makeTempFileSync`",
    () => Deno.makeTempFileSync(),
  ),
  shut(
    "A temporary folder: `fs.mkdtempSync`",
    () => fs.mkdtempSync("/tmp/out-"),
  ),
  shut("A symbolic link: `Deno.symlinkSync`", () => {
    Deno.symlinkSync("/etc/passwd", "/tmp/tspark-link");
    return "linked";
  }),
  shut("A hard link: `fs.linkSync`", () => {
    fs.linkSync("/etc/passwd", "/tmp/tspark-link");
    return "linked";
  }),
  shut(
    'A look at the folder of the process: `Deno.readDirSync(".")`',
    () => [...Deno.readDirSync(".")].length,
  ),
  shut(
    "Whether a file exists: `fs.existsSync`",
    () => fs.existsSync("/etc/passwd") ? "it does" : null,
  ),
  shut("Watching a folder: `Deno.watchFs`", () => {
    Deno.watchFs("/tmp").close();
    return "watching";
  }),
  shut(
    "`/proc/self/environ`",
    () => Deno.readTextFileSync("/proc/self/environ").length,
  ),
  shut("`/proc/self/mem`", () => {
    Deno.openSync("/proc/self/mem", { read: true, write: true }).close();
    return "opened";
  }),
  shut(
    "`/proc/self/maps`",
    () => Deno.readTextFileSync("/proc/self/maps").length,
  ),
  shut("`/proc/self/fd`", () => [...Deno.readDirSync("/proc/self/fd")].length),
  shut(
    "The command line of the daemon: `/proc/<ppid>/cmdline`",
    () => Deno.readTextFileSync(`/proc/${Deno.ppid}/cmdline`),
  ),
  shut("`Deno.env.get`", () => Deno.env.get("HOME")),
  shut("`process.env`", () => process.env["PATH"]),
  shut("`Deno.env.toObject`", () => Object.keys(Deno.env.toObject()).length),
  shut(
    "The secret in `process.env`",
    () => process.env["PYTHON_WORKER_FACTORY_SECRET"],
  ),
  shut("Who runs this: `os.userInfo`, `Deno.uid`", () => Deno.uid()),
  shut("The machine's name: `Deno.hostname`", () => Deno.hostname()),
  shut(
    "Its addresses: `Deno.networkInterfaces`",
    () => Deno.networkInterfaces().length,
  ),
];
