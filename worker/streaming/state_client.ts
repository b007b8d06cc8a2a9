import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import type { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import type { ProtoFields } from "../../src/protocol/proto_wire.ts";
import {
  readStateAnswer,
  type StateAnswer,
} from "../../src/protocol/state_answer.ts";
import {
  type StateListForm,
  writeStateRequest,
} from "../../src/protocol/state_request.ts";
import type { KnownBuiltins } from "../task/builtins.ts";
import type { LocalConnection } from "../task/local_connection.ts";
import {
  MESSAGE_LISTS,
  type ReadPart,
  type StateLists,
  streamedLists,
} from "./state_lists.ts";

const NOTHING = new Uint8Array(0);
/** Requests that are sent before their answers are read: these must fit into a socket's buffer. */
const MOST_UNANSWERED = 256;

/** A connection to the state server of a task: a question, then its answer. */
export class StateClient implements Disposable {
  /** Reads lists as the server sends them. */
  readonly lists: StateLists;
  readonly #reader: ByteReader;
  readonly #io: WorkerIo;
  readonly #builtins: KnownBuiltins;
  readonly #writer = new ByteWriter();
  #iterators = 0;
  #refusal: unknown = null;

  /**
   * @param connection to the server; it is closed with the client
   * @param form how the server sends lists
   * @param builtins as functions may have changed them
   */
  constructor(
    { reader, io }: LocalConnection,
    form: StateListForm,
    builtins: KnownBuiltins,
  ) {
    this.#reader = reader;
    this.#io = io;
    this.#builtins = builtins;
    this.lists = form === "streams" ? streamedLists(reader) : MESSAGE_LISTS;
  }

  /**
   * Runs code of this worker's own with the language's objects as they were.
   *
   * @param body all that a processor's call of a state takes
   */
  run<T>(body: () => T): T {
    return this.#builtins.restored(body);
  }

  /**
   * Asks the server. Once it has refused something it may have ended without
   * closing the connection, so nothing more is asked then.
   *
   * @param request see `state_request.ts`
   * @param action what is asked, for messages
   * @param behind an Arrow stream that belongs to the request
   * @throws WorkerError `STATE_SERVER_REFUSED`
   */
  ask(
    request: Uint8Array,
    action: string,
    behind: Uint8Array = NOTHING,
  ): StateAnswer {
    return this.#exchange(() => {
      this.#send([request], behind);
      return readStateAnswer(this.#reader, action);
    });
  }

  /** Asks many things of the same kind, without waiting for each answer. */
  askAll(requests: readonly Uint8Array[], action: string): void {
    this.#exchange(() => {
      for (let at = 0; at < requests.length; at += MOST_UNANSWERED) {
        const sent = requests.slice(at, at + MOST_UNANSWERED);
        this.#send(sent, NOTHING);
        for (const _ of sent) readStateAnswer(this.#reader, action);
      }
    });
  }

  /**
   * Goes through a list, which comes in parts.
   *
   * @param request makes what asks for a part, of the list's name
   * @param action what is asked, for messages
   * @param read reads a part
   * @param ends tells an answer that ends the list although it looks like an error
   */
  *list<T>(
    request: (iterator: string) => Uint8Array,
    action: string,
    read: ReadPart<T>,
    ends?: (answer: ProtoFields) => boolean,
  ): Generator<T> {
    const iterator = `${++this.#iterators}`;
    for (let more = true; more;) {
      const part = this.run(() => {
        const asked = request(iterator);
        return this.#exchange(() => {
          this.#send([asked], NOTHING);
          const answer = readStateAnswer(this.#reader, action, ends);
          return answer.isThere ? read(answer.fields) : null;
        });
      });
      if (part === null) return;
      const { values } = part;
      for (let i = 0; i < values.length; i++) yield values[i] as T;
      more = part.more;
    }
  }

  [Symbol.dispose](): void {
    this.#io.close();
  }

  #send(requests: readonly Uint8Array[], behind: Uint8Array): void {
    const writer = this.#writer;
    writer.clear();
    for (const request of requests) writeStateRequest(writer, request);
    writer.writeBytes(behind);
    this.#io.write(writer.view());
  }

  #exchange<T>(body: () => T): T {
    if (this.#refusal !== null) throw this.#refusal;
    try {
      return body();
    } catch (error) {
      throw this.#refusal = error;
    }
  }
}
