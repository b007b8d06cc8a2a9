import { EXACT_FORMS } from "../../../serde/arrow/arrow_options.ts";
import { splitArrowStream } from "../../../serde/arrow/arrow_rows.ts";
import { ArrowWriter } from "../../../serde/arrow/arrow_writer.ts";
import {
  type ArrowField,
  arrowTypeName,
} from "../../../serde/arrow/arrow_type.ts";
import { BatchReader } from "../../../serde/arrow/batch_reader.ts";
import { columnReader } from "../../../serde/arrow/column_reader.ts";
import { normalColumn } from "../../../serde/arrow/normalize.ts";
import { readSchemaMessage } from "../../../serde/arrow/schema_reader.ts";
import { arrowSchemaOf } from "../../../serde/arrow/spark_arrow.ts";
import { sparkSchemaOf } from "../../../serde/arrow/spark_type_of.ts";
import type { StructType } from "../../../types/spark_types.ts";

/** A table as the JVM reads it. */
export interface TableStream {
  /** Names and types. */
  readonly struct: StructType;
  /** The schema's message. */
  readonly head: Uint8Array;
  readonly batches: Iterable<Uint8Array>;
}

/**
 * A table of the package apache-arrow as a stream in Spark's types: its own
 * batches where they have these, else their values, written anew.
 *
 * @param bytes the table as an Arrow stream
 * @param schema names and types; null: those that the table's types are in Spark
 * @param largeVarTypes whether offsets of texts and binaries have 64 bits
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED`; of values, when the batches are read
 */
export function tableStream(
  bytes: Uint8Array,
  schema: StructType | null,
  largeVarTypes: boolean,
): TableStream {
  const { schema: message, batches } = splitArrowStream(bytes);
  const arrow = readSchemaMessage(message);
  const columns = arrow.fields.map(normalColumn);
  const natural = sparkSchemaOf({ fields: columns.map(({ field }) => field) });
  const struct = schema ?? natural;
  const wanted = arrowSchemaOf(struct, { timeZone: "UTC", largeVarTypes });
  const isAsWanted = schema === null &&
    arrow.fields.every((field, i) => isSame(field, wanted.fields[i]));
  if (isAsWanted) return { struct, head: message, batches };
  const writer = new ArrowWriter(struct, { largeVarTypes });
  return { struct, head: writer.schemaMessage(), batches: rewritten() };

  function* rewritten(): Generator<Uint8Array> {
    const reader = new BatchReader(arrow);
    const readers = columns.map(({ field }, i) =>
      columnReader(
        field,
        natural.get(i).type,
        field.name,
        EXACT_FORMS,
      )
    );
    for (const message of batches) {
      const batch = reader.read(message);
      if (batch === null) continue;
      batch.columns.forEach((view, i) => {
        const normal = columns[i]?.normalize(view) ?? view;
        writer.columns[i]?.appendAll(readers[i]?.(normal) ?? []);
      });
      yield writer.takeBatch(batch.length);
    }
  }
}

/** Whether batches of one column are batches of the other, byte by byte. */
function isSame(a: ArrowField, b: ArrowField | undefined): boolean {
  return b !== undefined && a.dictionary === null &&
    arrowTypeName(withoutZone(a)) === arrowTypeName(withoutZone(b)) &&
    a.children.length === b.children.length &&
    a.children.every((child, i) => isSame(child, b.children[i]));
}

function withoutZone({ type }: ArrowField): ArrowField["type"] {
  return type.kind === "timestamp" && type.timeZone !== null
    ? { ...type, timeZone: "UTC" }
    : type;
}
