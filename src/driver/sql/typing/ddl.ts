import type { ReadShapeOfDdl, ShapeOfDdl } from "../../../types/ddl_shape.ts";

/**
 * The shape of rows of a schema in SQL's words; any where the text is not known to the compiler.
 *
 * @ignore
 */
export type FrameOfDdl<D extends string> = Known<ShapeOfDdl<D>>;

/**
 * As {@link FrameOfDdl}, of what readers of files make of it: everything may be null.
 *
 * @ignore
 */
export type FrameReadByDdl<D extends string> = Known<ReadShapeOfDdl<D>>;

/**
 * A shape, or the one of which nothing is known.
 *
 * @ignore
 */
export type Known<S> = S extends object ? S : Record<string, unknown>;
