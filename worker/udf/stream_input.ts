import type {
  AsyncByteSource,
  ByteReader,
} from "../../src/common/byte_reader.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import {
  bodyLengthOf,
  readPrefix,
} from "../../src/serde/arrow/arrow_message.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import { BatchReader } from "../../src/serde/arrow/batch_reader.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import { checkMessageSize } from "../../src/serde/arrow/message_size.ts";
import { readSchemaMessage } from "../../src/serde/arrow/schema_reader.ts";
import type { KnownBuiltins } from "../task/builtins.ts";
import type { WorkerTools } from "../task/worker_tools.ts";

const PREFIX_BYTES = 8;
const SKIP_BYTES = 8 << 20; // reading on costs less than a new worker up to about this much

/** What reading and writing streams takes. */
export type StreamTools = Pick<WorkerTools, "reader" | "write" | "builtins">;

/**
 * An Arrow stream as the JVM sends it, a batch at a time.
 *
 * Peer: `PythonArrowInput`, Spark 3.5 – 4.3. Layout: the schema's message,
 * those of batches, int32 LE -1, int32 LE 0.
 */
export class StreamInput {
  readonly #reader: ByteReader;
  readonly #builtins: KnownBuiltins;
  readonly #copies: boolean;
  readonly #schemas: SchemaCache | null;
  readonly #cutsStructs: boolean;
  #batches: BatchReader | null = null;
  #ended = false;

  /**
   * Reads nothing yet.
   *
   * @param tools the connection, where a stream begins, and builtins
   * @param copies whether batches are to lie in memory of their own, and outlive the next read
   * @param schemas knows the schema of the stream before, where many of one schema follow each other
   * @param cutsStructs as {@link BatchReader} has it
   */
  constructor(
    { reader, builtins }: Pick<StreamTools, "reader" | "builtins">,
    copies = false,
    schemas: SchemaCache | null = null,
    cutsStructs = false,
  ) {
    this.#reader = reader;
    this.#builtins = builtins;
    this.#copies = copies;
    this.#schemas = schemas;
    this.#cutsStructs = cutsStructs;
  }

  /** Whether the mark behind the last batch was read. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Reads the columns' names and types: before anything else, and once.
   *
   * @throws ProtocolError `ARROW_MALFORMED`, `BYTES_TRUNCATED`
   */
  readSchema(): ArrowSchema {
    const message = this.#message();
    if (message === null) throw truncated(0, PREFIX_BYTES);
    const schema = this.#schemas?.read(message) ?? readSchemaMessage(message);
    this.#batches = new BatchReader(schema, this.#cutsStructs);
    return schema;
  }

  /**
   * Reads the next batch.
   *
   * @returns null at the end. Its columns lie over bytes that the next read
   *   from the connection overwrites, unless they are copies
   * @throws ProtocolError `ARROW_MALFORMED`, `BYTES_TRUNCATED`, `BATCH_TOO_LARGE`
   */
  next(): ArrowBatch | null {
    return this.#builtins.restored(() => this.#next());
  }

  #next(): ArrowBatch | null {
    while (!this.#ended) {
      const message = this.#message();
      if (message === null) return null;
      const batch = this.#batches?.read(message) ?? null;
      if (batch !== null) return batch;
    }
    return null;
  }

  /**
   * Waits, without blocking, until {@link StreamInput.next} need not wait.
   *
   * @param source the connection
   */
  async ready(source: AsyncByteSource): Promise<void> {
    const reader = this.#reader;
    if (!await reader.fillAsync(source, PREFIX_BYTES)) return;
    const head = PREFIX_BYTES + readPrefix(reader.window, 0);
    if (head === PREFIX_BYTES || !await reader.fillAsync(source, head)) return;
    await reader.fillAsync(source, this.#size(head));
  }

  /**
   * Reads on to the end.
   *
   * @returns false when that is not worth it: more than {@link SKIP_BYTES} are left
   */
  skip(): boolean {
    for (let left = SKIP_BYTES; left > 0;) {
      if (this.#ended) return true;
      left -= this.#message()?.length ?? 0;
    }
    return this.#ended;
  }

  /** One whole message, valid until the next read; null for the mark at the end. */
  #message(): Uint8Array | null {
    const reader = this.#reader;
    this.#need(PREFIX_BYTES);
    const metadata = readPrefix(reader.window, 0);
    if (metadata === 0) {
      reader.skip(PREFIX_BYTES);
      this.#ended = true;
      return null;
    }
    const head = PREFIX_BYTES + metadata;
    checkMessageSize(head);
    this.#need(head);
    const size = this.#size(head);
    this.#need(size);
    const window = reader.window.subarray(0, size);
    const message = this.#copies ? window.slice() : window;
    reader.skip(size);
    return message;
  }

  #size(head: number): number {
    const size = head + bodyLengthOf(this.#reader.window, 0, head);
    checkMessageSize(size);
    return size;
  }

  #need(count: number): void {
    if (this.#reader.fill(count)) return;
    throw truncated(this.#reader.window.length, count);
  }
}

function truncated(got: number, wanted: number): ProtocolError {
  return new ProtocolError(
    "BYTES_TRUNCATED",
    `Cannot read an Arrow message: the JVM closed the connection after ${got} of ${wanted} bytes`,
    { got, wanted },
  );
}

/** The schema of streams that follow each other: one object as long as it is the same. */
export class SchemaCache {
  #message: Uint8Array = new Uint8Array(0);
  #schema: ArrowSchema | null = null;

  /** As `readSchemaMessage`. */
  read(message: Uint8Array): ArrowSchema {
    if (this.#schema !== null && isEqual(message, this.#message)) {
      return this.#schema;
    }
    this.#message = message.slice();
    this.#schema = readSchemaMessage(message);
    return this.#schema;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
