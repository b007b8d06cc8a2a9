import { AsyncLocalStorage } from "node:async_hooks";
import type { Socket } from "node:net";
import { ArrivedBytes } from "../../common/arrived_bytes.ts";
import type { ByteReader } from "../../common/byte_reader.ts";
import { ByteWriter } from "../../common/byte_writer.ts";
import { ProtocolError, SparkError } from "../../common/errors.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import { decodeCommand, encodeCommand } from "../../protocol/command_codec.ts";
import type { Dialect } from "../../protocol/dialect.ts";
import {
  writeAnswerEnd,
  writeAnswerFailure,
} from "../../protocol/planner_answer.ts";
import { readPlannerGreeting } from "../../protocol/planner_link.ts";
import { questionOf, STREAM_MODULE } from "../../protocol/planner_modules.ts";
import {
  endsQuestion,
  type PlannerQuestion,
  readPlannerQuestion,
} from "../../protocol/planner_question.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { type Guest, LocalServer } from "../gateway/local_server.ts";
import { readArrived } from "../gateway/read_arrived.ts";
import { writeAddressFile } from "./address_file.ts";
import type { JvmFolder } from "./jvm_folder.ts";

const MAX_STRANGER_BYTES = 64 * 1024; // that are taken of somebody who has not shown the secret

/** What the program knows of one function or source that Spark asks for while it plans. */
export interface Planned {
  /** What it was made of: another of the same answers the same. */
  readonly madeOf: readonly unknown[];
  /**
   * Answers a question.
   *
   * @param question what Spark asks
   * @param state what came with it of an earlier answer
   * @param writer takes the answer
   */
  answer(
    question: PlannerQuestion,
    state: unknown,
    writer: ByteWriter,
  ): Promise<void>;
}

/** Questions of one kind, one after the other, over one connection. */
export interface Conversation {
  /**
   * Takes the next question.
   *
   * @param reader where it begins
   * @returns answers it
   * @throws ProtocolError `BYTES_TRUNCATED` as long as it is not all there
   */
  read(reader: ByteReader): (writer: ByteWriter) => Promise<void>;
  /**
   * Whether what has come may be a question to its end, so that one that comes
   * in many pieces is not read over and over; always, unless it says otherwise.
   *
   * @param held what has come
   */
  mayBeWhole?(held: Uint8Array): boolean;
  /** Called when the connection is closed. */
  end?(): void;
}

/** What a planner's server needs of the application. */
export interface PlannerServerOptions {
  readonly gateway: Pick<Gateway, "apart" | "scope" | "callbackText">;
  readonly folder: JvmFolder;
  readonly dialect: Dialect;
  /** Folder for Unix sockets, where Spark uses them; null: TCP. */
  readonly socketFolder: string | null;
}

/** Reads how a stream's source is asked, of which one place alone knows. */
export type StreamOpener = (
  find: (blob: Uint8Array) => FoundPlanned,
) => Conversation;

/** What a blob of ours names, and what it carries. */
export interface FoundPlanned {
  readonly planned: Planned;
  readonly state: unknown;
}

/**
 * Answers what Spark asks while it plans queries: of table functions which
 * columns they give, of data sources all but the rows. Spark starts a process
 * on this machine to ask, which hands the questions through (`worker/planner/relay.ts`),
 * so that the program's own classes answer, with all that they hold.
 *
 * Peer: `PythonPlannerRunner`, Spark 4.0 – 4.3.
 */
export class PlannerServer implements Disposable {
  /** The file that says where it listens, once somebody is to be asked. */
  readonly addressFile: string;
  readonly #options: PlannerServerOptions;
  readonly #secret = crypto.randomUUID();
  readonly #planned = new Map<number, Planned>();
  readonly #running = new AsyncLocalStorage<string>();
  readonly #made: { server: Promise<LocalServer> | null } = { server: null };
  readonly #openers = new Map<string, StreamOpener>();

  /** @param options the application */
  constructor(options: PlannerServerOptions) {
    this.#options = options;
    this.addressFile = options.folder.newPath("planner.json");
  }

  /**
   * Has Spark's questions about a function or source answered from now on, and
   * as long as the application runs: views and tables may name it.
   *
   * @param planned answers them; one made of the same that is known stays in its place
   * @returns the number for blobs, see {@link PlannerServer.blob}
   */
  async add(planned: Planned): Promise<number> {
    await memoizeAsync(this.#made, "server", () => this.#listen());
    for (const [number, known] of this.#planned) {
      if (isMadeOfSame(known, planned)) return number;
    }
    const number = this.#planned.size;
    this.#planned.set(number, planned);
    return number;
  }

  /** Has streams' sources answered. */
  answerStreams(open: StreamOpener): void {
    this.answerModule(STREAM_MODULE, open);
  }

  /** Has the questions of a module answered that asks several over one connection. */
  answerModule(module: string, open: StreamOpener): void {
    this.#openers.set(module, open);
  }

  /**
   * Bytes that name what was added, which Spark brings back with a question.
   *
   * @param number of {@link PlannerServer.add}
   * @param state what else they carry
   */
  blob(number: number, state: unknown = null): Uint8Array<ArrayBuffer> {
    return encodeCommand({ planner: number, state });
  }

  /** What is under way in the current chain of calls, in words; undefined for nothing. */
  get running(): string | undefined {
    return this.#running.getStore();
  }

  /** Runs what answers a question, so that it is known what runs. */
  during<T>(what: string, body: () => T): T {
    return this.#running.run(what, body);
  }

  /** Listens no more. */
  [Symbol.dispose](): void {
    this.#made.server?.then((server) => server.close(), () => {});
  }

  async #listen(): Promise<LocalServer> {
    const { gateway, socketFolder } = this.#options;
    // Apart: what is answered later belongs to no call of now.
    const server = await gateway.apart(() =>
      LocalServer.listen({
        folder: socketFolder,
        accept: (socket) => this.#accept(socket),
      })
    );
    await writeAddressFile(this.addressFile, server.address, this.#secret);
    return server;
  }

  #accept(socket: Socket): Guest {
    const { gateway } = this.#options;
    return new PlannerGuest(socket, {
      secret: this.#secret,
      converse: (module) => this.#converse(module),
      textOf: (error) => gateway.callbackText(error),
      run: (body) => gateway.apart(() => gateway.scope(body)),
    });
  }

  #converse(module: string): Conversation {
    const find = (blob: Uint8Array): FoundPlanned => this.#find(blob);
    const open = this.#openers.get(module);
    if (open !== undefined) return open(find);
    const kind = questionOf(module);
    if (kind === null) throw unknownModule(module);
    return {
      mayBeWhole: endsQuestion,
      read: (reader) => {
        const question = readPlannerQuestion(
          reader,
          kind,
          this.#options.dialect,
        );
        return async (writer) => {
          const { planned, state } = find(blobOf(question));
          await planned.answer(question, state, writer);
          writeAnswerEnd(writer);
        };
      },
    };
  }

  #find(blob: Uint8Array): FoundPlanned {
    const named = decodeCommand(blob);
    const { planner, state } =
      (typeof named === "object" && named !== null ? named : {}) as {
        planner?: number;
        state?: unknown;
      };
    const planned = this.#planned.get(planner ?? -1);
    if (planned !== undefined) return { planned, state };
    throw new ProtocolError(
      "PLANNED_UNKNOWN",
      "Cannot answer what Spark asks while it plans: it is about a function or source that this program has not registered; use one SparkSession with one program",
    );
  }
}

function isMadeOfSame({ madeOf: a }: Planned, { madeOf: b }: Planned): boolean {
  return a.length === b.length && a.every((part, at) => Object.is(part, b[at]));
}

function unknownModule(module: string): SparkError {
  return new SparkError(
    "PLANNER_MODULE_UNKNOWN",
    `Cannot answer the planner's module "${module}": TSpark has no counterpart of it; avoid the Spark feature that asks for it`,
    { module },
  );
}

function blobOf(question: PlannerQuestion): Uint8Array {
  switch (question.kind) {
    case "analyze":
      return question.function;
    case "create":
    case "write":
      return question.source;
    case "read":
    case "filters":
    case "commitBatch":
      return question.instance;
    case "commit":
      return question.writer;
  }
}

interface GuestOptions {
  readonly secret: string;
  readonly converse: (module: string) => Conversation;
  readonly textOf: (error: unknown) => string;
  readonly run: (body: () => Promise<void>) => Promise<void>;
}

/** One connection that is handed through, or somebody who says so. */
class PlannerGuest implements Guest {
  readonly #socket: Socket;
  readonly #options: GuestOptions;
  readonly #arrived = new ArrivedBytes();
  #conversation: Conversation | null = null;
  #isBusy = false;

  constructor(socket: Socket, options: GuestOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  get isTrusted(): boolean {
    return this.#conversation !== null;
  }

  push(chunk: Uint8Array): boolean {
    this.#arrived.push(chunk);
    if (!this.isTrusted && this.#arrived.length > MAX_STRANGER_BYTES) {
      return false;
    }
    try {
      return this.#go();
    } catch (error) {
      if (!this.isTrusted) return false;
      this.#fail(error);
      return true;
    }
  }

  end(): void {
    this.#conversation?.end?.();
  }

  #go(): boolean {
    if (this.#conversation === null) {
      const module = readArrived(
        this.#arrived,
        (reader) => readPlannerGreeting(reader, this.#options.secret),
      );
      if (module === undefined) return true;
      if (module === null) return false;
      this.#conversation = this.#options.converse(module);
    }
    const conversation = this.#conversation;
    if (this.#isBusy || this.#arrived.length === 0) return true;
    if (conversation.mayBeWhole?.(this.#arrived.bytes) === false) return true;
    const answer = readArrived(
      this.#arrived,
      (reader) => conversation.read(reader),
    );
    if (answer !== undefined) void this.#answer(answer);
    return true;
  }

  async #answer(answer: (writer: ByteWriter) => Promise<void>): Promise<void> {
    this.#isBusy = true;
    const writer = new ByteWriter();
    try {
      await this.#options.run(() => answer(writer));
      this.#socket.write(writer.finish());
      this.#isBusy = false;
      this.#go();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells why there is no answer, and no more of them. */
  #fail(error: unknown): void {
    this.#isBusy = true;
    const writer = new ByteWriter();
    writeAnswerFailure(writer, this.#options.textOf(error));
    this.#socket.end(writer.finish());
  }
}
