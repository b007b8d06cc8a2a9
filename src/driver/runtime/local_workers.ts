import type { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { SharedDescriptors } from "../../bridge/shared_descriptors.ts";
import { ArrivedBytes } from "../../common/arrived_bytes.ts";
import { withTimeout } from "../../common/deadline.ts";
import { writeErrorText } from "../../common/log.ts";
import {
  type HandedConnection,
  readLocalWorkerGreeting,
  type ThreadData,
} from "../../protocol/local_worker_link.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { type Guest, LocalServer } from "../gateway/local_server.ts";
import { readArrived } from "../gateway/read_arrived.ts";
import { writeAddressFile } from "./address_file.ts";
import type { JvmFolder } from "./jvm_folder.ts";

/** A debugger may hold the program for as long as a person looks, and greetings wait. */
const TRUST_DEADLINE_MS = 2 ** 31 - 1;

/** How long a thread may take to find its connection closed. */
const OWN_END_MS = 1000;

/** What threads need of the application. */
export interface LocalWorkersOptions {
  readonly gateway: Pick<Gateway, "apart">;
  readonly folder: JvmFolder;
  /** Folder for Unix sockets, where Spark uses them; null: TCP. */
  readonly socketFolder: string | null;
  /** Path of the worker's main module. */
  readonly main: string;
}

/**
 * Threads of this process that run functions in place of worker processes. The
 * processes are there all the same: each hands the bytes of its connection
 * through (`worker/daemon/hand_over.ts`), and its thread ends with it.
 */
export class LocalWorkers implements AsyncDisposable {
  /** The file that says where the processes find this one. */
  readonly addressFile: string;
  readonly #main: URL;
  readonly #secret = crypto.randomUUID();
  readonly #threads = new Set<WorkerThread>();
  #server: LocalServer | null = null;

  private constructor({ folder, main }: LocalWorkersOptions) {
    this.addressFile = folder.newPath("local_worker.json");
    this.#main = pathToFileURL(main);
  }

  /**
   * Listens for worker processes.
   *
   * @param options the application
   * @throws SparkError `TEMPORARY_FOLDER_FAILED`
   */
  static async open(options: LocalWorkersOptions): Promise<LocalWorkers> {
    const workers = new LocalWorkers(options);
    // Apart: what threads do belongs to no call of now.
    workers.#server = await options.gateway.apart(() =>
      LocalServer.listen({
        folder: options.socketFolder,
        deadlineMs: TRUST_DEADLINE_MS,
        accept: (socket) => workers.#accept(socket),
      })
    );
    const { address } = workers.#server;
    await writeAddressFile(workers.addressFile, address, workers.#secret);
    return workers;
  }

  /** Ends all threads and listens no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.close();
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #accept(socket: Socket): Guest {
    const arrived = new ArrivedBytes();
    let thread: WorkerThread | null = null;
    return {
      get isTrusted(): boolean {
        return thread !== null;
      },
      push: (chunk) => {
        if (thread !== null) return false; // nothing more is to come
        arrived.push(chunk);
        const connection = readArrived(
          arrived,
          (reader) => readLocalWorkerGreeting(reader, this.#secret),
        );
        if (connection === undefined) return true;
        if (connection === null) return false;
        thread = this.#start(connection, socket);
        return true;
      },
      end: () => void thread?.end(),
    };
  }

  #start(connection: HandedConnection, socket: Socket): WorkerThread {
    const thread = new WorkerThread(this.#main, connection);
    this.#threads.add(thread);
    thread.ended.then((failure) => {
      this.#threads.delete(thread);
      // Where its process has gone, nobody waits for it.
      if (failure !== null && !socket.destroyed) {
        writeErrorText(`Cannot go on with a thread of functions: ${failure}\n`);
      }
      socket.end(failure ?? "");
    });
    return thread;
  }
}

/** One thread in place of a worker process. */
class WorkerThread {
  /** Resolves behind its end, and that of all that it opened, with what it could not go on for. */
  readonly ended: Promise<string | null>;
  readonly #worker: Worker;

  constructor(main: URL, connection: HandedConnection) {
    const descriptors = new SharedDescriptors();
    const workerData: ThreadData = {
      connection,
      descriptors: descriptors.buffer,
    };
    this.#worker = new Worker(main, { workerData });
    this.#worker.unref(); // the program may end without stop()
    const ended = Promise.withResolvers<string | null>();
    this.ended = ended.promise;
    let failure: string | null = null;
    this.#worker.on("message", (text: string) => {
      failure = text;
    });
    this.#worker.on("error", (error: Error) => {
      failure ??= error.message;
    });
    this.#worker.on("exit", () => {
      descriptors.closeAll().then(() => ended.resolve(failure), ended.reject);
    });
  }

  /**
   * Ends it: it does so itself as soon as it finds its connection closed. One
   * within a function is only asked to: Deno waits until that returns.
   */
  async end(): Promise<void> {
    if (await withTimeout(OWN_END_MS, this.ended) !== undefined) return;
    await this.#worker.terminate();
    await this.ended;
  }
}
