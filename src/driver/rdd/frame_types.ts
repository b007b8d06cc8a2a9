import type { ShapeOfDdl } from "../../types/ddl_shape.ts";
import type { RowInput } from "../../types/row_input.ts";
import type { RowBase } from "../../serde/records/row.ts";

/**
 * The shape of a frame of records: of objects their own, of a frame's rows
 * that frame's; of arrays nothing is known.
 *
 * @ignore
 */
export type FrameOfRecords<T> = T extends RowBase<infer S> ? S
  : T extends readonly unknown[] ? Record<string, unknown>
  : T extends object ? T
  : Record<string, unknown>;

/**
 * The shape of a frame with a schema in SQL's words.
 *
 * @ignore
 */
export type FrameWithDdl<D extends string> = ShapeOfDdl<D> extends
  infer S extends object ? S : Record<string, unknown>;

/**
 * Holds where records are rows of a schema's shape; else a text that no RDD
 * is assignable to, so that the compiler prints it.
 *
 * @ignore
 */
export type OfRows<T, S> = [T] extends [RowInput<S>] ? unknown
  : "the records do not fit the schema";
