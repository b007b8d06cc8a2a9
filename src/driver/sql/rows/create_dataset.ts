import type { Table } from "../../../serde/arrow/arrow_table.ts";
import { SparkError } from "../../../common/errors.ts";
import { ArrowWriter } from "../../../serde/arrow/arrow_writer.ts";
import { type DataType, StructType } from "../../../types/spark_types.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { SessionState } from "../session_state.ts";
import { inferSchema } from "./infer_schema.ts";
import { datasetOf } from "./send_batches.ts";
import { readForms } from "./session_forms.ts";
import { tableStream } from "./table_stream.ts";

const BATCH_ROWS = 10_000; // as many as Spark writes
const BATCH_BYTES = 16 << 20;
const CHECKED_ROWS = 64; // between two looks at the size

/** Rows of a program: objects by name, or arrays by position. */
export type LocalRows = Iterable<unknown> | AsyncIterable<unknown>;

/** A `Dataset` that was made here. */
export interface LocalDataset {
  /** The `Dataset`. */
  readonly dataset: JavaObject;
  /** Its columns. */
  readonly schema: StructType;
}

/**
 * Makes a `Dataset` of rows. Without a schema all rows are read before the
 * first one is sent.
 *
 * @param session the session
 * @param rows the rows
 * @param schema names and types; names alone for arrays; null: inferred
 * @throws SparkError of rows and values, see `inferSchema` and `ArrowWriter.appendRow`
 */
export async function createDataset(
  session: SessionState,
  rows: LocalRows,
  schema: StructType | readonly string[] | null,
): Promise<LocalDataset> {
  const { largeVarTypes } = await readForms(session);
  const isGiven = schema instanceof StructType;
  if (isGiven) await checkSizedTexts(session, schema);
  const known = isGiven ? rows : await listOf(rows);
  const struct = isGiven ? schema : inferSchema(
    known as readonly unknown[],
    schema as readonly string[] | null,
  );
  const writer = new ArrowWriter(struct, { largeVarTypes });
  const local = {
    head: writer.schemaMessage(),
    batches: writeBatches(
      writer,
      known,
      (count) => session.runtime.actions.pass(count, "sent"),
    ),
    largeVarTypes,
  };
  return {
    dataset: await datasetOf(session, local, struct.json()),
    schema: struct,
  };
}

/**
 * Makes a `Dataset` of a table of the package apache-arrow.
 *
 * @param session the session
 * @param table the table
 * @param schema names and types; null: those that the table's types are in Spark
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED`; of values that do not fit the schema
 */
export async function createDatasetOfTable(
  session: SessionState,
  table: Table,
  schema: StructType | null,
): Promise<LocalDataset> {
  const { largeVarTypes } = await readForms(session);
  // Loaded only here: most programs have no table.
  const { tableBytes } = await import("../../../serde/arrow/arrow_table.ts");
  const { struct, head, batches } = tableStream(
    tableBytes(table),
    schema,
    largeVarTypes,
  );
  const local = { head, batches, largeVarTypes };
  return {
    dataset: await datasetOf(session, local, struct.json()),
    schema: struct,
  };
}

/**
 * Refuses CHAR and VARCHAR as Spark does: their lengths hold for columns of
 * tables only.
 *
 * Peer: `CharVarcharUtils.failIfHasCharVarchar`.
 */
export async function checkSizedTexts(
  session: SessionState,
  schema: StructType,
): Promise<void> {
  if (!hasSizedText(schema)) return;
  const key = "spark.sql.preserveCharVarcharTypeInfo";
  const conf = await (await session.jsession()).callObject("conf");
  if (await conf.callString("get", key, "false") === "true") return;
  throw new SparkError(
    "UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING",
    `Cannot make a DataFrame of ${schema.simpleString()}: CHAR and VARCHAR are types of tables' columns only; use STRING, or set ${key} to true`,
    { schema: schema.simpleString() },
  );
}

function hasSizedText(type: DataType): boolean {
  switch (type.kind) {
    case "char":
    case "varchar":
      return true;
    case "array":
      return hasSizedText(type.elementType);
    case "map":
      return hasSizedText(type.keyType) || hasSizedText(type.valueType);
    case "struct":
      return type.fields.some((field) => hasSizedText(field.type));
    default:
      return false;
  }
}

async function listOf(rows: LocalRows): Promise<readonly unknown[]> {
  if (Array.isArray(rows)) return rows;
  const list: unknown[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

async function* writeBatches(
  writer: ArrowWriter,
  rows: LocalRows,
  onRows: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  const take = (): Uint8Array => {
    onRows(writer.length);
    return writer.takeBatch();
  };
  const isFull = (): boolean =>
    writer.length >= BATCH_ROWS ||
    (writer.length % CHECKED_ROWS === 0 && writer.byteLength >= BATCH_BYTES);
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      writer.appendRow(row);
      if (isFull()) yield take();
    }
  } else {
    for await (const row of rows) {
      writer.appendRow(row);
      if (isFull()) yield take();
    }
  }
  if (writer.length > 0) yield take();
}
