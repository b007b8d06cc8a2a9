import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import { type ArrowBatch, isValid } from "../../src/serde/arrow/column_view.ts";
import { EXACT_FORMS } from "../udf/key_text.ts";
import { StreamInput, type StreamTools } from "../udf/stream_input.ts";
import { rowsReader } from "../udf/struct_rows.ts";

/** Some rows of a group, which are a part of a batch. */
export interface Chunk {
  readonly batch: ArrowBatch;
  /** Index of the first row. */
  readonly start: number;
  readonly length: number;
}

/** The rows of one group and what came with them. */
export interface StateGroup {
  readonly schema: ArrowSchema;
  readonly first: Chunk;
  /** The key, as the JVM is to be told it. */
  readonly key: Uint8Array;
  /** What the JVM says of the state, as JSON. */
  readonly properties: string;
  /** The pickled state; null for none. */
  readonly state: Uint8Array | null;
  /** The rest of its rows, in turn. */
  rest(): Generator<Chunk>;
}

/** What stands in the last column. */
interface StateInfo {
  readonly properties: string;
  readonly keyRowAsUnsafe: Uint8Array;
  readonly object: Uint8Array | null;
  readonly startOffset: number;
  readonly numRows: number;
  readonly isLastChunk: boolean;
}

/**
 * Goes through the groups of a task with a state for each. What a group leaves
 * unread is read when the next one is asked for.
 *
 * Peer: `ApplyInPandasWithStateWriter`, Spark 3.5 – 4.3. Layout: one stream;
 * its last column has in its first rows a struct for each chunk of a group, and
 * nulls below; a batch has many groups, and a large group many batches.
 *
 * @param tools what the worker keeps
 * @param copies whether batches are to outlive the next read
 */
export function* stateGroupsOf(
  tools: StreamTools,
  copies: boolean,
): Generator<StateGroup> {
  const input = new StreamInput(tools, copies);
  const schema = input.readSchema();
  const chunks = chunksOf(input, schema);
  for (;;) {
    const { value: first, done } = chunks.next();
    if (done === true) return;
    const rest = restOf(chunks, first.info);
    yield {
      schema,
      first,
      key: first.info.keyRowAsUnsafe,
      properties: first.info.properties,
      state: first.info.object,
      rest: () => rest,
    };
    for (const _ of rest) { /* for nobody */ }
  }
}

interface InfoChunk extends Chunk {
  readonly info: StateInfo;
}

function* restOf(
  chunks: Iterator<InfoChunk>,
  { isLastChunk }: StateInfo,
): Generator<Chunk> {
  for (let isLast = isLastChunk; !isLast;) {
    const { value, done } = chunks.next();
    if (done === true) throw udfInvalid("a group of rows has no end");
    isLast = value.info.isLastChunk;
    yield value;
  }
}

function* chunksOf(
  input: StreamInput,
  schema: ArrowSchema,
): Generator<InfoChunk> {
  const read = infoReader(schema.fields.at(-1));
  for (let batch = input.next(); batch !== null; batch = input.next()) {
    for (const info of read(batch)) {
      const { startOffset: start, numRows: length } = info;
      if (start < 0 || length < 0 || start + length > batch.length) {
        throw udfInvalid(
          `a group has rows ${start} to ${start + length} of ${batch.length}`,
        );
      }
      yield { batch, start, length, info };
    }
  }
}

/** Reads the structs of the last column up to the first null; they lie in memory of their own. */
function infoReader(
  field: ArrowField | undefined,
): (batch: ArrowBatch) => StateInfo[] {
  if (field?.type.kind !== "struct") {
    throw udfInvalid("its last column is no struct");
  }
  const read = rowsReader(field.children, EXACT_FORMS);
  return ({ columns }) => {
    const view = columns.at(-1);
    if (view === undefined) return [];
    let length = 0;
    while (length < view.length && isValid(view, length)) length++;
    const children = view.children.map((child) => ({ ...child, length }));
    return read(children, length) as StateInfo[];
  };
}
