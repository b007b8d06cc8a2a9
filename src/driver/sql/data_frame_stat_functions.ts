import { print } from "./plan/transformations.ts";
import { printBy } from "../../common/inspect.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import * as statistics from "./actions/statistics.ts";
import { DataFrame } from "./data_frame.ts";
import { type HasRelation, RELATION } from "./frame_relation.ts";
import { double, javaMap, long, seq } from "./plan/argument.ts";
import { type Relation, relation } from "./plan/relation.ts";
import { anySeed } from "../../common/random.ts";
import { columnOrName } from "./expression/to_expression.ts";
import { literalValueOf } from "./expression/to_expression.ts";
import type { AnyColumn } from "./typing/columns_of.ts";

/** Statistics: `df.stat`. */
export class DataFrameStatFunctions<
  S extends object = Record<string, unknown>,
> {
  readonly #node: Relation;

  /** @internal */
  constructor(df: HasRelation) {
    this.#node = df[RELATION];
  }

  static {
    printBy(
      DataFrameStatFunctions.prototype,
      (self) => `DataFrameStatFunctions[${print(self.#node)}]`,
    );
  }

  /**
   * Values below which given shares of a column's values lie.
   *
   * @param columns a numeric column, or several, each of which gets a list of its own; nulls and NaN are ignored
   * @param probabilities the shares, from 0 to 1
   * @param relativeError how far off a result may be, as a share of all rows; 0 for exact ones, which is costly
   * @throws RangeError for shares outside of 0 to 1 and negative errors
   */
  approxQuantile(
    column: string,
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[]>;
  /** Quantiles of several columns, a list for each. */
  approxQuantile(
    columns: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[][]>;
  async approxQuantile(
    columns: string | readonly string[],
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[] | number[][]> {
    const site = callSite("approxQuantile()");
    const names = typeof columns === "string" ? [columns] : columns;
    const all = await statistics.approxQuantile(
      this.#node,
      names,
      probabilities,
      relativeError,
      site,
      options,
    );
    return typeof columns === "string" ? all[0] ?? [] : all;
  }

  /** Pearson's correlation of two columns. */
  async corr(
    column1: string,
    column2: string,
    options?: ActionOptions,
  ): Promise<number> {
    return await statistics.ofPair(
      this.#node,
      "corr",
      column1,
      column2,
      callSite("corr()"),
      options,
    );
  }

  /** The covariance of two columns' samples. */
  async cov(
    column1: string,
    column2: string,
    options?: ActionOptions,
  ): Promise<number> {
    return await statistics.ofPair(
      this.#node,
      "cov",
      column1,
      column2,
      callSite("cov()"),
      options,
    );
  }

  /** How often each pair of values occurs: a row for each value of the first column, a column for each of the second. */
  crosstab(column1: string, column2: string): DataFrame {
    return this.#stat("crosstab()", "crosstab", [column1, column2]);
  }

  /**
   * Values that are frequent in columns, some wrong ones among them.
   *
   * @param columns the columns
   * @param support how frequent, as a share of all rows; 0.01 by default
   */
  freqItems(columns: readonly string[], support: number = 0.01): DataFrame {
    return this.#stat("freqItems()", "freqItems", [
      seq(columns),
      double(support),
    ]);
  }

  /**
   * A part of the rows for each value of a column, taken at random.
   *
   * @param column the column
   * @param fractions how likely a row of each value is taken; 0 for values without one
   * @param seed makes it repeatable; at random when left out
   */
  sampleBy(
    column: string | AnyColumn,
    fractions: ReadonlyMap<unknown, number>,
    seed: number = anySeed(),
  ): DataFrame<S> {
    const entries = [...fractions].map(([value, share]) =>
      [literalValueOf(value), double(share)] as const
    );
    return this.#stat("sampleBy()", "sampleBy", [
      columnOrName(column),
      javaMap(entries),
      long(seed),
    ]);
  }

  #stat<T extends object>(
    operation: string,
    method: string,
    args: Relation["args"],
  ): DataFrame<T> {
    const site = callSite(operation);
    return new DataFrame<T>(
      relation(relation(this.#node, "stat", [], site), method, args, site),
    );
  }
}
