import { cellPrinter } from "./cell_printer.ts";
import type {
  ChildProcess,
  FolderAccess,
  FolderWatch,
  Platform,
  Socket,
} from "./platform.ts";

/** Deno's answers to {@link Platform}: the only file of the library that names `Deno` for them. */
export const platform: Platform = {
  runtime: "deno",
  operatingSystem: Deno.build.os,
  executable: () => Deno.execPath(),
  environment,
  denoExecutable: () => Deno.execPath(),
  mainModule: () => Deno.mainModule,
  spawn,
  async connectTcp(hostname, port): Promise<Socket> {
    const conn = await Deno.connect({ hostname, port });
    conn.setNoDelay(true);
    return socketOf(conn);
  },
  async connectUnix(path): Promise<Socket> {
    return socketOf(await Deno.connect({ transport: "unix", path }));
  },
  // Made with mode 0700.
  makePrivateFolder: (prefix) => Deno.makeTempDir({ prefix }),
  makeFolder: (path) => Deno.mkdir(path, { recursive: true }),
  async writePrivateFile(path, content): Promise<void> {
    const bytes = bytesOf(content);
    await Deno.writeFile(path, bytes, { mode: 0o600, createNew: true });
  },
  makePrivateFolderNow: (prefix) => Deno.makeTempDirSync({ prefix }),
  folderAccess(path): FolderAccess | null {
    try {
      const { isDirectory, uid, mode } = Deno.lstatSync(path);
      return isDirectory ? { owner: uid, mode } : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  },
  writePrivateFileNow(path, parts): void {
    const options = { write: true, createNew: true, mode: 0o600 };
    const file = Deno.openSync(path, options);
    try {
      for (const part of parts) {
        for (let at = 0; at < part.length;) {
          at += file.writeSync(part.subarray(at));
        }
      }
    } catch (error) {
      Deno.removeSync(path);
      throw error;
    } finally {
      file.close();
    }
  },
  async writeAtomically(path, content, mode): Promise<void> {
    const draft = `${path}.${crypto.randomUUID()}`;
    try {
      await Deno.writeFile(draft, bytesOf(content), { createNew: true });
      await Deno.chmod(draft, mode); // whatever the umask says
      await Deno.rename(draft, path);
    } catch (error) {
      await Deno.remove(draft).catch(() => {});
      throw error;
    }
  },
  readFile: (path) => orNull(() => Deno.readFile(path)),
  listFolder: (path) =>
    orNull(async () => {
      const names: string[] = [];
      for await (const entry of Deno.readDir(path)) names.push(entry.name);
      return names;
    }),
  async remove(path): Promise<void> {
    await orNull(() => Deno.remove(path, { recursive: true }));
  },
  watchFolder,
  writeOutput(text): void {
    const print = cellPrinter();
    if (print !== null) {
      print(text);
      return;
    }
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) {
      at += Deno.stdout.writeSync(bytes.subarray(at));
    }
  },
  writeError(bytes): void {
    for (let at = 0; at < bytes.length;) {
      at += Deno.stderr.writeSync(bytes.subarray(at));
    }
  },
};

/** Variables that the driver looks at, where it may not read all. */
const OWN_VARIABLES: readonly string[] = [
  "HOME",
  "JAVA_HOME",
  "LOCALAPPDATA",
  "PATH",
  "PYSPARK_GATEWAY_PORT",
  "PYSPARK_GATEWAY_SECRET",
  "PYSPARK_SUBMIT_ARGS",
  "SPARK_CONF_DIR",
  "SPARK_HOME",
  "TERM",
  "XDG_CACHE_HOME",
];

function environment(): Record<string, string> {
  if (mayReadEnvironment()) return Deno.env.toObject();
  const found: Record<string, string> = {};
  for (const variable of OWN_VARIABLES) {
    if (!mayReadEnvironment(variable)) continue;
    const value = Deno.env.get(variable);
    if (value !== undefined) found[variable] = value;
  }
  return found;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
}

function mayReadEnvironment(variable?: string): boolean {
  const right = variable === undefined
    ? { name: "env" as const }
    : { name: "env" as const, variable };
  return Deno.permissions.querySync(right).state === "granted";
}

function spawn(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): ChildProcess {
  const child = new Deno.Command(command, {
    args: [...args],
    env: { ...env },
    // Who may not read all variables cannot hand them on: then they are inherited.
    clearEnv: mayReadEnvironment(),
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stdin: Promise<void> | undefined;
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exited: child.status.then(({ code, signal }) => ({ code, signal })),
    closeStdin(): Promise<void> {
      // A process that is gone has broken the pipe: as closed as can be.
      stdin ??= child.stdin.close().catch(() => {});
      return stdin;
    },
    kill(signal): void {
      try {
        child.kill(signal);
      } catch (error) {
        const ended = error instanceof TypeError ||
          error instanceof Deno.errors.NotFound;
        if (!ended) throw error;
      }
    },
    ref: () => child.ref(),
    unref: () => child.unref(),
  };
}

function socketOf(conn: Deno.TcpConn | Deno.UnixConn): Socket {
  let open = true;
  return {
    async read(into): Promise<number> {
      return await conn.read(into) ?? 0;
    },
    async write(bytes): Promise<void> {
      let at = await conn.write(bytes);
      while (at < bytes.length) at += await conn.write(bytes.subarray(at));
    },
    ref: () => conn.ref(),
    unref: () => conn.unref(),
    close(): void {
      if (open) conn.close();
      open = false;
    },
  };
}

function watchFolder(path: string): FolderWatch {
  const watcher = Deno.watchFs(path, { recursive: false });
  const events = watcher[Symbol.asyncIterator]();
  let open = true;
  return {
    async changed(): Promise<boolean> {
      return !(await events.next()).done;
    },
    close(): void {
      if (open) watcher.close();
      open = false;
    },
  };
}

async function orNull<T>(body: () => Promise<T>): Promise<T | null> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
