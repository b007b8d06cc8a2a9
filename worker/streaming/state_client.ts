import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import type { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import {
  readStateAnswer,
  type StateAnswer,
} from "../../src/protocol/state_answer.ts";
import { writeStateRequest } from "../../src/protocol/state_request.ts";
import type { LocalConnection } from "../task/local_connection.ts";

/** A connection to the state server of a task: a question, then its answer. */
export class StateClient implements Disposable {
  readonly #reader: ByteReader;
  readonly #io: WorkerIo;
  readonly #writer = new ByteWriter();
  #iterators = 0;
  #refusal: unknown = null;

  /** @param connection to the server; it is closed with the client */
  constructor({ reader, io }: LocalConnection) {
    this.#reader = reader;
    this.#io = io;
  }

  /**
   * Asks the server. Once it has refused something it may have ended without
   * closing the connection, so nothing more is asked then.
   *
   * @param request see `state_request.ts`
   * @param action what is asked, for messages
   * @throws WorkerError `STATE_SERVER_REFUSED`
   */
  ask(request: Uint8Array, action: string): StateAnswer {
    if (this.#refusal !== null) throw this.#refusal;
    const writer = this.#writer;
    writer.clear();
    writeStateRequest(writer, request);
    this.#io.write(writer.view());
    try {
      return readStateAnswer(this.#reader, action);
    } catch (error) {
      throw this.#refusal = error;
    }
  }

  /** A name for a list that is fetched in parts. */
  newIterator(): string {
    return `${++this.#iterators}`;
  }

  [Symbol.dispose](): void {
    this.#io.close();
  }
}
