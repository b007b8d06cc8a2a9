import { errorMessage } from "../../common/error_message.ts";
import { AsyncLocalStorage } from "node:async_hooks";
import { SparkError } from "../../common/errors.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import { decodeAccumulatorUpdate } from "../../protocol/accumulator_update.ts";
import { broadcastParts } from "../../protocol/broadcast_content.ts";
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import { BROADCAST_FORMS } from "../../protocol/command.ts";
import { encodeCommand } from "../../protocol/command_codec.ts";
import { MAX_BROADCAST_BYTES } from "../../protocol/limits.ts";
import { type CborCodec, createCborCodec } from "../../serde/cbor/cbor.ts";
import type { ClosureCapturer } from "../closure/closure_capturer.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import {
  Accumulator,
  type AccumulatorParam,
  defaultParam,
} from "./accumulator.ts";
import { AccumulatorServer } from "./accumulator_server.ts";
import { applicationStopped, variableOfStopped } from "./application_end.ts";
import { Broadcast } from "./broadcast.ts";
import { type CallSite, callSite, describeSite } from "./call_site.ts";
import { DestroyedBroadcasts } from "./destroyed_broadcasts.ts";
import {
  type BytesChannel,
  dropContent,
  sendContent,
  type SentBroadcast,
  writeContent,
  type WrittenContent,
} from "./broadcast_file.ts";

/** What the shared variables of an application need of it. */
export interface SharedVariablesOptions extends BytesChannel {
  readonly capturer: ClosureCapturer;
  /** What the JVM has to show to bring updates. */
  readonly token: string;
  /** What stopped the application; null as long as it runs. */
  readonly end: () => CallSite | null;
  /** Folder for Unix sockets, where Spark uses them; null: TCP. */
  readonly socketFolder: string | null;
}

/** What a function of a job needs beside its code. */
export interface NeededVariables {
  /** Pairs of our number and the JVM's. */
  readonly ids: readonly (readonly [number, number])[];
  /** The JVM's broadcasts. */
  readonly broadcasts: readonly JavaObject[];
  /** The JVM's one accumulator, through which all updates come; null as long as nobody has one. */
  readonly accumulator: JavaObject | null;
  /** What the broadcasts' values name, where they hold functions. */
  readonly records: readonly ClosureRecord[];
}

/** How long a command is needed: by the running action alone, or for as long as the JVM keeps an RDD of it. */
export type Life = "action" | "rdd";

/** A broadcast's way to the JVM. */
interface BroadcastState {
  /** What it holds, written when it was made where that could be done at once; null once it was sent. */
  content: WrittenContent | null;
  /** The value as long as it was not written: then the program alone holds it. */
  value: unknown;
  /** Where the program made it. */
  readonly site: CallSite;
  /** The value where it holds functions, once it was taken apart. */
  record: ClosureRecord | null;
  jvm: Promise<SentBroadcast> | null;
}

/** The broadcasts and accumulators of one application. */
export class SharedVariables implements Disposable {
  readonly #options: SharedVariablesOptions;
  readonly #cbor: CborCodec = createCborCodec();
  readonly #broadcasts = new Map<number, BroadcastState>();
  /** Those that are gone. */
  readonly destroyed: DestroyedBroadcasts = new DestroyedBroadcasts();
  readonly #accumulators = new Map<number, Accumulator<unknown>>();
  #count = 0;
  #server: AccumulatorServer | null = null;
  readonly #made: { accumulator: Promise<JavaObject> | null } = {
    accumulator: null,
  };
  /** The commands that go with the action that runs. */
  readonly #commands = new AsyncLocalStorage<SentBroadcast[]>();
  #failure: { readonly cause: unknown } | null = null;

  /** @param options the application */
  constructor(options: SharedVariablesOptions) {
    this.#options = options;
  }

  /** Makes a broadcast. */
  broadcast<T>(value: T): Broadcast<T> {
    const site = callSite("broadcast()");
    const end = this.#options.end();
    if (end !== null) throw applicationStopped(site, end, true);
    const content = this.#snapshot(value);
    const id = this.#count++;
    this.#broadcasts.set(id, {
      content,
      value: content === null ? value : undefined,
      site,
      record: null,
      jvm: null,
    });
    return new Broadcast(id, value, describeSite(site), this);
  }

  /** Makes an accumulator. */
  accumulator<T>(
    value: T,
    param: AccumulatorParam<T> = defaultParam(value) as AccumulatorParam<T>,
  ): Accumulator<T> {
    const made = describeSite(callSite("accumulator()"));
    const id = this.#count++;
    const accumulator = new Accumulator(
      id,
      value,
      param,
      () => this.requireUsable(`Accumulator(${id})`, made),
    );
    // One table for accumulators of all types: each gets its own updates only.
    this.#accumulators.set(
      accumulator.id,
      accumulator as unknown as Accumulator<unknown>,
    );
    return accumulator;
  }

  /**
   * Brings to the JVM what functions name.
   *
   * @param records the functions
   * @throws SparkError `BROADCAST_DESTROYED`
   */
  async needed(
    records: readonly (ClosureRecord | null)[],
  ): Promise<NeededVariables> {
    const ids: [number, number][] = [];
    const broadcasts: JavaObject[] = [];
    const inner: ClosureRecord[] = [];
    const seen = new Set<number>();
    const add = async (id: number): Promise<void> => {
      if (seen.has(id)) return;
      seen.add(id);
      const state = this.#broadcasts.get(id);
      if (state === undefined) throw this.destroyed.error(id);
      const jvm = await memoizeAsync(state, "jvm", () => this.#send(state));
      ids.push([id, jvm.id]);
      broadcasts.push(jvm.java);
      if (state.record === null) return;
      inner.push(state.record);
      for (const named of broadcastsOf(state.record)) await add(named);
    };
    for (const record of records) {
      if (record === null) continue;
      for (const id of broadcastsOf(record)) await add(id);
    }
    const accumulator = this.#accumulators.size === 0
      ? null
      : await this.accumulators();
    return { ids, broadcasts, accumulator, records: inner };
  }

  /** The JVM's object that brings what all of the application's accumulators add up, also those that are made later. */
  accumulators(): Promise<JavaObject> {
    return memoizeAsync(this.#made, "accumulator", () => this.#listen());
  }

  /**
   * A JVM broadcast of bytes of our own.
   *
   * @param bytes its content
   * @param life of an action: it is destroyed with {@link SharedVariables.whileRunning};
   *   of an RDD: the JVM removes it when nothing there refers to it
   */
  async broadcastCommand(
    bytes: Uint8Array,
    life: Life,
  ): Promise<SentBroadcast> {
    const content = writeContent(this.#options, [bytes]);
    const sent = await this.#sendOrDrop(content);
    if (life === "action") this.#commands.getStore()?.push(sent);
    return sent;
  }

  /** Runs what an action does, and destroys at its end the commands that it alone needed. */
  async whileRunning<T>(body: () => Promise<T>): Promise<T> {
    const commands: SentBroadcast[] = [];
    try {
      return await this.#commands.run(commands, body);
    } finally {
      for (const command of commands) await this.#forget(command);
    }
  }

  /** Throws what went wrong while updates were applied since it was last asked. */
  check(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure === null) return;
    throw new SparkError(
      "ACCUMULATOR_FAILED",
      `Cannot add an accumulator's update on the driver: ${
        errorMessage(failure.cause)
      }; check the addInPlace() of its param`,
      {},
      { cause: failure.cause },
    );
  }

  /**
   * Refuses a variable of an application that was stopped: in the one that
   * runs now another variable has its number.
   *
   * @param variable what a function names, such as `Broadcast(0)`
   * @param made what made it, with its place
   * @throws GatewayError `APPLICATION_STOPPED`
   */
  requireUsable(variable: string, made: string): void {
    const end = this.#options.end();
    if (end !== null) throw variableOfStopped(variable, made, end);
  }

  /** @internal */
  async drop(id: number, blocking: boolean, forEver: boolean): Promise<void> {
    const state = this.#broadcasts.get(id);
    if (forEver) this.#broadcasts.delete(id);
    if (state === undefined) return;
    const jvm = await state.jvm;
    if (forEver) {
      this.destroyed.add(id, describeSite(state.site), jvm?.id ?? null);
    }
    if (forEver && state.content !== null) await dropContent(state.content);
    if (jvm === null) return;
    await jvm.java.call(forEver ? "destroy" : "unpersist", blocking);
    if (!forEver) return;
    jvm.java.release();
    await this.#options.folder.remove(jvm.path);
  }

  /** Ends the server. */
  [Symbol.dispose](): void {
    this.#server?.close();
  }

  /** The value as it is now, in CBOR; null for what only the closure capture can take apart. */
  #snapshot(value: unknown): WrittenContent | null {
    const apart: Uint8Array[] = [];
    let bytes: Uint8Array;
    try {
      bytes = this.#cbor.encode(value, undefined, apart);
    } catch (error) {
      if (
        error instanceof SparkError &&
        error.condition === "RECORD_NOT_SERIALIZABLE"
      ) return null;
      throw error;
    }
    return writeContent(this.#options, broadcastParts(bytes, apart));
  }

  async #send(state: BroadcastState): Promise<SentBroadcast> {
    state.content ??= writeContent(this.#options, await this.#capture(state));
    state.value = undefined;
    const sent = await sendContent(this.#options, state.content);
    state.content = null; // its file is the broadcast's from here on
    sent.java.keep();
    return sent;
  }

  async #sendOrDrop(content: WrittenContent): Promise<SentBroadcast> {
    try {
      return await sendContent(this.#options, content);
    } catch (error) {
      await dropContent(content);
      throw error;
    }
  }

  /** Destroys a command that nobody needs any more, whatever became of the JVM. */
  async #forget({ java, path }: SentBroadcast): Promise<void> {
    const { gateway, folder } = this.#options;
    await gateway.apart(() => gateway.tryCall(java, "destroy", false));
    await folder.remove(path);
  }

  async #capture(state: BroadcastState): Promise<Uint8Array[]> {
    const use = { ...state.site, given: "value" } as const;
    const record = await this.#options.capturer.capture([state.value], [use]);
    state.record = record;
    return [
      Uint8Array.of(BROADCAST_FORMS.closure),
      encodeCommand(record, MAX_BROADCAST_BYTES),
    ];
  }

  /** Peer: `SparkContext._do_init` of PySpark. */
  async #listen(): Promise<JavaObject> {
    const { gateway, jsc, token, socketFolder } = this.#options;
    const server = this.#server ??= await AccumulatorServer.listen(
      token,
      (updates) => this.#apply(updates),
      socketFolder,
    );
    const className = "org.apache.spark.api.python.PythonAccumulatorV2";
    const { address } = server;
    const java = address.kind === "unix"
      ? await gateway.construct(className, address.path)
      : await gateway.construct(className, address.host, address.port, token);
    await (await jsc.callObject("sc")).call("register", java);
    return java.keep();
  }

  /** Must not throw: the JVM's scheduler waits for the acknowledgement. */
  #apply(updates: readonly Uint8Array[]): void {
    for (const bytes of updates) {
      try {
        const { id, value } = decodeAccumulatorUpdate(bytes);
        this.#accumulators.get(Number(id))?.add(this.#cbor.decode(value));
      } catch (cause) {
        this.#failure ??= { cause };
      }
    }
  }
}

/** The broadcasts that functions name. */
function broadcastsOf(record: ClosureRecord): number[] {
  return record.nodes.flatMap((node) =>
    node.kind === "shared" && node.shared.kind === "broadcast"
      ? [node.shared.id]
      : []
  );
}
