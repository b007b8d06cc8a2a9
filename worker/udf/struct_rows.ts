import { udfInvalid, type ValueForms } from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import { rowReader } from "../../src/serde/arrow/column_reader.ts";
import type {
  ArrowBatch,
  ColumnView,
} from "../../src/serde/arrow/column_view.ts";
import { sparkSchemaOf } from "../../src/serde/arrow/spark_type_of.ts";

/** Makes objects of a batch's rows. */
export type ReadRows = (batch: ArrowBatch) => object[];

/**
 * The columns that a schema of one column of structs holds.
 *
 * @throws ProtocolError `UDF_INVALID` when it is another
 */
export function structSchema({ fields }: ArrowSchema): ArrowSchema {
  const [only] = fields;
  if (fields.length === 1 && only?.type.kind === "struct") {
    return { fields: only.children };
  }
  throw udfInvalid("its rows do not come as one column of structs");
}

/** The columns that a batch of one column of structs holds. */
export function structBatch({ columns, length }: ArrowBatch): ArrowBatch {
  return { length, columns: columns[0]?.children ?? [] };
}

/**
 * What makes objects of the rows of some columns.
 *
 * @param fields the columns
 * @param forms how values come
 */
export function rowsReader(
  fields: readonly ArrowField[],
  forms: ValueForms,
): (columns: readonly ColumnView[], length: number) => object[] {
  return rowReader(fields, sparkSchemaOf({ fields }), {
    ...forms,
    rows: "plain",
  });
}
