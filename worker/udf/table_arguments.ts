import type { ValueForms } from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import type {
  ArrowBatch,
  ColumnView,
} from "../../src/serde/arrow/column_view.ts";
import { ArgumentReaders, type Values } from "./argument_reader.ts";
import { EXACT_FORMS } from "./key_text.ts";

/** The arguments of a table function in the rows of one batch. */
export interface TableArguments {
  /** The values of each argument. */
  readonly columns: readonly Values[];
  /** The partition of each row, in forms that lose nothing; null without partitions. */
  readonly keys: readonly Values[] | null;
}

/**
 * What reads the arguments of a table function. Columns that Spark added to a
 * table argument to tell its partitions are taken off.
 *
 * Peer: `ArrowEvalPythonUDTFExec`, Spark 3.5 – 4.3.
 *
 * @param schema the columns that come
 * @param offsets the column of each argument
 * @param partitionColumns which fields of a table argument are its partition
 * @param forms how values come
 */
export function tableArguments(
  schema: ArrowSchema,
  offsets: readonly number[],
  partitionColumns: readonly number[],
  forms: ValueForms,
): (batch: ArrowBatch) => TableArguments {
  const table = offsets.find((offset) =>
    isPartitioned(schema.fields[offset], partitionColumns)
  );
  if (partitionColumns.length === 0 || table === undefined) {
    const read = new ArgumentReaders(schema).of(offsets, forms);
    return (batch) => ({ columns: read(batch, new Map()), keys: null });
  }
  const isRow = (_: unknown, at: number): boolean =>
    !partitionColumns.includes(at);
  const fields = schema.fields.map((field, at) =>
    at === table ? { ...field, children: field.children.filter(isRow) } : field
  );
  const read = new ArgumentReaders({ fields }).of(offsets, forms);
  const keyFields = partitionColumns.flatMap((column) =>
    schema.fields[table]?.children[column] ?? []
  );
  const readKeys = new ArgumentReaders({ fields: keyFields })
    .of(keyFields.map((_, at) => at), EXACT_FORMS);
  return ({ length, columns }) => {
    const rows = columns.map((view, at): ColumnView =>
      at === table ? { ...view, children: view.children.filter(isRow) } : view
    );
    const parts = columns[table]?.children ?? [];
    const keys = partitionColumns.flatMap((column) => parts[column] ?? []);
    return {
      columns: read({ length, columns: rows }, new Map()),
      keys: readKeys({ length, columns: keys }, new Map()),
    };
  };
}

/** Whether a column is the table argument: the struct with the columns that Spark has added to it. */
function isPartitioned(
  field: ArrowField | undefined,
  partitionColumns: readonly number[],
): boolean {
  return field?.type.kind === "struct" &&
    partitionColumns.every((column) =>
      field.children[column]?.name.startsWith("partition_by_") === true
    );
}
