/**
 * What to do next, where Spark's own message says only what is wrong.
 *
 * @module
 */

import { familiarType } from "../../types/ddl_parser.ts";

/**
 * The next steps for what a message says, each a sentence.
 *
 * @param text Spark's message
 */
export function nextSteps(text: string): string[] {
  const steps = STEPS.flatMap(([said, step]) => said.test(text) ? [step] : []);
  const [, type = ""] = UNKNOWN_TYPE.exec(text) ?? [];
  const meant = familiarType(type);
  return meant === undefined
    ? steps
    : [...steps, `Spark's name for it is ${meant}`];
}

const UNKNOWN_TYPE = /\[UNSUPPORTED_DATATYPE\] Unsupported data type "(\w+)"/;

/** In the words of each version: 3.5 has other ones for streams and settings. */
const STEPS: readonly (readonly [said: RegExp, step: string])[] = [
  [
    /Checkpoint directory has not been set/,
    "Call setCheckpointDir() of the SparkContext before, or use localCheckpoint(), which needs no folder",
  ],
  [
    // Peer: `BaseVariableWidthVector` of Arrow's Java library; Spark's
    // `DirectByteBufferOutputStream`, from 4.1 on.
    /Memory required for vector is \(\d+\), which is overflow or more than max allowed|DirectByteBufferOutputStream cannot grow beyond/,
    'The rows that Spark sends together have more than 2 GiB: lower "spark.sql.execution.arrow.maxRecordsPerBatch"',
  ],
  [
    // How Spark 3.5 tells, of all the expressions that it cannot compute, of `f(x => 1)`.
    /Cannot (?:evaluate|generate code for) expression: [^\s(]+ => /,
    "A function of the program takes arguments by name in SQL from Spark 4.0 on: give them in their order, or call the function's named()",
  ],
  [
    // Peer: `ArrowEvalPythonExec`, which compares types exactly; `ArrowUtils.toArrowType` of 3.5.
    /Invalid schema from pandas_udf(?:\(\))?: expected .*(?:CharType|VarcharType|IntervalType)\(|\(of class org\.apache\.spark\.sql\.types\.(?:Char|Varchar)Type\)/,
    'From functions Spark takes texts as "string" and intervals as "interval year to month" or "interval day to second": give the function this type, and cast its column',
  ],
  [
    /\[UNRESOLVED_ROUTINE\]/,
    "SQL knows a function of the program once spark.udf.register() has named it",
  ],
  [
    /\[UNRESOLVED_COLUMN\.[^\]]*\][^`]*`(?:-[^`]*|[^`]* (?:asc|desc))` cannot be resolved/i,
    'A name says nothing of the order: write F.desc("name") or F.col("name").desc()',
  ],
  [
    /cannot be resolved\. Did you mean one of the following\? \[`_c0`/,
    'The columns of the file have no names: read it with option("header", true) where its first line has them, or with schema()',
  ],
  [
    /\[WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE\]/,
    'Say over which rows: F.row_number().over(Window.partitionBy("a").orderBy("b"))',
  ],
  [
    /\[UNABLE_TO_INFER_SCHEMA\]/,
    "Look whether there are such files with rows in them, or give the columns by schema()",
  ],
  [
    /Fail to recognize '[^']*[YD][^']*' pattern/,
    "In patterns of Spark years are y and days of the month d: yyyy-MM-dd",
  ],
  [
    /\[CANNOT_MODIFY_(?:STATIC_)?CONFIG\]|Cannot modify the value of a (?:static|Spark) config/,
    "Set it before the session starts: by config() of SparkSession.builder, or by --conf",
  ],
  [
    /Failed to find data source: \w+\. Please deploy the application/,
    "Name the package of this source, in the versions of your Spark and its Scala, in spark.jars.packages before the session starts",
  ],
  [
    /[`']write[`'] can not be called on streaming/,
    "A stream is written by writeStream, whose start() gives a query",
  ],
  [
    /[`']writeStream[`'] can be called only on streaming/,
    "Read by spark.readStream to have a stream, or write what there is now by write",
  ],
  [
    /output mode: append\. .*streaming aggregations|Append output mode not supported when there are streaming aggregations/,
    'Groups change as rows come: take outputMode("update") or outputMode("complete"), or call withWatermark() before groupBy()',
  ],
  [
    /output mode: complete\. .*no streaming aggregations|Complete output mode not supported when there are no streaming aggregations/,
    'Take outputMode("append"), which gives each row once, or group the rows',
  ],
  [
    /queryName must be specified for memory sink/,
    "Name the table that it fills by queryName()",
  ],
  [
    /Schema must be specified when creating a streaming source/,
    'Give it: spark.readStream.schema("id BIGINT, name STRING").json(path)',
  ],
];
