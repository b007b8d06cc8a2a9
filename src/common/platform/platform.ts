/**
 * What TSpark asks of the runtime under it: processes, sockets, files,
 * environment. `deno.ts` answers with Deno's means, `node.ts` with Node's.
 *
 * @module
 */

/** A connected stream socket, TCP or Unix. */
export interface Socket {
  /**
   * Reads what is there, waiting for at least one byte.
   *
   * @param into the space to fill, never empty
   * @returns bytes read; 0 when the other side has closed
   */
  read(into: Uint8Array): Promise<number>;
  /** Writes all of the bytes; they must not change until the promise resolves. */
  write(bytes: Uint8Array): Promise<void>;
  /** Lets a pending read keep the program running: so it is at first. */
  ref(): void;
  /** Lets the program end although a read is pending. */
  unref(): void;
  /** Closes the socket: pending reads and writes reject. Does nothing the second time. */
  close(): void;
}

/** How a process ended. */
export interface ExitStatus {
  /** The exit code; 128 + the signal's number when a signal ended it. */
  readonly code: number;
  /** Name of the signal that ended it, such as `"SIGKILL"`; null without one. */
  readonly signal: string | null;
}

/** A child process whose three streams are pipes. */
export interface ChildProcess {
  /** Its process id. */
  readonly pid: number;
  /** What it writes to stdout, as chunks of its own. */
  readonly stdout: ReadableStream<Uint8Array>;
  /** What it writes to stderr, as chunks of its own. */
  readonly stderr: ReadableStream<Uint8Array>;
  /** Resolves when the process is gone; its streams may still hold bytes. */
  readonly exited: Promise<ExitStatus>;
  /** Closes its stdin; does nothing when that is closed already. */
  closeStdin(): Promise<void>;
  /** Sends a signal; does nothing when the process is gone. */
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  /** Lets the process and its streams keep the program running: so it is at first. */
  ref(): void;
  /** Lets the program end although the process runs. */
  unref(): void;
}

/** Whose a folder is, and who may enter it. */
export interface FolderAccess {
  /** The user's number; null where the system has none. */
  readonly owner: number | null;
  /** Permission bits; null where the system has none. */
  readonly mode: number | null;
}

/** A watch over a folder's entries. */
export interface FolderWatch {
  /**
   * Waits for the next change since the watch was made or last asked.
   *
   * @returns false when the watch was closed
   */
  changed(): Promise<boolean>;
  /** Ends the watch; a pending {@link FolderWatch.changed} resolves. */
  close(): void;
}

/** The runtime's means, by name. */
export interface Platform {
  /** Which runtime it is. */
  readonly runtime: "deno" | "node";
  /** The operating system under it: `"linux"`, `"darwin"`, `"windows"` or another name. */
  readonly operatingSystem: string;
  /** Path of the runtime's own executable. */
  executable(): string;
  /** Path of the Deno that workers run on, or its name to look up in `PATH`. */
  denoExecutable(): string;
  /** Address of the module that the program began with; null in a REPL that has none. */
  mainModule(): string | null;
  /** The program's environment variables. */
  environment(): Record<string, string>;
  /**
   * Starts a process with three pipes.
   *
   * @param command a path, or a name to look up in `PATH`
   * @param args its arguments
   * @param env its whole environment
   * @param cwd the folder that it starts in; the program's own by default
   */
  spawn(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    cwd?: string,
  ): ChildProcess;
  /** Connects over TCP, with Nagle's delay off. */
  connectTcp(host: string, port: number): Promise<Socket>;
  /** Connects to a Unix socket. */
  connectUnix(path: string): Promise<Socket>;
  /** Makes a temporary folder that only this user may enter. */
  makePrivateFolder(prefix: string): Promise<string>;
  /** Makes a folder and those above it, where they are missing. */
  makeFolder(path: string): Promise<void>;
  /** As {@link Platform.makePrivateFolder}, at once. */
  makePrivateFolderNow(prefix: string): string;
  /** Whose a folder is, and who may enter it; null when there is no such folder. */
  folderAccess(path: string): FolderAccess | null;
  /** Writes a new file that only this user may read. */
  writePrivateFile(path: string, content: string | Uint8Array): Promise<void>;
  /** As {@link Platform.writePrivateFile}, at once, of parts in their order; leaves no file behind when it fails. */
  writePrivateFileNow(path: string, parts: readonly Uint8Array[]): void;
  /**
   * Writes a file so that it is never seen half written, in place of one that
   * may be there.
   *
   * @param path where it will be
   * @param content its content
   * @param mode its permission bits
   */
  writeAtomically(
    path: string,
    content: string | Uint8Array,
    mode: number,
  ): Promise<void>;
  /** Reads a file; null when there is none. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** Names of a folder's entries, in no order; null when there is no such folder. */
  listFolder(path: string): Promise<string[] | null>;
  /** Removes a file or folder with all it holds; does nothing when there is none. */
  remove(path: string): Promise<void>;
  /** Watches a folder from now on. */
  watchFolder(path: string): FolderWatch;
  /** Writes to the program's stdout at once. */
  writeOutput(text: string): void;
  /** Writes to the program's stderr at once. */
  writeError(bytes: Uint8Array): void;
}
