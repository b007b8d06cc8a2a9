import type { Table } from "../../../serde/arrow/arrow_table.ts";
import { BatchReader } from "../../../serde/arrow/batch_reader.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { SessionState } from "../session_state.ts";
import { collectBatches } from "./collect_rows.ts";

/**
 * All rows of a `Dataset`, in its order, as a table of the package
 * apache-arrow over the bytes that came.
 *
 * @param session the session
 * @param dataset the `Dataset`
 * @throws JavaError the job's error
 */
export async function collectTable(
  session: SessionState,
  dataset: JavaObject,
): Promise<Table> {
  // Loaded only here: most programs want no table.
  const { arrowTable } = await import("../../../serde/arrow/arrow_table.ts");
  const { schema, batches } = await collectBatches(
    session,
    dataset,
    (arrow) => {
      const reader = new BatchReader(arrow);
      return { decode: (message) => reader.read(message) };
    },
  );
  return arrowTable(schema, batches);
}
