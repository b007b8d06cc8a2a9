import { writeSchemaMessage } from "../../src/serde/arrow/schema_writer.ts";
import { arrowFieldOf } from "../../src/serde/arrow/spark_arrow.ts";
import type { Udf } from "./load_udf.ts";

/**
 * The message that begins a stream of one column for each function. Spark
 * takes the columns by position, and compares their types.
 *
 * @param udfs the functions whose results the columns are
 */
export function resultSchema(
  udfs: readonly Pick<Udf, "returnType">[],
): Uint8Array {
  return writeSchemaMessage({
    fields: udfs.map(({ returnType }, at) =>
      arrowFieldOf(`_${at}`, returnType, true)
    ),
  });
}
