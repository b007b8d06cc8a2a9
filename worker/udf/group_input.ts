import type { Dialect } from "../../src/protocol/dialect.ts";
import { groupFraming, readGroup } from "../../src/protocol/group_stream.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import { SchemaCache, StreamInput, type StreamTools } from "./stream_input.ts";

/** The rows of one group. */
export interface Group {
  /** Their columns: one object for all groups of a task. */
  readonly schema: ArrowSchema;
  /** Reads the next of their batches; null at the end. */
  next(): ArrowBatch | null;
}

/**
 * Goes through the groups of a task. What a group leaves unread is read when
 * the next one is asked for.
 *
 * Peer: `GroupedPythonArrowInput`, Spark 3.5 – 4.3. Layout: up to 4.0 one
 * stream, each batch a group; from 4.1 int 1 and a stream for each, then int 0.
 *
 * @param tools what the worker keeps
 * @param dialect what the JVM speaks
 * @param copies whether batches are to outlive the next read
 */
export function groupsOf(
  tools: StreamTools,
  dialect: Dialect,
  copies = false,
): Generator<Group> {
  return groupFraming(dialect) === "batch"
    ? groupsOfBatches(tools, copies)
    : groupsOfStreams(tools, copies);
}

function* groupsOfBatches(
  tools: StreamTools,
  copies: boolean,
): Generator<Group> {
  const input = new StreamInput(tools, copies);
  const schema = input.readSchema();
  for (let batch = input.next(); batch !== null; batch = input.next()) {
    let left: ArrowBatch | null = batch;
    yield {
      schema,
      next: () => {
        const taken = left;
        left = null;
        return taken;
      },
    };
  }
}

function* groupsOfStreams(
  tools: StreamTools,
  copies: boolean,
): Generator<Group> {
  const schemas = new SchemaCache();
  while (readGroup(tools.reader, 1)) {
    const input = new StreamInput(tools, copies, schemas);
    yield { schema: input.readSchema(), next: () => input.next() };
    while (input.next() !== null) { /* for nobody */ }
  }
}

/** Two groups of one key. */
export interface Cogroup {
  readonly left: Group;
  readonly right: Group;
}

/**
 * Goes through the groups of a task that has two sides. The left one's rows
 * have to be read before the right one's.
 *
 * Peer: `CoGroupedArrowPythonRunner`, Spark 3.5 – 4.3. Layout: int 2 and two
 * streams for each, then int 0.
 *
 * @param tools what the worker keeps
 */
export function* cogroupsOf(tools: StreamTools): Generator<Cogroup> {
  const schemas = [new SchemaCache(), new SchemaCache()] as const;
  while (readGroup(tools.reader, 2)) {
    const first = new StreamInput(tools, true, schemas[0]);
    const left: Group = {
      schema: first.readSchema(),
      next: () => first.next(),
    };
    const second: { input: StreamInput | null } = { input: null };
    const open = (): StreamInput => {
      if (second.input !== null) return second.input;
      while (first.next() !== null) { /* for nobody */ }
      second.input = new StreamInput(tools, true, schemas[1]);
      return second.input;
    };
    let schema: ArrowSchema | null = null;
    const right: Group = {
      get schema(): ArrowSchema {
        return schema ??= open().readSchema();
      },
      next(): ArrowBatch | null {
        schema ??= open().readSchema();
        return open().next();
      },
    };
    yield { left, right };
    while (right.next() !== null) { /* for nobody */ }
  }
}
