/**
 * The types by which the compiler knows what rows a frame has. Programs see
 * them in messages and on hovering, and need not name them.
 *
 * @module
 */
export type * from "./aggregate_shape.ts";
export type * from "./column_like.ts";
export type * from "./columns_of.ts";
export type * from "./ddl.ts";
export type * from "./join_shape.ts";
export type * from "./name.ts";
export type * from "./reshape.ts";
export type * from "./select_shape.ts";
export type * from "./shape.ts";
export type * from "./union_shape.ts";
export type * from "./untyped.ts";
