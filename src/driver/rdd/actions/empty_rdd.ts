import { SparkError } from "../../../common/errors.ts";

/** The error for an RDD without records, where there must be one. */
export function emptyRdd(operation: string): SparkError {
  return new SparkError(
    "RDD_EMPTY",
    `Cannot ${operation} empty RDD: it has no record; check isEmpty() before, or use fold() or take()`,
    { operation },
  );
}
