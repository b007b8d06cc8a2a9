import { ByteWriter } from "../../common/byte_writer.ts";
import { SparkError } from "../../common/errors.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import { platform } from "../../common/platform/deno.ts";
import { decodeAccumulatorUpdate } from "../../protocol/accumulator_update.ts";
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
import { Broadcast, broadcastDestroyed } from "./broadcast.ts";
import { type CallSite, callSite } from "./call_site.ts";
import {
  broadcastBytes,
  type BytesChannel,
  writeDelimited,
} from "./broadcast_file.ts";

/** What the shared variables of an application need of it. */
export interface SharedVariablesOptions extends BytesChannel {
  readonly capturer: ClosureCapturer;
  /** What the JVM has to show to bring updates. */
  readonly token: string;
  /** Makes a private folder for files that the JVM reads. */
  readonly makeFolder: () => Promise<string>;
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

/** A broadcast's way to the JVM. */
interface BroadcastState {
  /** What it holds, encoded when it was made where that could be done at once. */
  content: Uint8Array | null;
  readonly value: unknown;
  /** Where the program made it. */
  readonly site: CallSite;
  /** The value where it holds functions, once it was taken apart. */
  record: ClosureRecord | null;
  jvm: Promise<{ java: JavaObject; id: number }> | null;
}

/** The broadcasts and accumulators of one application. */
export class SharedVariables implements AsyncDisposable {
  readonly #options: SharedVariablesOptions;
  readonly #cbor: CborCodec = createCborCodec();
  readonly #broadcasts = new Map<number, BroadcastState>();
  readonly #accumulators = new Map<number, Accumulator<unknown>>();
  #count = 0;
  #folder: Promise<string> | null = null;
  #server: AccumulatorServer | null = null;
  readonly #made: { accumulator: Promise<JavaObject> | null } = {
    accumulator: null,
  };
  #failure: { readonly cause: unknown } | null = null;

  /** @param options the application */
  constructor(options: SharedVariablesOptions) {
    this.#options = options;
  }

  /** Makes a broadcast. */
  broadcast<T>(value: T): Broadcast<T> {
    const id = this.#count++;
    const content = this.#snapshot(value);
    const site = callSite("broadcast()");
    this.#broadcasts.set(id, { content, value, site, record: null, jvm: null });
    return new Broadcast(id, value, this);
  }

  /** Makes an accumulator. */
  accumulator<T>(
    value: T,
    param: AccumulatorParam<T> = defaultParam(value),
  ): Accumulator<T> {
    const accumulator = new Accumulator(this.#count++, value, param);
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
      if (state === undefined) throw broadcastDestroyed(id);
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
      : await memoizeAsync(this.#made, "accumulator", () => this.#listen());
    return { ids, broadcasts, accumulator, records: inner };
  }

  /**
   * A JVM broadcast of bytes of our own, released with the objects of the
   * running action: the function that holds it keeps it alive.
   */
  async broadcastCommand(
    bytes: Uint8Array,
  ): Promise<{ java: JavaObject; id: number }> {
    const writer = new ByteWriter(bytes.length + 8);
    writeDelimited(writer, bytes);
    const java = await broadcastBytes(
      this.#options,
      writer.view(),
      await this.#newPath(),
    );
    return { java, id: await java.callNumber("id") };
  }

  /** Throws what went wrong while updates were applied since it was last asked. */
  check(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure === null) return;
    throw new SparkError(
      "ACCUMULATOR_FAILED",
      `Cannot add an accumulator's update on the driver: ${
        failure.cause instanceof Error
          ? failure.cause.message
          : String(failure.cause)
      }; check the addInPlace() of its param`,
      {},
      { cause: failure.cause },
    );
  }

  /** @internal */
  async drop(id: number, blocking: boolean, forEver: boolean): Promise<void> {
    const state = this.#broadcasts.get(id);
    if (forEver) this.#broadcasts.delete(id);
    const jvm = await state?.jvm;
    if (jvm === undefined || jvm === null) return;
    await jvm.java.call(forEver ? "destroy" : "unpersist", blocking);
    if (forEver) jvm.java.release();
  }

  /** Ends the server and removes the files. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.close();
    if (this.#folder !== null) await platform.remove(await this.#folder);
  }

  /** The value as it is now, in CBOR; null for what only the closure capture can take apart. */
  #snapshot(value: unknown): Uint8Array | null {
    try {
      return this.#cbor.encode(value, BROADCAST_FORMS.cbor).slice();
    } catch (error) {
      if (
        error instanceof SparkError &&
        error.condition === "RECORD_NOT_SERIALIZABLE"
      ) return null;
      throw error;
    }
  }

  async #send(
    state: BroadcastState,
  ): Promise<{ java: JavaObject; id: number }> {
    const content = state.content ?? await this.#capture(state);
    state.content = null; // the file has it from here on
    const sent = await this.broadcastCommand(content);
    sent.java.keep();
    return sent;
  }

  async #capture(state: BroadcastState): Promise<Uint8Array> {
    const use = { ...state.site, given: "value" } as const;
    const record = await this.#options.capturer.capture([state.value], [use]);
    state.record = record;
    return withForm(
      BROADCAST_FORMS.closure,
      encodeCommand(record, MAX_BROADCAST_BYTES),
    );
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

  async #newPath(): Promise<string> {
    this.#folder ??= this.#options.makeFolder();
    return `${await this.#folder}/${crypto.randomUUID()}`;
  }
}

/** A broadcast's content: one byte of `BROADCAST_FORMS`, then the rest. */
function withForm(form: number, rest: Uint8Array): Uint8Array {
  const content = new Uint8Array(1 + rest.length);
  content[0] = form;
  content.set(rest, 1);
  return content;
}

/** The broadcasts that functions name. */
function broadcastsOf(record: ClosureRecord): number[] {
  return record.nodes.flatMap((node) =>
    node.kind === "shared" && node.shared.kind === "broadcast"
      ? [node.shared.id]
      : []
  );
}
