/**
 * The numbers that the JVM and a worker exchange in place of a length, and
 * the kinds of evaluation, under the names that Spark gives them.
 *
 * @module
 */

/**
 * Negative ints that stand where a length would.
 *
 * Peer: `org.apache.spark.api.python.SpecialLengths`, Spark 3.5 to 4.3
 * (`START_OF_INIT_MESSAGE` from 4.3).
 */
export const MARKER = Object.freeze({
  /** No more frames; after a task's output, the accumulators follow. */
  END_OF_DATA_SECTION: -1,
  /** The task failed; a string with the reason follows. */
  PYTHON_EXCEPTION_THROWN: -2,
  /** Times of the task follow, as longs. */
  TIMING_DATA: -3,
  /** The task is over on the side that writes this. */
  END_OF_STREAM: -4,
  /** A null element. */
  NULL: -5,
  /** An Arrow IPC stream follows. */
  START_ARROW_STREAM: -6,
  /** End of a micro-batch of a streaming query. */
  END_OF_MICRO_BATCH: -7,
  /** The task header follows as one message with a length. */
  START_OF_INIT_MESSAGE: -8,
});

/**
 * What a task evaluates, and so how its command, input and output look.
 *
 * Peer: `org.apache.spark.api.python.PythonEvalType`.
 */
export const EVAL_TYPE = Object.freeze({
  /** An RDD's function over frames. */
  NON_UDF: 0,
  /** Row function, pickled rows. */
  SQL_BATCHED_UDF: 100,
  /** Row function, Arrow batches. */
  SQL_ARROW_BATCHED_UDF: 101,
  /** Function of columns. */
  SQL_SCALAR_PANDAS_UDF: 200,
  /** Function of a group. */
  SQL_GROUPED_MAP_PANDAS_UDF: 201,
  /** Aggregate of a group. */
  SQL_GROUPED_AGG_PANDAS_UDF: 202,
  /** Aggregate over a window. */
  SQL_WINDOW_AGG_PANDAS_UDF: 203,
  /** Function of an iterator of columns. */
  SQL_SCALAR_PANDAS_ITER_UDF: 204,
  /** Function of an iterator of batches. */
  SQL_MAP_PANDAS_ITER_UDF: 205,
  /** Function of two groups with the same key. */
  SQL_COGROUPED_MAP_PANDAS_UDF: 206,
  /** Function of an iterator of batches, Arrow by name. */
  SQL_MAP_ARROW_ITER_UDF: 207,
  /** Streaming state. */
  SQL_GROUPED_MAP_PANDAS_UDF_WITH_STATE: 208,
  /** Function of a group, Arrow by name; from Spark 4.0. */
  SQL_GROUPED_MAP_ARROW_UDF: 209,
  /** Function of two groups, Arrow by name; from Spark 4.0. */
  SQL_COGROUPED_MAP_ARROW_UDF: 210,
  /** Streaming state; from Spark 4.0. */
  SQL_TRANSFORM_WITH_STATE_PANDAS_UDF: 211,
  /** Streaming state; from Spark 4.0. */
  SQL_TRANSFORM_WITH_STATE_PANDAS_INIT_STATE_UDF: 212,
  /** Streaming state; from Spark 4.1. */
  SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_UDF: 213,
  /** Streaming state; from Spark 4.1. */
  SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_INIT_STATE_UDF: 214,
  /** Function of a group's batches, Arrow by name; from Spark 4.1. */
  SQL_GROUPED_MAP_ARROW_ITER_UDF: 215,
  /** Function of a group's batches; from Spark 4.1. */
  SQL_GROUPED_MAP_PANDAS_ITER_UDF: 216,
  /** Aggregate of a group's batches; from Spark 4.2. */
  SQL_GROUPED_AGG_PANDAS_ITER_UDF: 217,
  /** Function of columns, Arrow by name; from Spark 4.1. */
  SQL_SCALAR_ARROW_UDF: 250,
  /** Function of an iterator of columns, Arrow by name; from Spark 4.1. */
  SQL_SCALAR_ARROW_ITER_UDF: 251,
  /** Aggregate of a group, Arrow by name; from Spark 4.1. */
  SQL_GROUPED_AGG_ARROW_UDF: 252,
  /** Aggregate over a window, Arrow by name; from Spark 4.1. */
  SQL_WINDOW_AGG_ARROW_UDF: 253,
  /** Aggregate of a group's batches, Arrow by name; from Spark 4.2. */
  SQL_GROUPED_AGG_ARROW_ITER_UDF: 254,
  /** Table function, pickled rows. */
  SQL_TABLE_UDF: 300,
  /** Table function, Arrow batches. */
  SQL_ARROW_TABLE_UDF: 301,
  /** Table function, Arrow by name; from Spark 4.1. */
  SQL_ARROW_UDTF: 302,
});
