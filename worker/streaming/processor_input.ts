import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { udfInvalid, type ValueForms } from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import type {
  ArrowBatch,
  ColumnView,
} from "../../src/serde/arrow/column_view.ts";
import { isValid } from "../../src/serde/arrow/column_view.ts";
import type { GroupOffsets } from "../udf/group_columns.ts";
import { EXACT_FORMS, keyText } from "../udf/key_text.ts";
import { StreamInput, type StreamTools } from "../udf/stream_input.ts";
import { rowsReader } from "../udf/struct_rows.ts";

/** Rows of one key that lie together in a batch. */
interface Segment {
  readonly keyText: string;
  /** The key's values, without anything lost. */
  readonly exactKey: readonly unknown[];
  readonly key: object;
  readonly isInitial: boolean;
  readonly rows: readonly object[];
}

/** All rows of one key. */
export interface KeyedGroup {
  readonly exactKey: readonly unknown[];
  readonly key: object;
  /** Rows of the initial state, in turn: before the others. */
  initial(): Generator<object>;
  /** Rows of the stream, in turn; null when there are none. */
  rows(): Generator<object> | null;
}

/**
 * Goes through the groups of a task whose processor keeps states. What a group
 * leaves unread is read when the next one is asked for.
 *
 * Peer: `TransformWithStateInPandasPythonRunner`, Spark 4.0, and
 * `TransformWithStateInPySparkPythonRunner`, 4.1 – 4.3. Layout: one stream; rows
 * of a key lie together, in one batch or more. Without an initial state columns
 * are flat, with one there are two columns of structs, rows of the stream and
 * of the state. From 4.2 a batch has one of them, nulls fill up the other, and
 * the state's come first; before, a batch is of one key, its rows of both sides
 * lie side by side, and the fields of the shorter side just end.
 *
 * @param tools what the worker keeps
 * @param sides where keys and values are, of rows and of an initial state
 * @param forms how values come
 * @throws WorkerError `INITIAL_STATE_TOO_LONG`
 */
export function* keyedGroups(
  tools: StreamTools,
  sides: readonly GroupOffsets[],
  forms: ValueForms,
): Generator<KeyedGroup> {
  const segments = new Peeked(segmentsOf(tools, sides, forms));
  for (let first = segments.peek(); first !== null; first = segments.peek()) {
    const { keyText, key, exactKey } = first;
    const next = (isInitial: boolean): Segment | null => {
      const segment = segments.peek();
      return segment?.keyText === keyText && segment.isInitial === isInitial
        ? segment
        : null;
    };
    const take = (isInitial: boolean): Segment | null => {
      const segment = next(isInitial);
      if (segment !== null) segments.take();
      return segment;
    };
    yield {
      key,
      exactKey,
      initial: () => rowsOf(() => take(true)),
      rows: () => next(false) === null ? null : rowsOf(() => take(false)),
    };
    if (next(true) !== null) throw initialTooLong(key);
    while (next(false) !== null) segments.take();
  }
}

/** Rows of the state that come behind those of the stream would come too late. */
function initialTooLong(key: object): WorkerError {
  return new WorkerError(
    "INITIAL_STATE_TOO_LONG",
    `Cannot begin with the initial state of the key ${
      Object.values(key).map(describeValue).join(", ")
    }: it has more rows than a batch, and this Spark sends the rest behind rows of the stream; raise "spark.sql.execution.arrow.maxRecordsPerBatch", or use Spark 4.2 or later`,
  );
}

function* rowsOf(take: () => Segment | null): Generator<object> {
  for (let segment = take(); segment !== null; segment = take()) {
    yield* segment.rows;
  }
}

/** Of which one may look at the next before one takes it. */
class Peeked<T> {
  readonly #source: Iterator<T>;
  #next: T | null = null;

  constructor(source: Iterator<T>) {
    this.#source = source;
  }

  peek(): T | null {
    if (this.#next !== null) return this.#next;
    const { value, done } = this.#source.next();
    return this.#next = done === true ? null : value;
  }

  take(): void {
    this.#next = null;
  }
}

function* segmentsOf(
  tools: StreamTools,
  sides: readonly GroupOffsets[],
  forms: ValueForms,
): Generator<Segment> {
  const input = new StreamInput(tools, false, null, sides.length > 1);
  const schema = input.readSchema();
  const [flat, initial] = sides;
  if (flat === undefined) throw udfInvalid("it has no columns");
  if (initial === undefined) {
    const read = segmentReader(schema.fields, flat, forms, null);
    for (let batch = input.next(); batch !== null; batch = input.next()) {
      yield* read(batch);
    }
    return;
  }
  const fields = fieldsWithin(schema, 0);
  const names = pick(fields, flat.keys).map(({ name }) => name);
  const readers = [
    segmentReader(fieldsWithin(schema, 1), initial, forms, names),
    segmentReader(fields, flat, forms, null),
  ];
  for (let batch = input.next(); batch !== null; batch = input.next()) {
    for (const [at, read] of [[1, readers[0]], [0, readers[1]]] as const) {
      const view = batch.columns[at];
      if (view !== undefined) yield* read?.(rowsWithin(view)) ?? [];
    }
  }
}

function fieldsWithin({ fields }: ArrowSchema, at: number): ArrowField[] {
  const field = fields[at];
  if (field?.type.kind === "struct") return [...field.children];
  throw udfInvalid("its rows do not come as two columns of structs");
}

/** The rows of a column of structs up to the first null: nulls only fill up. */
function rowsWithin(view: ColumnView): ArrowBatch {
  let length = 0;
  while (length < view.length && isValid(view, length)) length++;
  return {
    length,
    columns: view.children.map((child) => ({ ...child, length })),
  };
}

/** @param initialNames what keys' columns are called in the stream, for rows of an initial state; null for the stream's own */
function segmentReader(
  fields: readonly ArrowField[],
  { keys, values }: GroupOffsets,
  forms: ValueForms,
  initialNames: readonly string[] | null,
): (batch: ArrowBatch) => Generator<Segment> {
  const isInitial = initialNames !== null;
  const keyFields = pick(fields, keys).map((field, i) => ({
    ...field,
    name: initialNames?.[i] ?? field.name,
  }));
  const readKeys = rowsReader(keyFields, forms);
  const readExact = rowsReader(keyFields, EXACT_FORMS);
  const readRows = rowsReader(pick(fields, values), forms);
  return function* ({ columns, length }) {
    if (length === 0) return;
    const keyColumns = pick(columns, keys);
    const keyRows = readKeys(keyColumns, length);
    const exact = readExact(keyColumns, length)
      .map((row): unknown[] => Object.values(row));
    const rows = readRows(pick(columns, values), length);
    for (let start = 0; start < length;) {
      const exactKey = exact[start] ?? [];
      let end = start + 1;
      while (end < length && isSame(exact[end] ?? [], exactKey)) end++;
      yield {
        keyText: keyText(exactKey),
        exactKey,
        key: keyRows[start] ?? {},
        isInitial,
        rows: rows.slice(start, end),
      };
      start = end;
    }
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    if (keyText([a[i]]) !== keyText([b[i]])) return false;
  }
  return true;
}

function pick<T>(items: readonly T[], offsets: readonly number[]): T[] {
  return offsets.map((offset) => {
    const item = items[offset];
    if (item !== undefined) return item;
    throw udfInvalid(`it takes column ${offset} of ${items.length}`);
  });
}
