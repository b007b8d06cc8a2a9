import assert from "node:assert/strict";
import { nextSteps } from "../../../../src/driver/runtime/next_steps.ts";

type Case = readonly [message: string, step: string];

/** Messages to which one thing is said. */
function each(messages: readonly string[], step: string): Case[] {
  return messages.map((message) => [message, step]);
}

/** Spark's messages as 4.3, and where it has others 3.5, gives them, and what is said to them. */
const CASES: readonly Case[] = [
  ...each(
    [
      "[ARROW_TYPE_MISMATCH] Invalid schema from pandas_udf(): expected VarcharType(3), got StringType. SQLSTATE: 42K0G",
      "java.lang.AssertionError: assertion failed: Invalid schema from pandas_udf: expected DayTimeIntervalType(1,2), got DayTimeIntervalType(0,3)",
      "CharType(3) (of class org.apache.spark.sql.types.CharType)",
    ],
    'From functions Spark takes texts as "string" and intervals as "interval year to month" or "interval day to second": give the function this type, and cast its column',
  ),
  [
    "[UNRESOLVED_ROUTINE] Cannot resolve routine `shout` on search path [`system`.`builtin`]. SQLSTATE: 42883",
    "SQL knows a function of the program once spark.udf.register() has named it",
  ],
  ...["-age", "age desc", "age ASC"].map((name) =>
    [
      `[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name \`${name}\` cannot be resolved. Did you mean one of the following? [\`age\`]. SQLSTATE: 42703;`,
      'A name says nothing of the order: write F.desc("name") or F.col("name").desc()',
    ] as const
  ),
  [
    "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `a` cannot be resolved. Did you mean one of the following? [`_c0`, `_c1`]. SQLSTATE: 42703;",
    'The columns of the file have no names: read it with option("header", true) where its first line has them, or with schema()',
  ],
  [
    '[WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE] Window function "row_number()" requires an OVER clause. SQLSTATE: 42601;',
    'Say over which rows: F.row_number().over(Window.partitionBy("a").orderBy("b"))',
  ],
  [
    "[UNABLE_TO_INFER_SCHEMA] Unable to infer schema for JSON. It must be specified manually. SQLSTATE: 42KD9",
    "Look whether there are such files with rows in them, or give the columns by schema()",
  ],
  [
    "[INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION] You may get a different result due to the upgrading to Spark >= 3.0:\nFail to recognize 'YYYY-MM-DD' pattern in the DateTimeFormatter.",
    "In patterns of Spark years are y and days of the month d: yyyy-MM-dd",
  ],
  ...each(
    [
      '[CANNOT_MODIFY_CONFIG] Cannot modify the value of the Spark config: "spark.driver.memory".',
      "Cannot modify the value of a static config: spark.sql.warehouse.dir.",
    ],
    "Set it before the session starts: by config() of SparkSession.builder, or by --conf",
  ),
  ...["[KAFKA_DATA_SOURCE_NOT_ENABLED] ", ""].map((condition) =>
    [
      `${condition}Failed to find data source: kafka. Please deploy the application as per the deployment section of Structured Streaming + Kafka Integration Guide.`,
      "Name the package of this source, in the versions of your Spark and its Scala, in spark.jars.packages before the session starts",
    ] as const
  ),
  ...each([
    "[CALL_ON_STREAMING_DATASET_UNSUPPORTED] The method `write` can not be called on streaming Dataset/DataFrame. SQLSTATE: 42KDE",
    "'write' can not be called on streaming Dataset/DataFrame",
  ], "A stream is written by writeStream, whose start() gives a query"),
  ...["`writeStream`", "'writeStream'"].map((name) =>
    [
      `[WRITE_STREAM_NOT_ALLOWED] ${name} can be called only on streaming Dataset/DataFrame.`,
      "Read by spark.readStream to have a stream, or write what there is now by write",
    ] as const
  ),
  ...each(
    [
      "[STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION] Invalid streaming output mode: append. This output mode is not supported for streaming aggregations without watermark on streaming DataFrames/DataSets. SQLSTATE: 42KDE",
      "Append output mode not supported when there are streaming aggregations on streaming DataFrames/DataSets without watermark;",
    ],
    'Groups change as rows come: take outputMode("update") or outputMode("complete"), or call withWatermark() before groupBy()',
  ),
  ...each([
    "[STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION] Invalid streaming output mode: complete. This output mode is not supported for no streaming aggregations on streaming DataFrames/DataSets. SQLSTATE: 42KDE",
    "Complete output mode not supported when there are no streaming aggregations on streaming DataFrames/Datasets;",
  ], 'Take outputMode("append"), which gives each row once, or group the rows'),
  [
    '[UNSUPPORTED_DATATYPE] Unsupported data type "INT64". SQLSTATE: 0A000 (line 1, pos 0)',
    "Spark's name for it is BIGINT",
  ],
  [
    "queryName must be specified for memory sink.",
    "Name the table that it fills by queryName()",
  ],
  [
    "Schema must be specified when creating a streaming source DataFrame. If some files already exist in the directory, then",
    'Give it: spark.readStream.schema("id BIGINT, name STRING").json(path)',
  ],
];

for (const [message, step] of CASES) {
  Deno.test({
    name: `nextSteps() of ${message}`,
    permissions: "none",
    fn: () => assert.deepEqual(nextSteps(message), [step]),
  });
}

Deno.test({
  name: "nextSteps() adds nothing to what says it all",
  permissions: "none",
  fn() {
    for (
      const message of [
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `amout` cannot be resolved. Did you mean one of the following? [`amount`, `city`]. SQLSTATE: 42703;",
        "[CALL_ON_STREAMING_DATASET_UNSUPPORTED] The method `count` can not be called on streaming Dataset/DataFrame.",
        "[STREAMING_OUTPUT_MODE.INVALID] Invalid streaming output mode: updates. Accepted output modes are 'Append', 'Complete', 'Update'.",
      ]
    ) assert.deepEqual(nextSteps(message), []);
  },
});
