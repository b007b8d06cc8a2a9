import { print } from "./plan/transformations.ts";
import { printBy } from "../../common/inspect.ts";
import { callSite } from "../runtime/call_site.ts";
import { DataFrame, type DropNaOptions } from "./data_frame.ts";
import { type HasRelation, RELATION } from "./frame_relation.ts";
import * as missing from "./plan/missing_values.ts";
import type { Relation } from "./plan/relation.ts";
import type { TopName } from "./typing/name.ts";
import type { DroppedNa, Filled } from "./typing/reshape.ts";

/** A value that stands for a missing one. */
export type FillValue = missing.FillValue;
/** A value to be replaced, or to replace another. */
export type ReplaceValue = missing.ReplaceValue;

/** Functions for missing values: `df.na`. */
export class DataFrameNaFunctions<S extends object = Record<string, unknown>> {
  readonly #node: Relation;

  /** @internal */
  constructor(df: HasRelation) {
    this.#node = df[RELATION];
  }

  static {
    printBy(
      DataFrameNaFunctions.prototype,
      (self) => `DataFrameNaFunctions[${print(self.#node)}]`,
    );
  }

  /**
   * The rows without those that lack values: null, or NaN in floating-point columns.
   *
   * @param options which rows are left out; those with any null by default
   */
  drop<const O extends DropNaOptions<TopName<S>> = Record<never, never>>(
    options?: O,
  ): DataFrame<DroppedNa<S, O>> {
    return new DataFrame(
      missing.drop(this.#node, options ?? {}, callSite("dropna()")),
    );
  }

  /**
   * A value in place of nulls, and of NaN for numbers, in the columns whose
   * type it has.
   *
   * @param value the value, or one for each column by name
   * @param subset the columns; all by default
   */
  fill<
    const V extends
      | FillValue
      | Readonly<Partial<Record<TopName<S>, FillValue>>>,
    const N extends TopName<S> = TopName<S>,
  >(value: V, subset?: N | readonly N[]): DataFrame<Filled<S, V, N>> {
    const site = callSite("fillna()");
    const given = value as FillValue | Readonly<Record<string, FillValue>>;
    return new DataFrame(missing.fill(this.#node, given, subset, site));
  }

  /**
   * Values in place of others. Numbers replace numbers of any type, texts
   * texts, booleans booleans.
   *
   * @param values what replaces what
   * @param subset the columns; all by default
   */
  replace(
    values: ReadonlyMap<ReplaceValue, ReplaceValue>,
    subset?: TopName<S> | readonly TopName<S>[],
  ): DataFrame<S> {
    const site = callSite("replace()");
    return new DataFrame(missing.replace(this.#node, values, subset, site));
  }
}
