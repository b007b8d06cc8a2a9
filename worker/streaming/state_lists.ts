import type { ByteReader } from "../../src/common/byte_reader.ts";
import type { ProtoFields } from "../../src/protocol/proto_wire.ts";
import type { StateListForm } from "../../src/protocol/state_request.ts";
import type { ValueForms } from "../../src/protocol/udf_record.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";
import { LOCKED_BUILTINS } from "../task/builtins.ts";
import { EXACT_FORMS } from "../udf/key_text.ts";
import { SchemaCache, StreamInput } from "../udf/stream_input.ts";
import { rowsReader } from "../udf/struct_rows.ts";

/** A part of a list that a state server sends. */
export interface ListPart<T> {
  readonly values: readonly T[];
  /** False when the list ends with them; else it may go on. */
  readonly more: boolean;
}

/** Reads the part of a list that an answer announces. */
export type ReadPart<T> = (answer: ProtoFields) => ListPart<T>;

/** A timer and the pickled key that it is of. */
export interface TimerOfKey {
  readonly key: Uint8Array;
  readonly expiryMs: number;
}

/** Reads lists in the form in which a state server sends them. */
export interface StateLists {
  readonly form: StateListForm;
  /** Rows of a state, of which `rows` says how they are pickled. */
  rows(rows: PickledRows, forms: ValueForms): ReadPart<object>;
  /** The pairs of a map. */
  pairs(
    keys: PickledRows,
    values: PickledRows,
  ): ReadPart<[key: object, value: object]>;
  /** Timers of one key. */
  times(): ReadPart<number>;
  /** Timers of many keys. */
  timers(): ReadPart<TimerOfKey>;
}

/** Field of an answer: its value or values. */
export const VALUE = 3;
const MORE = 4; // field: whether more is to be fetched

/**
 * Lists that come in messages.
 *
 * Peer: `TransformWithStateInPySparkStateServer`, Spark 4.1 – 4.3. Layout:
 * field 3 repeated: a pickled row, a pair {1, 2} of them, or a timer {1 key, 2
 * ms}; field 4 whether more is to be fetched.
 */
export const MESSAGE_LISTS: StateLists = {
  form: "messages",
  rows: (rows) => (answer) =>
    part(answer, answer.allBytes(VALUE).map((bytes) => rows.read(bytes))),
  pairs: (keys, values) => (answer) =>
    part(
      answer,
      answer.allMessages(VALUE).map((pair) => [
        keys.read(pair.bytes(1)),
        values.read(pair.bytes(2)),
      ]),
    ),
  times: () => (answer) =>
    part(answer, answer.allMessages(VALUE).map((timer) => timer.number(2))),
  timers: () => (answer) =>
    part(
      answer,
      answer.allMessages(VALUE).map((timer) => ({
        key: timer.bytes(1),
        expiryMs: timer.number(2),
      })),
    ),
};

function part<T>(answer: ProtoFields, values: readonly T[]): ListPart<T> {
  return { values, more: answer.number(MORE) !== 0 };
}

/**
 * Lists that come behind messages.
 *
 * Peer: `TransformWithStateInPandasStateServer.sendIteratorAsArrowBatches`,
 * Spark 4.0. Layout: an Arrow stream of one batch: the columns of the rows; a
 * map's pairs as binary `keyRow` and `valueRow`, which are pickled; timers as
 * bigint `timestamp`, behind binary `key` where they are of many keys.
 *
 * @param reader the connection
 */
export function streamedLists(reader: ByteReader): StateLists {
  return {
    form: "streams",
    rows: (_, forms) => streamReader(reader, forms, (row) => row),
    pairs: (keys, values) =>
      streamReader(reader, EXACT_FORMS, ({ keyRow, valueRow }) => [
        keys.read(keyRow as Uint8Array),
        values.read(valueRow as Uint8Array),
      ]),
    times: () =>
      streamReader(reader, EXACT_FORMS, ({ timestamp }) => Number(timestamp)),
    timers: () =>
      streamReader(reader, EXACT_FORMS, ({ key, timestamp }) => ({
        key: key as Uint8Array,
        expiryMs: Number(timestamp),
      })),
  };
}

type StreamRow = Readonly<Record<string, unknown>>;

function streamReader<T>(
  reader: ByteReader,
  forms: ValueForms,
  valueOf: (row: StreamRow) => T,
): ReadPart<T> {
  const schemas = new SchemaCache();
  let known: ArrowSchema | null = null;
  let read: ReturnType<typeof rowsReader> = () => [];
  return () => {
    // Who calls has put builtins back.
    const tools = { reader, builtins: LOCKED_BUILTINS };
    const input = new StreamInput(tools, false, schemas);
    const schema = input.readSchema();
    if (schema !== known) read = rowsReader(schema.fields, forms);
    known = schema;
    const values: T[] = [];
    for (let batch = input.next(); batch !== null; batch = input.next()) {
      for (const row of read(batch.columns, batch.length)) {
        values.push(valueOf(row as StreamRow));
      }
    }
    return { values, more: true };
  };
}
