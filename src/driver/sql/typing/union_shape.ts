/**
 * Shapes of frames put together by their rows.
 *
 * ```ts ignore
 * union<R extends object>(other: DataFrame<R> & UnionCheck<S, R>): DataFrame<UnionShape<S, R>>;
 * unionByName<R extends object>(other: DataFrame<R> & UnionCheck<S, R>): DataFrame<UnionShape<S, R>>;
 * unionByName<R extends object>(other: DataFrame<R>, allowMissingColumns: true): DataFrame<UnionMissing<S, R>>;
 * ```
 *
 * @module
 */
import type { IsOpen, KnownNames, Problem, Settled } from "./shape.ts";

/**
 * The shape of a union: a column holds the values of both.
 *
 * @ignore
 */
export type UnionShape<L, R> = true extends IsOpen<L> | IsOpen<R>
  ? Record<string, unknown>
  : Settled<{ [K in keyof L]: K extends keyof R ? L[K] | R[K] : L[K] }>;

/**
 * The shape of a union by name in which a column that one side lacks is null there.
 *
 * @ignore
 */
export type UnionMissing<L, R> = true extends IsOpen<L> | IsOpen<R>
  ? Record<string, unknown>
  : Settled<
    {
      [K in keyof L | keyof R]: K extends keyof L
        ? K extends keyof R ? L[K] | R[K] : L[K] | null
        : K extends keyof R ? R[K] | null
        : never;
    }
  >;

/**
 * `unknown` when the columns of two frames have the same names and values
 * that go together, else a {@link Problem} that says which do not: intersect
 * the type of a parameter with it.
 *
 * @ignore
 */
export type UnionCheck<L, R> = true extends IsOpen<L> | IsOpen<R> ? unknown
  : [Exclude<KnownNames<L>, KnownNames<R>>] extends [never]
    ? [Exclude<KnownNames<R>, KnownNames<L>>] extends [never]
      ? [Unlike<L, R>] extends [never] ? unknown
      : Problem<`the columns "${Unlike<L, R>}" have other types in both frames`>
    : Problem<
      `this frame has no columns "${
        & Exclude<KnownNames<R>, KnownNames<L>>
        & string}"`
    >
  : Problem<
    `the other frame has no columns "${Exclude<KnownNames<L>, KnownNames<R>>}"`
  >;

/**
 * The columns whose values do not go together.
 *
 * @ignore
 */
type Unlike<L, R> =
  & {
    [K in keyof L]: K extends keyof R
      ? GoTogether<Exclude<L[K], null>, Exclude<R[K], null>> extends true
        ? never
      : K
      : never;
  }[keyof L]
  & string;

/**
 * Whether one type of values is a kind of the other.
 *
 * @ignore
 */
type GoTogether<A, B> = [A] extends [B] ? true
  : [B] extends [A] ? true
  : false;
