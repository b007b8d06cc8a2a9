import type { DataType } from "../../types/spark_types.ts";
import type { AnySchema } from "./schema_types.ts";

/** An argument of a call that `analyze` is asked about. */
export interface AnalyzeArgument {
  /** Its type; of a table, a struct of its columns. */
  readonly dataType: DataType;
  /** The value of a constant, in the forms that the session has values in; null for all else. */
  readonly value: unknown;
  /** Whether it is a table. */
  readonly isTable: boolean;
  /** Whether it is known before the query runs: tells a constant NULL from what is no constant. */
  readonly isConstantExpression: boolean;
}

/** A column, or an expression of SQL, by which a table argument is partitioned. */
export interface PartitioningColumn {
  /** Its name or text. */
  readonly name: string;
}

/** A column, or an expression of SQL, by which the rows of a table argument are ordered. */
export interface OrderingColumn {
  /** Its name or text. */
  readonly name: string;
  /** Whether small values come first; true by default. */
  readonly ascending?: boolean;
  /** Whether nulls come first; by default where the order is ascending. */
  readonly overrideNullsFirst?: boolean | null;
}

/** A column, or an expression of SQL, that a table argument is to have. */
export interface SelectedColumn {
  /** Its name or text. */
  readonly name: string;
  /** The name that it gets; needed for an expression. */
  readonly alias?: string;
}

/**
 * What `analyze` says of a call. It may hold more, which the function's
 * instances find in it: numbers, texts and other plain values.
 */
export interface AnalyzeResult {
  /** The columns of the rows that the function gives. */
  readonly schema: AnySchema;
  /** Whether all rows of the table argument go to one instance; false by default. */
  readonly withSinglePartition?: boolean;
  /** What partitions the table argument; a text stands for a column of that name. */
  readonly partitionBy?: readonly (string | PartitioningColumn)[];
  /** What orders the table argument within a partition. */
  readonly orderBy?: readonly (string | OrderingColumn)[];
  /** What the function is given of the table argument; all columns by default. */
  readonly select?: readonly (string | SelectedColumn)[];
}

/** Says for a call which columns a table function gives, and how it wants its table. */
export type Analyze = (
  ...args: readonly AnalyzeArgument[]
) => AnalyzeResult | PromiseLike<AnalyzeResult>;
