/**
 * Shapes of joins.
 *
 * ```ts ignore
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
  OrNull,
  Settled,
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

/**
 * Joins that keep every row of the left side.
 *
 * @ignore
 */
type LeftJoin = "left" | "leftouter" | "left_outer";
/**
 * Joins that keep every row of the right side.
 *
 * @ignore
 */
type RightJoin = "right" | "rightouter" | "right_outer";

/**
 * Joins that filter the left side and add no columns.
 *
 * @ignore
 */
type LeftSide =
  | "semi"
  | "leftsemi"
  | "left_semi"
  | "anti"
  | "leftanti"
  | "left_anti";

/**
 * What may stand in `USING`: the names of columns that both sides have.
 *
 * @ignore
 */
export type UsingName<L, R> = IsOpen<L> extends true
  ? IsOpen<R> extends true ? string : KnownNames<R>
  : IsOpen<R> extends true ? KnownNames<L>
  : Extract<KnownNames<L>, KnownNames<R>>;

/**
 * The shape of a join on a condition: two columns of one name are ambiguous.
 *
 * @ignore
 */
export type JoinedOn<L, R, How extends string = "inner"> = How extends LeftSide
  ? L
  : Beside<L, R, NullSide<How>>;

/**
 * The shape of a join on names that both sides have: those come once.
 *
 * @ignore
 */
export type JoinedUsing<
  L,
  R,
  How extends string,
  Using extends string,
> = How extends LeftSide ? L : Beside<L, R, NullSide<How>, Using>;

/**
 * The sides whose columns are null where a row of the other side has no partner.
 *
 * @ignore
 */
type NullSide<How> = How extends "inner" | "cross" ? never
  : How extends LeftJoin ? "right"
  : How extends RightJoin ? "left"
  : "left" | "right";

/**
 * The shape of one side's columns beside the other's.
 *
 * @ignore
 */
export type Beside<
  L,
  R,
  Nulls extends "left" | "right" = never,
  Using extends string = never,
> = true extends IsOpen<L> | IsOpen<R> ? Flatten<
    & {
      [K in keyof L as K extends Using | KnownNames<R> ? never : K]: Side<
        L[K],
        "left",
        Nulls
      >;
    }
    & {
      [K in keyof R as K extends Using | KnownNames<L> ? never : K]: Side<
        R[K],
        "right",
        Nulls
      >;
    }
    & {
      [K in Using | Extract<KnownNames<L>, KnownNames<R>>]: OfBoth<
        At<L, K>,
        At<R, K>,
        Nulls,
        K extends Using ? true : false
      >;
    }
  >
  : Settled<
    {
      [K in keyof L | keyof R]: K extends keyof L
        ? K extends keyof R
          ? OfBoth<L[K], R[K], Nulls, K extends Using ? true : false>
        : Side<L[K], "left", Nulls>
        : K extends keyof R ? Side<R[K], "right", Nulls>
        : never;
    }
  >;

/**
 * A column of one side, null where that side may have no row.
 *
 * @ignore
 */
type Side<T, Which, Nulls> = Which extends Nulls ? OrNull<T> : T;

/**
 * A column that both sides have: that of USING is taken where there is a row, left before right.
 *
 * @ignore
 */
type OfBoth<L, R, Nulls, IsUsed> = IsUsed extends true
  ? [Nulls] extends [never] ? L
  : "left" extends Nulls ? "right" extends Nulls ? L | R : R
  : L
  : AmbiguousColumn<Side<L, "left", Nulls>, Side<R, "right", Nulls>>;

/**
 * A column's type by its name, unknown where a shape has none.
 *
 * @ignore
 */
type At<S, K> = K extends keyof S ? S[K] : unknown;
