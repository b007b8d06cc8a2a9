import assert from "node:assert/strict";
import type { SparkSession } from "../../../mod.ts";
import { failsInJvm } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";
import { FUNCTIONS, QUERIES, REFUSED, VIEWS } from "./udf_queries.ts";

const PREFIX = "udf_queries_";
const CALLS = new RegExp(`\\b([${Object.keys(FUNCTIONS).join("")}])\\(`, "g");
const IS_ORDERED = /ORDER BY [^()]*(\([^()]*\)[^()]*)*$/;
const AT_ONCE = 4;
const SHUFFLES = "spark.sql.shuffle.partitions";

/** A query with functions of the program, or without them. */
function withFunctions(query: string, has: boolean): string {
  return query.replace(CALLS, has ? `${PREFIX}$1(` : "(");
}

/** The rows of a query with functions and without; in order where the query has one. */
async function bothOf(
  spark: SparkSession,
  query: string,
): Promise<[string[], string[]]> {
  const all = await Promise.all([
    rowsOf(spark, withFunctions(query, true)),
    rowsOf(spark, withFunctions(query, false)),
  ]);
  if (!IS_ORDERED.test(query)) { for (const rows of all) rows.sort(); }
  return all;
}

async function rowsOf(spark: SparkSession, query: string): Promise<string[]> {
  const table = await spark.sql(query).toArrow(); // columns may have no names
  return table.toArray().map((row) =>
    JSON.stringify(
      [...row].map(([, value]) => value),
      (_, value) =>
        typeof value === "bigint"
          ? Number(value)
          : Number.isNaN(value)
          ? "NaN"
          : value,
    )
  );
}

Deno.test("queries around functions of the program", async (t) => {
  const spark = await sharedSession();
  const shuffles = await spark.conf.get(SHUFFLES);
  spark.conf.set(SHUFFLES, 2);
  for (const [name, type] of Object.entries(FUNCTIONS)) {
    spark.udf.register(PREFIX + name, (x: unknown) => x, type);
  }
  for (const [name, query] of Object.entries(VIEWS)) {
    const text = query.startsWith("VALUES") ? `SELECT * FROM ${query}` : query;
    spark.sql(`CREATE OR REPLACE TEMPORARY VIEW ${name} AS ${text}`);
  }

  await t.step("there are 60 or more", () => {
    assert.ok(new Set(QUERIES).size >= 60);
  });

  for (let at = 0; at < QUERIES.length; at += AT_ONCE) {
    const some = QUERIES.slice(at, at + AT_ONCE);
    const found = await Promise.allSettled(
      some.map((query) => bothOf(spark, query)),
    );
    for (const [place, query] of some.entries()) {
      await t.step(query, () => {
        const result = found[place];
        if (result?.status !== "fulfilled") throw result?.reason;
        const [with_, without] = result.value;
        assert.deepEqual(with_, without);
      });
    }
  }

  for (const [query, error] of REFUSED) {
    await t.step(`refused: ${query}`, async () => {
      await failsInJvm(rowsOf(spark, withFunctions(query, true)), error);
      await rowsOf(spark, withFunctions(query, false));
    });
  }

  for (const name of Object.keys(VIEWS)) spark.catalog.dropTempView(name);
  spark.conf.set(SHUFFLES, shuffles);
});
