import { callSite } from "../runtime/call_site.ts";
import { columnsOf } from "./columns_of.ts";
import { DataFrame } from "./data_frame.ts";
import { RELATION } from "./frame_relation.ts";
import {
  aggregate,
  type AggregateNames,
  numericAggregate,
  pivot,
} from "./plan/aggregate.ts";
import { type Relation, relation } from "./plan/relation.ts";
import type { AnyColumn, ColumnsOf } from "./typing/provisional.ts";

/**
 * Groups of rows, made by `groupBy()` and its kin, to be aggregated.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { avg, count } from "@tspark/tspark/functions";
 *
 * const byCountry = (people: DataFrame) =>
 *   people.groupBy("country").agg(count("*").as("people"), avg("age").as("age"));
 * ```
 */
export class GroupedData<S extends object = Record<string, unknown>> {
  /** @internal */
  readonly [RELATION]: Relation;

  /** @internal */
  constructor(node: Relation) {
    this[RELATION] = node;
  }

  /**
   * Aggregates of each group, beside its keys.
   *
   * @param aggregates columns such as `sum("amount").as("total")`, one object of names such as `{ age: "max" }`, or a function that is given the columns by name
   */
  agg(pick: (columns: ColumnsOf<S>) => readonly AnyColumn[]): DataFrame;
  /** Aggregates of each group, by the names of columns and functions. */
  agg(names: AggregateNames): DataFrame;
  /** Aggregates of each group, one by one. */
  agg(...aggregates: readonly AnyColumn[]): DataFrame;
  agg(...aggregates: readonly unknown[]): DataFrame {
    const [first] = aggregates;
    const chosen = typeof first === "function"
      ? first(columnsOf<S>())
      : aggregates;
    return new DataFrame(aggregate(this[RELATION], chosen, callSite("agg()")));
  }

  /** Number of rows of each group, as the column `count`. */
  count(): DataFrame {
    return new DataFrame(
      relation(this[RELATION], "count", [], callSite("count()")),
    );
  }

  /** Averages of columns; of all numeric ones when none is named. */
  avg(...columns: readonly string[]): DataFrame {
    return this.#numeric("avg", columns);
  }

  /** The same as {@link GroupedData.avg}. */
  mean(...columns: readonly string[]): DataFrame {
    return this.#numeric("mean", columns);
  }

  /** Greatest values of columns; of all numeric ones when none is named. */
  max(...columns: readonly string[]): DataFrame {
    return this.#numeric("max", columns);
  }

  /** Least values of columns; of all numeric ones when none is named. */
  min(...columns: readonly string[]): DataFrame {
    return this.#numeric("min", columns);
  }

  /** Sums of columns; of all numeric ones when none is named. */
  sum(...columns: readonly string[]): DataFrame {
    return this.#numeric("sum", columns);
  }

  /**
   * Makes a column's values columns of their own: what follows aggregates each.
   *
   * @param column the column whose values become columns
   * @param values which values; all when left out, which takes a job to find them
   */
  pivot(
    column: string | AnyColumn,
    values: readonly unknown[] | null = null,
  ): GroupedData<S> {
    return new GroupedData<S>(
      pivot(this[RELATION], column, values, callSite("pivot()")),
    );
  }

  #numeric(
    name: Parameters<typeof numericAggregate>[1],
    columns: readonly string[],
  ): DataFrame {
    const site = callSite(`${name}()`);
    return new DataFrame(numericAggregate(this[RELATION], name, columns, site));
  }
}
