import type { DataFrame, SparkSession } from "../../../mod.ts";

/** What the columns are in SQL; a twin stands in `engines/pyspark/ten_columns.py`. */
const COLUMNS: readonly string[] = [
  "id",
  "CAST(id % 1000 AS INT) AS small",
  "id / 7.0D AS ratio",
  "CAST(id % 97 AS FLOAT) / 4 AS quarter",
  "id % 3 = 0 AS flag",
  "concat('name ', id) AS name",
  "CASE WHEN id % 5 != 0 THEN concat('city ', id % 100) END AS city",
  "date_add(DATE'2000-01-01', CAST(id % 9000 AS INT)) AS day",
  "timestamp_millis(id * 1000) AS at",
  "CAST(id % 100000 AS DECIMAL(12,2)) AS price",
];

/** Rows of ten columns of several types, one of them with nulls. */
export function tenColumns(spark: SparkSession, rows: number): DataFrame {
  return spark.range(0, rows, 1, 4).selectExpr(...COLUMNS);
}
