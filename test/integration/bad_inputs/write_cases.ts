import { AnalysisException, IllegalArgumentException } from "../../../mod.ts";
import { type BadInput, type BadInputs, people } from "./bad_input.ts";

/** What cannot be written. */
export function writeCases({ spark, dir }: BadInputs): BadInput[] {
  const { df } = people(spark);
  return [
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
  ];
}
