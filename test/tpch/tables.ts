import type { DataFrame, SparkSession } from "../../mod.ts";
import type { FrameReadByDdl } from "../../src/driver/sql/typing/ddl.ts";
import { SCHEMAS, TABLE_NAMES, type TableName } from "./schemas.ts";

/** The tables of a folder, as frames that know their columns. */
export type Tables = {
  readonly [N in TableName]: DataFrame<FrameReadByDdl<(typeof SCHEMAS)[N]>>;
};

/**
 * The tables that `writeTables` wrote.
 *
 * @param spark who reads them
 * @param folder where they are
 */
export function openTables(spark: SparkSession, folder: string): Tables {
  const { read } = spark;
  const at = (name: string): string => `${folder}/${name}`;
  return {
    region: read.schema(SCHEMAS.region).parquet(at("region")),
    nation: read.schema(SCHEMAS.nation).parquet(at("nation")),
    supplier: read.schema(SCHEMAS.supplier).parquet(at("supplier")),
    customer: read.schema(SCHEMAS.customer).parquet(at("customer")),
    part: read.schema(SCHEMAS.part).parquet(at("part")),
    partsupp: read.schema(SCHEMAS.partsupp).parquet(at("partsupp")),
    orders: read.schema(SCHEMAS.orders).parquet(at("orders")),
    lineitem: read.schema(SCHEMAS.lineitem).parquet(at("lineitem")),
  };
}

/** Gives the tables names for SQL, in the session that they are of. */
export async function nameTables(tables: Tables): Promise<void> {
  for (const name of TABLE_NAMES) {
    await tables[name].createOrReplaceTempView(name);
  }
}
