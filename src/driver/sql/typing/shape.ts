/**
 * Shapes: what a row is, as an object type. A nullable column is `T | null`.
 *
 * A shape is open when it has an index signature, as `Record<string, unknown>`
 * has: columns of other names may be there, of values that nobody knows.
 * `{ [name: string]: unknown; id: number }` knows one of them.
 *
 * @module
 */

/**
 * A mapped type, worked out at once: the comparison has the compiler find each
 * column's type now. Else it puts that off, and a long chain of steps is too
 * deep for it in the end.
 *
 * Depth is what long chains are short of: the compiler follows 100 types into
 * each other. So a step is one mapped type wherever it can be, and not an
 * intersection of some that is mapped again.
 *
 * @ignore
 */
export type Settled<T> = T extends Record<string, unknown> ? T : T;

/**
 * Writes an intersection out as one object type.
 *
 * @ignore
 */
export type Flatten<T> = Settled<{ [K in keyof T]: T[K] }>;

/**
 * Whether columns may be there that the shape does not name.
 *
 * @ignore
 */
export type IsOpen<S> = string extends keyof S ? true : false;

/**
 * The names of columns that a shape has, without an open one's index signature.
 *
 * @ignore
 */
export type KnownNames<S> = {
  of: keyof {
    [K in keyof S as string extends K ? never : K extends string ? K : never]:
      true;
  };
}["of"]; // by a member, so that the compiler's messages list them and do not name this type

/**
 * A shape that admits other columns, beside those that it has.
 *
 * @ignore
 */
export type Opened<S> = Flatten<S & Record<string, unknown>>;

/**
 * A shape of which every column may be null, as those of an outer join's other side.
 *
 * @ignore
 */
export type Nullable<S> = { [K in keyof S]: OrNull<S[K]> };

/**
 * A column's values, or null.
 *
 * @ignore
 */
export type OrNull<T> = [T] extends [AmbiguousColumn<infer L, infer R>]
  ? AmbiguousColumn<L | null, R | null>
  : T | null;

/**
 * Why a frame or a column does not fit: what the compiler prints.
 *
 * @ignore
 */
export interface Problem<Text extends string> {
  /** What is wrong. */
  readonly problem: Text;
}

/**
 * Two columns of one name, as a join on a condition leaves them: the name
 * alone does not choose one. Rename one before, or take it from its frame.
 *
 * @ignore
 */
export interface AmbiguousColumn<L, R> {
  /** The values of the left side's column and of the right side's. */
  readonly ambiguous: readonly [left: L, right: R];
}
