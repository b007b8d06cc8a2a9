import { callSite } from "../runtime/call_site.ts";
import { DataFrame } from "./data_frame.ts";
import { rangeRelation } from "./session_frames.ts";
import type { SessionState } from "./session_state.ts";
import { callTableFunction } from "./call_table_function.ts";
import type { AnyColumn } from "./typing/columns_of.ts";

/**
 * Spark's own table functions as frames: `spark.tvf`. Spark 4.0 and later.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 * import { array, lit } from "@tspark/tspark/functions";
 *
 * const two = (spark: SparkSession) => spark.tvf.explode(array(lit(1), lit(2)));
 * ```
 */
export class TableValuedFunction {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  /**
   * Whole numbers in one column, `id`.
   *
   * @param start the first; with one argument, the end, and the first is 0
   * @param end the end, left out itself
   * @param step difference of two neighbors, 1 when left out
   * @param numPartitions number of partitions; the default parallelism when left out
   */
  range(
    start: number,
    end?: number,
    step: number = 1,
    numPartitions: number = this.#session.runtime.defaultParallelism,
  ): DataFrame<{ id: number }> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    return new DataFrame(
      rangeRelation(this.#session, from, to, step, numPartitions),
    );
  }

  /** A row for each element of an array, or entry of a map. */
  explode(collection: AnyColumn): DataFrame {
    return this.#call("explode", collection);
  }

  /** As {@link TableValuedFunction.explode}, and one row of null where there is none. */
  explode_outer(collection: AnyColumn): DataFrame {
    return this.#call("explode_outer", collection);
  }

  /** A row for each struct of an array, a column for each field. */
  inline(input: AnyColumn): DataFrame {
    return this.#call("inline", input);
  }

  /** As {@link TableValuedFunction.inline}, and one row of nulls where there is none. */
  inline_outer(input: AnyColumn): DataFrame {
    return this.#call("inline_outer", input);
  }

  /** Fields of a text of JSON, a column for each. */
  json_tuple(input: AnyColumn, ...fields: readonly AnyColumn[]): DataFrame {
    return this.#call("json_tuple", input, fields);
  }

  /** As {@link TableValuedFunction.explode}, with the place from 0. */
  posexplode(collection: AnyColumn): DataFrame {
    return this.#call("posexplode", collection);
  }

  /** As {@link TableValuedFunction.posexplode}, and one row of nulls where there is none. */
  posexplode_outer(collection: AnyColumn): DataFrame {
    return this.#call("posexplode_outer", collection);
  }

  /** So many rows of the values that follow. */
  stack(n: AnyColumn, ...fields: readonly AnyColumn[]): DataFrame {
    return this.#call("stack", n, fields);
  }

  /** The collations that Spark knows. */
  collations(): DataFrame {
    return this.#call("collations");
  }

  /** The words of SQL's grammar, and whether they are reserved. */
  sql_keywords(): DataFrame<{ keyword: string; reserved: boolean }> {
    return this.#call("sql_keywords");
  }

  /** A row for each element or field of a variant. */
  variant_explode(input: AnyColumn): DataFrame {
    return this.#call("variant_explode", input);
  }

  /** As {@link TableValuedFunction.variant_explode}, and one row of nulls where there is none. */
  variant_explode_outer(input: AnyColumn): DataFrame {
    return this.#call("variant_explode_outer", input);
  }

  /** What the session's Python workers have logged. Spark 4.1 and later. */
  python_worker_logs(): DataFrame {
    return this.#call("python_worker_logs");
  }

  #call<S extends object>(
    method: string,
    column?: AnyColumn,
    fields?: readonly AnyColumn[],
  ): DataFrame<S> {
    const site = callSite(`tvf.${method}()`);
    return new DataFrame<S>(
      callTableFunction(this.#session, method, site, column, fields),
    );
  }
}
