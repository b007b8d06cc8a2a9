import { fileURLToPath } from "node:url";
import { writeErrorText } from "../../src/common/log.ts";
import { workerArguments } from "../../src/common/worker_arguments.ts";
import {
  CRASH_REPORT_FOLDER,
  crashReportPath,
  removeCrashReport,
} from "./crash_report.ts";
import type { InspectMode } from "../../src/common/worker_inspection.ts";
import {
  freeInspectPort,
  inspectArgument,
  tellOfInspection,
} from "./inspect_workers.ts";
import { memoryLimits, MemoryWatch } from "./memory_watch.ts";
import { behindPipes } from "../../src/bridge/pipe_program.ts";

const SPARE_WORKERS = 2; // ready for the next connections while others run
const CODE_OF_CLOSED = 79; // of a worker whose connection was closed: see `exit_on_close` in native/core
const WORKER_ROLES = ["serve", "confined", "relay"];
const MAX_QUICK_DEATHS = 5; // workers that end before they took a connection: starting more would not help

/** How confined workers are started. */
export interface Confinement {
  /** What their processes may do, as Deno's arguments. */
  readonly rights: readonly string[];
  /** All of their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** All of their stdin. */
  readonly setup: Uint8Array<ArrayBuffer>;
  /** Removes what was made for them, when none of them is left. */
  readonly remove: () => void;
}

/** The daemon's worker processes. */
export class WorkerPool {
  readonly #arguments: readonly string[];
  readonly #confinement: Confinement | null;
  readonly #inspection: InspectMode | null;
  readonly #arePipes: boolean;
  readonly #workers = new Map<number, Deno.ChildProcess>();
  readonly #limits = memoryLimits();
  #quickDeaths = 0;

  /**
   * @param workerArguments how a worker is told where its connections come from
   * @param confinement how workers are held; null: they are not
   * @param inspection how debuggers get at them; null: they do not
   */
  constructor(
    workerArguments: readonly string[],
    confinement: Confinement | null = null,
    inspection: InspectMode | null = null,
  ) {
    this.#arguments = workerArguments;
    this.#confinement = confinement;
    this.#inspection = inspection;
    this.#arePipes = workerArguments.includes("pipes");
    const signal = (pid: number, name: Deno.Signal): void => {
      const worker = this.#workers.get(pid);
      if (worker !== undefined) send(worker, name);
    };
    new MemoryWatch({
      pids: () => this.#workers.keys(),
      freeze: (pid) => signal(pid, "SIGSTOP"),
      kill: (pid) => signal(pid, "SIGKILL"),
    }, this.#limits).start();
  }

  /** Starts workers that accept connections themselves, so that some are always waiting. */
  keepSpares(): void {
    // One at a time is told of, so that it is the one which takes a task next.
    const spares = this.#inspection === null ? SPARE_WORKERS : 1;
    for (let i = 0; i < spares; i++) this.#startSpare();
  }

  /** Starts a worker and hands a connection's bytes through its pipes. */
  async serve(connection: Deno.Conn): Promise<void> {
    const worker = this.#start();
    const toWorker = connection.readable.pipeTo(worker.stdin);
    const fromWorker = worker.stdout.pipeTo(connection.writable);
    // Either side may close first: both ends are then done.
    await Promise.allSettled([toWorker, fromWorker]);
  }

  /**
   * Kills a worker, one of ours or of a daemon that was lost before, and
   * removes what it left for Spark to read: it may have ended by itself.
   */
  kill(pid: number): void {
    const worker = this.#workers.get(pid);
    if (worker !== undefined) send(worker, "SIGKILL");
    else if (isWorker(pid)) Deno.kill(pid, "SIGKILL");
    forgetLastWords(pid);
  }

  /** Kills all workers. */
  killAll(): void {
    for (const worker of this.#workers.values()) send(worker, "SIGKILL");
  }

  #startSpare(): void {
    const worker = this.#start();
    this.#follow(worker).catch((error) => {
      writeErrorText(`Cannot follow worker ${worker.pid}: ${error}\n`);
    });
  }

  /**
   * A worker writes one byte when it took a connection, which calls for the
   * next spare; whatever else comes is the user's own output.
   */
  async #follow(worker: Deno.ChildProcess): Promise<void> {
    let accepted = false;
    for await (const chunk of worker.stdout) {
      let output = chunk;
      if (!accepted) {
        accepted = true;
        this.#quickDeaths = 0;
        this.#startSpare();
        output = chunk.subarray(1);
      }
      if (output.length > 0) Deno.stderr.writeSync(output);
    }
    const status = await worker.status;
    if (accepted) return;
    this.#quickDeaths++;
    if (this.#quickDeaths < MAX_QUICK_DEATHS) return this.#startSpare();
    writeErrorText(
      `Cannot start workers: ${this.#quickDeaths} of them ended before they took a task, the last with code ${status.code}; see the messages above\n`,
    );
    Deno.exit(1);
  }

  #start(): Deno.ChildProcess {
    const held = this.#confinement;
    const [run = "", ...rest] = [
      ...workerArguments(fileURLToPath(Deno.mainModule), held?.rights)
        .map((text) => this.#withHeap(text)),
      ...this.#arguments,
    ];
    const args = [run, ...this.#openForDebugger(), ...rest];
    const start = this.#arePipes
      ? behindPipes(Deno.execPath(), args)
      : { program: Deno.execPath(), args };
    const worker = new Deno.Command(start.program, {
      args: start.args,
      ...(held === null ? {} : { env: held.environment, clearEnv: true }),
      // Functions find their stdin at its end: it is nobody else's.
      stdin: this.#arePipes || held !== null ? "piped" : "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    if (held !== null) tell(worker, held.setup);
    this.#workers.set(worker.pid, worker);
    worker.status.then(({ code }) => {
      this.#workers.delete(worker.pid);
      if (code === CODE_OF_CLOSED) forgetLastWords(worker.pid);
    });
    return worker;
  }

  #openForDebugger(): string[] {
    if (this.#inspection === null) return [];
    const port = freeInspectPort();
    tellOfInspection(this.#inspection, port);
    return [inspectArgument(this.#inspection, port)];
  }

  #withHeap(argument: string): string {
    if (this.#limits.processBytes === null) return argument;
    const megabytes = this.#limits.heapBytes / 2 ** 20;
    // A thread that frees buffers later would let garbage count as use.
    return argument.startsWith("--v8-flags=")
      ? `${argument},--max-heap-size=${megabytes},--no-concurrent-array-buffer-sweeping`
      : argument;
  }
}

/** Nothing follows: functions find the end there. */
function tell(worker: Deno.ChildProcess, bytes: Uint8Array<ArrayBuffer>): void {
  const ended = (): void => {/* it has, which its status tells */};
  const writer = worker.stdin.getWriter();
  writer.write(bytes).catch(ended);
  writer.close().catch(ended);
}

/** Removes what Spark would have read, had it still wanted the worker's task. */
function forgetLastWords(pid: number): void {
  const folder = Deno.env.get(CRASH_REPORT_FOLDER);
  if (folder !== undefined) removeCrashReport(crashReportPath(folder, pid));
}

/** Whether a process runs as our workers do: a process id may have gone to another program. */
function isWorker(pid: number): boolean {
  try {
    const words = Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0");
    return words.includes(fileURLToPath(Deno.mainModule)) &&
      WORKER_ROLES.some((role) => words.includes(role));
  } catch {
    return false; // it has ended, or the system has no such files
  }
}

function send(worker: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    worker.kill(signal);
  } catch {
    // It has ended in the meantime, which is what was asked for.
  }
}
