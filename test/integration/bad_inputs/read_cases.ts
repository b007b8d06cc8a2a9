import {
  AnalysisException,
  IllegalArgumentException,
  JavaError,
  ParseException,
  SparkRuntimeException,
} from "../../../mod.ts";
import { type BadInput, type BadInputs, people } from "./bad_input.ts";

/** What cannot be read. */
export function readCases({ spark, dir }: BadInputs): BadInput[] {
  const { df } = people(spark);
  return [
    {
      title: "csv() of a path that is not there",
      run: () => spark.read.csv(`${dir}/none.csv`).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none.csv` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none.csv. SQLSTATE: 42K03`,
    },
    {
      title: "json() of a path that is not there",
      run: () => spark.read.json(`${dir}/none.json`).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none.json` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none.json. SQLSTATE: 42K03`,
    },
    {
      title: "text() of a path that is not there",
      run: () => spark.read.text(`${dir}/none`).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none. SQLSTATE: 42K03`,
    },
    {
      title: "parquet() of a path that is not there",
      run: () => spark.read.parquet(`${dir}/none`).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none. SQLSTATE: 42K03`,
    },
    {
      title: "orc() of a path that is not there",
      run: () => spark.read.orc(`${dir}/none`).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none. SQLSTATE: 42K03`,
    },
    {
      title: "xml() of a path that is not there",
      run: () => spark.read.xml(`${dir}/none`, { rowTag: "row" }).collect(),
      kind: AnalysisException,
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: `file:${dir}/none` },
      text:
        `[PATH_NOT_FOUND] Path does not exist: file:${dir}/none. SQLSTATE: 42K03`,
    },
    {
      title: "a table that is not there",
      run: () => spark.table("no_such_table").collect(),
      kind: AnalysisException,
      condition: "TABLE_OR_VIEW_NOT_FOUND",
      sqlState: "42P01",
      parameters: {
        relationName: "`no_such_table`",
        searchPath:
          "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]",
      },
      text:
        "[TABLE_OR_VIEW_NOT_FOUND] The table or view `no_such_table` cannot be found. Verify the spelling and correctness of the schema and catalog.",
    },
    {
      title: "a format that is not there",
      run: () => spark.read.format("nosuch").load(dir).collect(),
      kind: JavaError,
      condition: "DATA_SOURCE_NOT_FOUND",
      sqlState: "42K02",
      parameters: { provider: "nosuch" },
      text:
        "[DATA_SOURCE_NOT_FOUND] Failed to find the data source: nosuch. Make sure the provider name is correct and the package is properly registered and compatible with your Spark version. SQLSTATE: 42K02",
      cause: "caused by ClassNotFoundException: nosuch.DefaultSource",
    },
    {
      title: "jdbc() without a driver",
      run: () => spark.read.jdbc("jdbc:nosuch://x/y", "t").collect(),
      kind: JavaError,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text: "No suitable driver",
    },
    {
      title: "malformed CSV, FAILFAST",
      run: () =>
        spark.read.schema("id INT, name STRING").csv(`${dir}/bad.csv`, {
          header: true,
          mode: "FAILFAST",
        }).collect(),
      kind: JavaError,
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path: `file://${dir}/bad.csv` },
      text:
        `[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file://${dir}/bad.csv.  SQLSTATE: KD001`,
      cause:
        "caused by [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null,b].",
    },
    {
      title: "a flag that is none",
      run: () =>
        spark.read.option("header", "maybe").csv(`${dir}/bad.csv`).collect(),
      kind: JavaError,
      condition: "_LEGACY_ERROR_TEMP_2147",
      sqlState: undefined,
      parameters: { paramName: "header" },
      text: "header flag can be true or false.",
    },
    {
      title: "an empty separator",
      run: () => spark.read.csv(`${dir}/bad.csv`, { sep: "" }).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text: "Delimiter cannot be empty",
    },
    {
      title: "a quote of two characters",
      run: () => spark.read.csv(`${dir}/bad.csv`, { quote: "ab" }).collect(),
      kind: SparkRuntimeException,
      condition: "OPTION_VALUE_EXCEEDS_ONE_CHARACTER",
      sqlState: "22023",
      parameters: { paramName: "quote", actualValue: "ab" },
      text:
        "[OPTION_VALUE_EXCEEDS_ONE_CHARACTER] The value of quote cannot be more than one character, but got ab. SQLSTATE: 22023",
    },
    {
      title: "a character set that is not there",
      run: () =>
        spark.read.csv(`${dir}/bad.csv`, { encoding: "utf-99" }).collect(),
      kind: IllegalArgumentException,
      condition: "INVALID_PARAMETER_VALUE.CHARSET",
      sqlState: "22023",
      parameters: {
        functionName: "`CSVOptions`",
        parameter: "`charset`",
        charset: "utf-99",
        charsets:
          "iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8",
      },
      text:
        "[INVALID_PARAMETER_VALUE.CHARSET] The value of parameter(s) `charset` in `CSVOptions` is invalid: expects one of the iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8, but got utf-99. SQLSTATE: 22023",
    },
    {
      title: "a negative share of samples",
      run: () =>
        spark.read.option("samplingRatio", -1).option("inferSchema", true).csv(
          `${dir}/bad.csv`,
        ).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text: "requirement failed: samplingRatio (-1.0) should be greater than 0",
    },
    {
      title: "a type that is none",
      run: () =>
        spark.read.schema("id INTT" as never).csv(`${dir}/bad.csv`).collect(),
      kind: ParseException,
      condition: "UNSUPPORTED_DATATYPE",
      sqlState: "0A000",
      parameters: { typeName: '"INTT"' },
      text:
        '[UNSUPPORTED_DATATYPE] Unsupported data type "INTT". SQLSTATE: 0A000 (line 1, pos 3)',
    },
    {
      title: "malformed JSON, FAILFAST",
      run: () =>
        spark.read.schema("id INT").json(`${dir}/bad.json`, {
          mode: "FAILFAST",
        }).collect(),
      kind: JavaError,
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path: `file://${dir}/bad.json` },
      text:
        `[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file://${dir}/bad.json.  SQLSTATE: KD001`,
      cause:
        "caused by [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null].",
    },
    {
      title: "nothing but malformed JSON",
      run: () =>
        spark.read.json(`${dir}/bad.csv`).select("_corrupt_record").collect(),
      kind: AnalysisException,
      condition: "UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN",
      sqlState: "0A000",
      parameters: {},
      text:
        "[UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN] The feature is not supported: Queries from raw JSON/CSV/XML files are disallowed when the",
    },
    {
      title: "malformed XML, FAILFAST",
      run: () =>
        spark.read.schema("id INT").xml(`${dir}/bad.xml`, {
          rowTag: "row",
          mode: "FAILFAST",
        }).collect(),
      kind: JavaError,
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path: `file://${dir}/bad.xml` },
      text:
        `[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file://${dir}/bad.xml.  SQLSTATE: KD001`,
      cause:
        "caused by [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null].",
    },
    {
      title: "xml() without rowTag",
      run: () => spark.read.xml(`${dir}/bad.xml`).collect(),
      kind: AnalysisException,
      condition: "XML_ROW_TAG_MISSING",
      sqlState: "42KDF",
      parameters: { rowTag: "`rowTag`" },
      text:
        "[XML_ROW_TAG_MISSING] `rowTag` option is required for reading/writing files in XML format. SQLSTATE: 42KDF",
    },
    {
      title: "a file that is no Parquet",
      run: () => spark.read.parquet(`${dir}/not.parquet`).collect(),
      kind: JavaError,
      condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      sqlState: "KD001",
      parameters: { path: `file:${dir}/not.parquet` },
      text:
        `[FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER] Encountered error while reading file file:${dir}/not.parquet. Could not read footer. Please ensure that the file is in either ORC or Parquet format.`,
      cause:
        `caused by file:${dir}/not.parquet is not a Parquet file. Expected magic number at tail, but found [32, 97, 108, 108]`,
    },
    {
      title: "a file that is no ORC",
      run: () => spark.read.orc(`${dir}/not.orc`).collect(),
      kind: JavaError,
      condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      sqlState: "KD001",
      parameters: { path: `file:${dir}/not.orc` },
      text:
        `[FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER] Encountered error while reading file file:${dir}/not.orc. Could not read footer. Please ensure that the file is in either ORC or Parquet format.`,
      cause:
        `caused by Malformed ORC file file:${dir}/not.orc. Invalid postscript.`,
    },
    {
      title: "a schema that is not that of the files",
      run: async () => {
        await df.coalesce(1).write.mode("overwrite").parquet(`${dir}/p`);
        return spark.read.schema("id STRING").parquet(`${dir}/p`).collect();
      },
      kind: JavaError,
      condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
      sqlState: "KD001",
      parameters: {
        column: "[id]",
        expectedType: "string",
        actualType: "INT64",
      },
      text:
        `[FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH] Encountered error while reading file file://${dir}/p/`,
      cause: "caused by column: [id], physicalType: INT64, logicalType: string",
    },
  ];
}
