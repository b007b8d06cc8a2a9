/**
 * What goes wrong in programs over DataFrames, and what the program is told.
 *
 * @module
 */
import {
  AnalysisException,
  ArithmeticException,
  ArrayIndexOutOfBoundsException,
  type DataFrame,
  DateTimeException,
  functions as F,
  IllegalArgumentException,
  JavaError,
  NumberFormatException,
  ParseException,
  SparkNoSuchElementException,
  SparkRuntimeException,
  type SparkSession,
} from "../../../mod.ts";

/** Something wrong, and the error that it gives. */
export interface BadInput {
  readonly title: string;
  readonly run: () => unknown;
  readonly kind: typeof JavaError;
  readonly condition: string;
  readonly sqlState: string | undefined;
  /** Those whose values are the same in each run. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How the message begins. */
  readonly text: string;
  /** A line of it that tells of what is below. */
  readonly cause?: string;
}

/**
 * Writes files that cannot be read as what they are named.
 *
 * @param dir a folder
 */
export async function writeBadFiles(dir: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    "bad.csv": "id,name\n1,a\nx,b\n3\n",
    "bad.json": '{"id":1}\n{"id":\n{"id":"x"}\n',
    "bad.xml": "<rows><row><id>1</id></row><row><id>x</id></row></rows>",
    "not.parquet": "no parquet at all",
    "not.orc": "no orc at all",
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${dir}/${name}`, text);
  }
}

/**
 * At least forty things that are wrong.
 *
 * @param spark a session
 * @param dir a folder, with the files of {@link writeBadFiles}
 */
export function badInputs(spark: SparkSession, dir: string): BadInput[] {
  const { col } = F;
  const df = spark.createDataFrame([
    { id: 1, name: "a", n: null as number | null },
    { id: 2, name: "b", n: 3 },
  ]);
  // As a program sees it that has no types.
  const u = df as unknown as DataFrame;
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
    {
      title: "a folder that is there",
      run: async () => {
        await df.write.parquet(`${dir}/p`);
      },
      kind: AnalysisException,
      condition: "PATH_ALREADY_EXISTS",
      sqlState: "42K04",
      parameters: { outputPath: `file:${dir}/p` },
      text:
        `[PATH_ALREADY_EXISTS] Path file:${dir}/p already exists. Set mode as "overwrite" to overwrite the existing path. SQLSTATE: 42K04`,
    },
    {
      title: "a mode that is none",
      run: () => df.write.mode("nosuch" as never).parquet(`${dir}/q`),
      kind: AnalysisException,
      condition: "INVALID_SAVE_MODE",
      sqlState: "42000",
      parameters: { mode: '"nosuch"' },
      text:
        '[INVALID_SAVE_MODE] The specified save mode "nosuch" is invalid. Valid save modes include "append", "overwrite", "ignore", "error", "errorifexists", and "default". SQLSTATE: 42000',
    },
    {
      title: "a codec that is none",
      run: () => df.write.parquet(`${dir}/q2`, { compression: "nosuch" }),
      kind: IllegalArgumentException,
      condition: "CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
      sqlState: "56038",
      parameters: {
        codecName: "nosuch",
        availableCodecs:
          "brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip",
      },
      text:
        "[CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION] The codec nosuch is not available. Available codecs are brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip. SQLSTATE: 56038",
    },
    {
      title: "partitions by a column that is not there",
      run: () => df.write.partitionBy("nosuch").parquet(`${dir}/q3`),
      kind: AnalysisException,
      condition: "_LEGACY_ERROR_TEMP_1155",
      sqlState: undefined,
      parameters: {
        col: "nosuch",
        schemaCatalog: "struct<id:bigint,name:string,n:bigint>",
      },
      text:
        "Partition column `nosuch` not found in schema struct<id:bigint,name:string,n:bigint>.",
    },
    {
      title: "partitions by all columns",
      run: () => df.select("id").write.partitionBy("id").parquet(`${dir}/q4`),
      kind: AnalysisException,
      condition: "ALL_PARTITION_COLUMNS_NOT_ALLOWED",
      sqlState: "KD005",
      parameters: {},
      text:
        "[ALL_PARTITION_COLUMNS_NOT_ALLOWED] Cannot use all columns for partition columns. SQLSTATE: KD005",
    },
    {
      title: "text of several columns",
      run: () => df.write.text(`${dir}/q5`),
      kind: AnalysisException,
      condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
      sqlState: "0A000",
      parameters: {
        columnName: "`id`",
        columnType: '"BIGINT"',
        format: "Text",
      },
      text:
        '[UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE] The Text datasource doesn\'t support the column `id` of the type "BIGINT". SQLSTATE: 0A000',
    },
    {
      title: "text of numbers",
      run: () => df.select("id").write.text(`${dir}/q6`),
      kind: AnalysisException,
      condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
      sqlState: "0A000",
      parameters: {
        columnName: "`id`",
        columnType: '"BIGINT"',
        format: "Text",
      },
      text:
        '[UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE] The Text datasource doesn\'t support the column `id` of the type "BIGINT". SQLSTATE: 0A000',
    },
    {
      title: "CSV of arrays",
      run: () => spark.sql("SELECT array(1) AS a").write.csv(`${dir}/q7`),
      kind: AnalysisException,
      condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
      sqlState: "0A000",
      parameters: {
        columnName: "`a`",
        columnType: '"ARRAY<INT>"',
        format: "CSV",
      },
      text:
        '[UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE] The CSV datasource doesn\'t support the column `a` of the type "ARRAY<INT>". SQLSTATE: 0A000',
    },
    {
      title: "two columns of one name in Parquet",
      run: () => spark.sql("SELECT 1 AS a, 2 AS a").write.parquet(`${dir}/q8`),
      kind: AnalysisException,
      condition: "COLUMN_ALREADY_EXISTS",
      sqlState: "42711",
      parameters: { columnName: "`a`" },
      text:
        "[COLUMN_ALREADY_EXISTS] The column `a` already exists. Choose another name or rename the existing column. SQLSTATE: 42711",
    },
    {
      title: "insertInto() of a table that is not there",
      run: () => df.write.insertInto("no_such_table"),
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
      title: "buckets of files",
      run: () => df.write.bucketBy(2, "id").parquet(`${dir}/q9`),
      kind: AnalysisException,
      condition: "_LEGACY_ERROR_TEMP_1312",
      sqlState: undefined,
      parameters: { operation: "save" },
      text: "'save' does not support bucketBy right now.",
    },
    {
      title: "select() of a column that is not there",
      run: () => u.select("nme").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`n`, `name`, `id`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`n`, `name`, `id`]. SQLSTATE: 42703;",
    },
    {
      title: "a condition of a column that is not there",
      run: () => u.where("nme = 1").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`n`, `name`, `id`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`n`, `name`, `id`]. SQLSTATE: 42703; line 1 pos 0;",
    },
    {
      title: "a field that is not there",
      run: () =>
        spark.sql("SELECT struct(1 AS a) AS s").select("s.b").collect(),
      kind: AnalysisException,
      condition: "FIELD_NOT_FOUND",
      sqlState: "42704",
      parameters: { fieldName: "`b`", fields: "`a`" },
      text:
        "[FIELD_NOT_FOUND] No such struct field `b` in `a`. SQLSTATE: 42704",
    },
    {
      title: "a name that two frames have",
      run: () =>
        u.join(u.select(u.col("id").as("id")), F.lit(true) as never).select(
          "id",
        ).collect(),
      kind: AnalysisException,
      condition: "AMBIGUOUS_REFERENCE",
      sqlState: "42704",
      parameters: { name: "`id`", referenceNames: "[`id`, `id`]" },
      text:
        "[AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`id`, `id`]. SQLSTATE: 42704",
    },
    {
      title: "a frame joined with itself by a name",
      run: () => {
        const d = u;
        return d.join(d, F.expr("id = id") as never).collect();
      },
      kind: AnalysisException,
      condition: "AMBIGUOUS_REFERENCE",
      sqlState: "42704",
      parameters: { name: "`id`", referenceNames: "[`id`, `id`]" },
      text:
        "[AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`id`, `id`]. SQLSTATE: 42704; line 1 pos 0",
    },
    {
      title: "a condition that is no boolean",
      run: () => u.where(col("name") as never).collect(),
      kind: AnalysisException,
      condition: "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      sqlState: "42K09",
      parameters: { sqlExpr: '"name"', filter: '"name"', type: '"STRING"' },
      text:
        '[DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN] Cannot resolve "name" due to data type mismatch: Filter expression "name" of type "STRING" is not a boolean. SQLSTATE: 42K09;',
    },
    {
      title: "a union of other widths",
      run: () => (u.select("id") as never as typeof u).union(u).collect(),
      kind: AnalysisException,
      condition: "NUM_COLUMNS_MISMATCH",
      sqlState: "42826",
      parameters: {
        operator: "UNION",
        firstNumColumns: "1",
        invalidOrdinalNum: "second",
        invalidNumColumns: "3",
      },
      text:
        "[NUM_COLUMNS_MISMATCH] UNION can only be performed on inputs with the same number of columns, but the first input has 1 columns and the second input has 3 columns. SQLSTATE: 42826;",
    },
    {
      title: "a union of other types",
      run: () =>
        spark.sql("SELECT 1 a").union(spark.sql("SELECT array(1) a") as never)
          .collect(),
      kind: AnalysisException,
      condition: "INCOMPATIBLE_COLUMN_TYPE",
      sqlState: "42825",
      parameters: {
        tableOrdinalNumber: "second",
        columnOrdinalNumber: "first",
        dataType2: '"INT"',
        operator: "UNION",
        hint: "",
        dataType1: '"ARRAY<INT>"',
      },
      text:
        '[INCOMPATIBLE_COLUMN_TYPE] UNION can only be performed on tables with compatible column types. The first column of the second table is "ARRAY<INT>" type which is not compatible with "INT" at the same column of the first table.. SQLSTATE: 42825;',
    },
    {
      title: "a column that is not grouped by",
      run: () => u.groupBy("id").agg(F.col("name") as never).collect(),
      kind: AnalysisException,
      condition: "MISSING_AGGREGATION",
      sqlState: "42803",
      parameters: {
        expression: '"name"',
        expressionAnyValue: '"any_value(name)"',
      },
      text:
        '[MISSING_AGGREGATION] The non-aggregating expression "name" is based on columns which are not participating in the GROUP BY clause.',
    },
    {
      title: "a window in a condition",
      run: () => u.where("row_number() OVER (ORDER BY id) = 1").collect(),
      kind: AnalysisException,
      condition: "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE",
      sqlState: "42601",
      parameters: { clauseName: "WHERE" },
      text:
        "[WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE] It is not allowed to use window functions inside WHERE clause. SQLSTATE: 42601",
    },
    {
      title: "a division by zero",
      run: () => u.select(F.expr("id / 0")).collect(),
      kind: ArithmeticException,
      condition: "DIVIDE_BY_ZERO",
      sqlState: "22012",
      parameters: { config: '"spark.sql.ansi.enabled"' },
      text:
        '[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error. SQLSTATE: 22012',
    },
    {
      title: "a sum that overflows",
      run: () => spark.sql("SELECT 2147483647 + 1").collect(),
      kind: ArithmeticException,
      condition: "ARITHMETIC_OVERFLOW",
      sqlState: "22003",
      parameters: {
        message: "overflow",
        alternative:
          " Use 'try_add' to tolerate overflow and return NULL instead.",
        config: '"spark.sql.ansi.enabled"',
      },
      text:
        '[ARITHMETIC_OVERFLOW] overflow. Use \'try_add\' to tolerate overflow and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error. SQLSTATE: 22003',
    },
    {
      title: "a cast of a text that is no number",
      run: () => u.select(F.col("name").cast("int")).collect(),
      kind: NumberFormatException,
      condition: "CAST_INVALID_INPUT",
      sqlState: "22018",
      parameters: {
        expression: "'a'",
        sourceType: '"STRING"',
        targetType: '"INT"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_INVALID_INPUT] The value \'a\' of the type "STRING" cannot be cast to "INT" because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead. SQLSTATE: 22018',
    },
    {
      title: "an index past an array",
      run: () => spark.sql("SELECT array(1)[5]").collect(),
      kind: ArrayIndexOutOfBoundsException,
      condition: "INVALID_ARRAY_INDEX",
      sqlState: "22003",
      parameters: { indexValue: "5", arraySize: "1" },
      text:
        "[INVALID_ARRAY_INDEX] The index 5 is out of bounds. The array has 1 elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead. SQLSTATE: 22003",
    },
    {
      title: "element 0",
      run: () => spark.sql("SELECT element_at(array(1), 0)").collect(),
      kind: SparkRuntimeException,
      condition: "INVALID_INDEX_OF_ZERO",
      sqlState: "22003",
      parameters: {},
      text:
        "[INVALID_INDEX_OF_ZERO] The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1). SQLSTATE: 22003",
    },
    {
      title: "a text that is no date",
      run: () => spark.sql("SELECT to_date('x', 'yyyy')").collect(),
      kind: DateTimeException,
      condition: "CANNOT_PARSE_TIMESTAMP",
      sqlState: "22007",
      parameters: {
        message: "Text 'x' could not be parsed at index 0",
        func: "`try_to_date`",
      },
      text:
        "[CANNOT_PARSE_TIMESTAMP] Text 'x' could not be parsed at index 0. Use `try_to_date` to tolerate invalid input string and return NULL instead. SQLSTATE: 22007",
    },
    {
      title: "a cast of a text that is no date",
      run: () => spark.sql("SELECT CAST('2020-13-01' AS DATE)").collect(),
      kind: DateTimeException,
      condition: "CAST_INVALID_INPUT",
      sqlState: "22018",
      parameters: {
        expression: "'2020-13-01'",
        sourceType: '"STRING"',
        targetType: '"DATE"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_INVALID_INPUT] The value \'2020-13-01\' of the type "STRING" cannot be cast to "DATE" because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead. SQLSTATE: 22018',
    },
    {
      title: "a decimal with too many digits",
      run: () => spark.sql("SELECT CAST(12345 AS DECIMAL(3,0))").collect(),
      kind: ArithmeticException,
      condition: "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
      sqlState: "22003",
      parameters: {
        value: "12345",
        precision: "3",
        scale: "0",
        config: '"spark.sql.ansi.enabled"',
      },
      text:
        '[NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION]  12345 cannot be represented as Decimal(3, 0). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead. SQLSTATE: 22003',
    },
    {
      title: "a cast that overflows",
      run: () => spark.sql("SELECT CAST(3000000000 AS INT)").collect(),
      kind: ArithmeticException,
      condition: "CAST_OVERFLOW",
      sqlState: "22003",
      parameters: {
        value: "3000000000L",
        sourceType: '"BIGINT"',
        targetType: '"INT"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_OVERFLOW] The value 3000000000L of the type "BIGINT" cannot be cast to "INT" due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead. SQLSTATE: 22003',
    },
    {
      title: "a schema of from_json() that is none",
      run: () => spark.sql("SELECT from_json('{', 'a INTT')").collect(),
      kind: AnalysisException,
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      parameters: { error: "'INTT'", hint: ": extra input 'INTT'" },
      text:
        "[PARSE_SYNTAX_ERROR] Syntax error at or near 'INTT': extra input 'INTT'. SQLSTATE: 42601; line 1 pos 7",
    },
    {
      title: "SQL that is none",
      run: () => spark.sql("SELEC 1").collect(),
      kind: ParseException,
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      parameters: { error: "'SELEC'", hint: "" },
      text:
        "[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'. SQLSTATE: 42601 (line 1, pos 0)",
    },
    {
      title: "a function that is not there",
      run: () => spark.sql("SELECT nosuch(1)").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_ROUTINE",
      sqlState: "42883",
      parameters: {
        routineName: "`nosuch`",
        searchPath:
          "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]",
      },
      text:
        "[UNRESOLVED_ROUTINE] Cannot resolve routine `nosuch` on search path [`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]. SQLSTATE: 42883; line 1 pos 7",
    },
    {
      title: "arguments that a function does not take",
      run: () => spark.sql("SELECT upper(1, 2)").collect(),
      kind: AnalysisException,
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      parameters: {
        functionName: "`upper`",
        expectedNum: "1",
        actualNum: "2",
        docroot: "https://spark.apache.org/docs/latest",
      },
      text:
        "[WRONG_NUM_ARGS.WITHOUT_SUGGESTION] The `upper` requires 1 parameters but the actual number is 2. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix. SQLSTATE: 42605; line 1 pos 7",
    },
    {
      title: "a type that a function does not take",
      run: () => spark.sql("SELECT sum(array(1))").collect(),
      kind: AnalysisException,
      condition: "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
      parameters: {
        sqlExpr: '"sum(array(1))"',
        paramIndex: "first",
        inputSql: '"array(1)"',
        inputType: '"ARRAY<INT>"',
        requiredType: '"NUMERIC" or "ANSI INTERVAL"',
      },
      text:
        '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "sum(array(1))" due to data type mismatch: The first parameter requires the "NUMERIC" or "ANSI INTERVAL" type, however "array(1)" has the type "ARRAY<INT>". SQLSTATE: 42K09; line 1 pos 7;',
    },
    {
      title: "raise_error()",
      run: () => u.select(F.raise_error(F.lit("no luck"))).collect(),
      kind: SparkRuntimeException,
      condition: "USER_RAISED_EXCEPTION",
      sqlState: "P0001",
      parameters: { errorMessage: "no luck" },
      text: "[USER_RAISED_EXCEPTION] no luck SQLSTATE: P0001",
    },
    {
      title: "assert_true()",
      run: () => u.select(F.assert_true(F.lit(false) as never)).collect(),
      kind: SparkRuntimeException,
      condition: "USER_RAISED_EXCEPTION",
      sqlState: "P0001",
      parameters: { errorMessage: "'false' is not true!" },
      text: "[USER_RAISED_EXCEPTION] 'false' is not true! SQLSTATE: P0001",
    },
    {
      title: "a subquery of several rows",
      run: () => spark.sql("SELECT (SELECT explode(array(1,2)))").collect(),
      kind: JavaError,
      condition: "SCALAR_SUBQUERY_TOO_MANY_ROWS",
      sqlState: "21000",
      parameters: {},
      text:
        "[SCALAR_SUBQUERY_TOO_MANY_ROWS] More than one row returned by a subquery used as an expression. SQLSTATE: 21000",
    },
    {
      title: "a map with a key twice",
      run: () => spark.sql("SELECT map(1,2,1,3)").collect(),
      kind: SparkRuntimeException,
      condition: "DUPLICATED_MAP_KEY",
      sqlState: "23505",
      parameters: {
        key: "1",
        mapKeyDedupPolicy: '"spark.sql.mapKeyDedupPolicy"',
      },
      text:
        "[DUPLICATED_MAP_KEY] Duplicate map key 1 was found, please check the input data.",
    },
    {
      title: "a share beyond 1",
      run: () => u.sample(2).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text:
        "requirement failed: Sampling fraction (2.0) must be on interval [0, 1] without replacement",
    },
    {
      title: "no partitions",
      run: () => u.repartition(0).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text: "requirement failed: Number of partitions (0) must be positive.",
    },
    {
      title: "a view that is there",
      run: async () => {
        await u.createTempView("bad_v");
        await u.createTempView("bad_v");
      },
      kind: AnalysisException,
      condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
      sqlState: "42P07",
      parameters: { relationName: "`bad_v`" },
      text:
        "[TEMP_TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create the temporary view `bad_v` because it already exists.",
    },
    {
      title: "a pivot by a column that is not there",
      run: () => u.groupBy("id").pivot("nme" as never).count().collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`id`, `name`, `n`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`id`, `name`, `n`]. SQLSTATE: 42703",
    },
    {
      title: "a setting that is fixed",
      run: () => spark.conf.set("spark.sql.warehouse.dir", "/x"),
      kind: AnalysisException,
      condition: "CANNOT_MODIFY_STATIC_CONFIG",
      sqlState: "46110",
      parameters: { key: '"spark.sql.warehouse.dir"' },
      text:
        '[CANNOT_MODIFY_STATIC_CONFIG] Cannot modify the value of the static Spark config: "spark.sql.warehouse.dir". SQLSTATE: 46110',
    },
    {
      title: "a setting that is not there",
      run: () => spark.conf.get("no.such.setting"),
      kind: SparkNoSuchElementException,
      condition: "SQL_CONF_NOT_FOUND",
      sqlState: "42K0I",
      parameters: { sqlConf: '"no.such.setting"' },
      text:
        '[SQL_CONF_NOT_FOUND] The SQL config "no.such.setting" cannot be found. Please verify that the config exists. SQLSTATE: 42K0I',
    },
    {
      title: "a parameter without a value",
      run: () => spark.sql("SELECT :a").collect(),
      kind: AnalysisException,
      condition: "UNBOUND_SQL_PARAMETER",
      sqlState: "42P02",
      parameters: { name: "a" },
      text:
        "[UNBOUND_SQL_PARAMETER] Found the unbound parameter: a. Please, fix `args` and provide a mapping of the parameter to either a SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`. SQLSTATE: 42P02",
    },
  ];
}
