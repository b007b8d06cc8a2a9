/**
 * Shapes of joins.
 *
 * ```ts
 * join<R extends object, const U extends readonly UsingName<S, R>[], How extends JoinType = "inner">(
 *   other: DataFrame<R>, using: U, how?: How): DataFrame<JoinedUsing<S, R, How, U[number]>>;
 * join<R extends object, How extends JoinType = "inner">(
 *   other: DataFrame<R>, on: ColumnLike<boolean | null>, how?: How): DataFrame<JoinedOn<S, R, How>>;
 * ```
 *
 * @module
 */
import type {
  AmbiguousColumn,
  Flatten,
  IsOpen,
  KnownNames,
  Nullable,
} from "./shape.ts";

/** The kinds of joins, in all of Spark's spellings. */
export type JoinType =
  | "inner"
  | "cross"
  | "full"
  | "outer"
  | "fullouter"
  | "full_outer"
  | LeftJoin
  | RightJoin
  | LeftSide;

/** A step of the types above: left join. */
export type LeftJoin = "left" | "leftouter" | "left_outer";
/** A step of the types above: right join. */
export type RightJoin = "right" | "rightouter" | "right_outer";

/** Kinds of joins that filter the left side and add no columns. */
export type LeftSide =
  | "semi"
  | "leftsemi"
  | "left_semi"
  | "anti"
  | "leftanti"
  | "left_anti";

/** What may stand in `USING`: the names of columns that both sides have. */
export type UsingName<L, R> = IsOpen<L> extends true
  ? IsOpen<R> extends true ? string : KnownNames<R>
  : IsOpen<R> extends true ? KnownNames<L>
  : Extract<KnownNames<L>, KnownNames<R>>;

/** The shape of a join on a condition: two columns of one name are ambiguous. */
export type JoinedOn<L, R, How extends string = "inner"> = How extends LeftSide
  ? L
  : Beside<LeftOf<L, How>, RightOf<R, How>>;

/** The shape of a join on names that both sides have: those come once. */
export type JoinedUsing<
  L,
  R,
  How extends string,
  Using extends string,
> = How extends LeftSide ? L : Flatten<
  & { [K in Using]: UsedValue<At<L, K>, At<R, K>, How> }
  & Beside<Omitted<LeftOf<L, How>, Using>, Omitted<RightOf<R, How>, Using>>
>;

/**
 * The shape of one side's columns beside the other's. (Names are parameters so
 * that the compiler lists them once and not for each column.)
 */
export type Beside<L, R, LN = KnownNames<L>, RN = KnownNames<R>> = Flatten<
  & {
    [K in keyof L]: K extends RN ? AmbiguousColumn<L[K], R[K & keyof R]> : L[K];
  }
  & { [K in keyof R as K extends LN ? never : K]: R[K] }
>;

/** The left side, null where a row of the right side has no partner. */
export type LeftOf<L, How> = How extends "inner" | "cross" | LeftJoin ? L
  : Nullable<L>;

/** The right side, null where a row of the left side has no partner. */
export type RightOf<R, How> = How extends "inner" | "cross" | RightJoin ? R
  : Nullable<R>;

/** A step of the types above: used value. */
export type UsedValue<L, R, How> = How extends "inner" | "cross" | LeftJoin ? L
  : How extends RightJoin ? R
  : L | R;

/** A step of the types above: omitted. */
export type Omitted<S, N extends string> = {
  [K in keyof S as K extends N ? never : K]: S[K];
};

/** A step of the types above: at. */
export type At<S, K> = K extends keyof S ? S[K] : unknown;
