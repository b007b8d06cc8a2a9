import { type ChildProcess as NodeChild, spawn } from "node:child_process";
import {
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  unlinkSync,
  watch,
  writeSync,
} from "node:fs";
import * as files from "node:fs/promises";
import { constants as systemConstants, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { connectTo } from "./node_socket.ts";
import { packagedDeno } from "./packaged_deno.ts";
import type {
  ChildProcess,
  FolderAccess,
  FolderWatch,
  Platform,
} from "./platform.ts";

/** Node's answers to {@link Platform}; the npm package has this file in place of `deno.ts`. */
export const platform: Platform = {
  runtime: "node",
  operatingSystem: process.platform === "win32" ? "windows" : process.platform,
  mainModule: () => {
    const path = process.argv[1];
    return path === undefined ? null : pathToFileURL(path).href;
  },
  executable: () => process.execPath,
  denoExecutable: () => packagedDeno(import.meta.url) ?? "deno",
  environment: environmentCopy,
  spawn: spawnWithPipes,
  connectTcp: (host, port) => connectTo({ host, port, noDelay: true }),
  connectUnix: (path) => connectTo({ path }),
  // Made with mode 0700.
  makePrivateFolder: (prefix) => files.mkdtemp(join(tmpdir(), prefix)),
  async makeFolder(path): Promise<void> {
    await files.mkdir(path, { recursive: true });
  },
  writePrivateFile: (path, content) =>
    files.writeFile(path, content, { mode: 0o600, flag: "wx" }),
  makePrivateFolderNow: (prefix) => mkdtempSync(join(tmpdir(), prefix)),
  folderAccess(path): FolderAccess | null {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined || !found.isDirectory()) return null;
    return { owner: found.uid, mode: found.mode };
  },
  writePrivateFileNow(path, parts): void {
    const file = openSync(path, "wx", 0o600);
    try {
      for (const part of parts) {
        for (let at = 0; at < part.length;) {
          at += writeSync(file, part, at);
        }
      }
    } catch (error) {
      unlinkSync(path);
      throw error;
    } finally {
      closeSync(file);
    }
  },
  async writeAtomically(path, content, mode): Promise<void> {
    const draft = `${path}.${crypto.randomUUID()}`;
    try {
      await files.writeFile(draft, content, { flag: "wx" });
      await files.chmod(draft, mode); // whatever the umask says
      await files.rename(draft, path);
    } catch (error) {
      await files.rm(draft, { force: true }).catch(() => {});
      throw error;
    }
  },
  readFile: (path) =>
    orNull(async () => {
      const { buffer, byteOffset, length } = await files.readFile(path);
      return new Uint8Array(buffer, byteOffset, length);
    }),
  listFolder: (path) => orNull(() => files.readdir(path)),
  remove: (path) => files.rm(path, { recursive: true, force: true }),
  watchFolder,
  // Files, pipes and terminals are written to at once on Linux and macOS.
  writeOutput: (text) => void process.stdout.write(text),
  writeError: (bytes) => void process.stderr.write(bytes),
};

function environmentCopy(): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) copy[name] = value;
  }
  return copy;
}

function spawnWithPipes(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): ChildProcess {
  const child = spawn(command, args, {
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { stdin, stdout, stderr, pid } = child;
  if (pid === undefined) {
    child.on("error", () => {}); // the same failure once more, later
    throw new Error(
      `Cannot start "${command}": it is not there or is no program; check its path`,
    );
  }
  const exited = exitOf(child);
  // A process that is gone has broken the pipe: as closed as can be.
  stdin.on("error", () => {});
  return {
    pid,
    stdout: bytesOf(stdout),
    stderr: bytesOf(stderr),
    exited,
    closeStdin(): Promise<void> {
      return new Promise((resolve) => {
        if (stdin.closed) return resolve();
        stdin.once("close", resolve);
        stdin.end();
        stdin.destroy(); // nothing was ever written
      });
    },
    kill(signal): void {
      child.kill(signal);
    },
    ref: () => setRef(child, "ref"),
    unref: () => setRef(child, "unref"),
  };
}

function exitOf(child: NodeChild): ChildProcess["exited"] {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      const number = signal === null ? 0 : systemConstants.signals[signal];
      resolve({ code: code ?? 128 + number, signal });
    });
  });
}

function bytesOf(stream: Readable): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller): void {
      stream.on("data", (chunk: Uint8Array) => {
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) stream.pause();
      });
      stream.once("error", (error) => controller.error(error));
      stream.once("end", () => controller.close());
      stream.pause();
    },
    pull: () => void stream.resume(),
    cancel: () => void stream.destroy(),
  });
}

/** The pipes keep a program running as the process does. */
function setRef(child: NodeChild, way: "ref" | "unref"): void {
  child[way]();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) {
    // Pipes are sockets, whatever their type says.
    const change: unknown = pipe === null ? null : Reflect.get(pipe, way);
    if (typeof change === "function") change.call(pipe);
  }
}

function watchFolder(path: string): FolderWatch {
  const watcher = watch(path, { recursive: false });
  let isOpen = true;
  let isChanged = false;
  let wake = (): void => {};
  watcher.on("change", () => {
    isChanged = true;
    wake();
  });
  watcher.on("error", () => {}); // a folder that goes has changed before
  return {
    async changed(): Promise<boolean> {
      while (isOpen && !isChanged) {
        await new Promise<void>((resolve) => wake = resolve);
      }
      const was = isChanged;
      isChanged = false;
      return was;
    },
    close(): void {
      if (isOpen) watcher.close();
      isOpen = false;
      wake();
    },
  };
}

async function orNull<T>(body: () => Promise<T>): Promise<T | null> {
  try {
    return await body();
  } catch (error) {
    const code = error instanceof Error ? Reflect.get(error, "code") : null;
    if (code === "ENOENT") return null;
    throw error;
  }
}
