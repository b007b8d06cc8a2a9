/**
 * Frames of the program's own rows.
 *
 * @module
 */
import { describeValue } from "../../common/describe_value.ts";
import type { Table } from "../../serde/arrow/arrow_table.ts";
import { StructType } from "../../types/spark_types.ts";
import { callSite } from "../runtime/call_site.ts";
import { eager } from "./plan/marks.ts";
import { type Relation, source } from "./plan/relation.ts";
import {
  createDataset,
  createDatasetOfTable,
  type LocalRows,
} from "./rows/create_dataset.ts";
import type { SessionState } from "./session_state.ts";

/** A table of the package apache-arrow, as far as it is looked at here. */
export type ArrowTable = Table;

/**
 * A frame of rows.
 *
 * @param session the session
 * @param rows objects, arrays, or a table of the package apache-arrow; a list is taken as it is now
 * @param schema SQL's words, a type, names for arrays, or nothing
 * @throws TypeError for what holds no rows
 */
export function localRelation(
  session: SessionState,
  rows: LocalRows | ArrowTable,
  schema: string | StructType | readonly string[] | null,
): Relation {
  checkRows(rows);
  const struct = typeof schema === "string"
    ? StructType.fromDDL(schema)
    : schema;
  const known = snapshot(rows);
  const open = async () => {
    const { dataset } = isTable(known)
      ? await createDatasetOfTable(
        session,
        known,
        struct instanceof StructType ? struct : null,
      )
      : await createDataset(session, known, struct);
    return dataset;
  };
  return eager(
    source(session, "createDataFrame", [], open, callSite("createDataFrame()")),
  );
}

/** Refuses what holds no rows, which a program may give that nobody compiles. */
function checkRows(given: unknown): void {
  const isObject = typeof given === "object" && given !== null;
  if (
    isObject &&
    (Symbol.iterator in given || Symbol.asyncIterator in given ||
      isTable(given as LocalRows | ArrowTable))
  ) return;
  throw new TypeError(
    `Cannot create a DataFrame of ${
      describeValue(given)
    }: it holds no rows; give a list of objects or arrays, a table of apache-arrow, an RDD, or an async iterable`,
  );
}

/** A list of now: what the program adds to it later is not part of the frame. */
function snapshot(rows: LocalRows | ArrowTable): LocalRows | ArrowTable {
  return Array.isArray(rows) || rows instanceof Set || rows instanceof Map
    ? [...rows]
    : rows;
}

function isTable(rows: LocalRows | ArrowTable): rows is ArrowTable {
  return "schema" in rows && "batches" in rows;
}
