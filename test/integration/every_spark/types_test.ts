import assert from "node:assert/strict";
import { JavaError, types } from "../../../mod.ts";
import { planOf } from "../../../src/driver/rdd/rdd.ts";
import { sessionState } from "../../../src/driver/sql/spark_session.ts";
import { typeFromDdl } from "../../../src/types/spark_types.ts";
import recorded from "../../unit/types/spark_4.3.0.json" with { type: "json" };
import { sharedSession } from "../shared_session.ts";

const DATA_TYPE = "org.apache.spark.sql.types.DataType";

/** What an older Spark does not read, or not in the same way. */
const NEWER =
  /collate|variant|^time\b|\btime\(|timestamp|geometry|geography|struct<>|''|""|r['"]|'\s+['"]|\\%/i;

Deno.test("types are read and written as the running Spark does", async (t) => {
  const spark = await sharedSession();
  const { gateway } = planOf(spark.sparkContext.range(1)).runtime;
  // Makes the JVM's session, whose settings say which types there are.
  assert.equal(await spark.conf.get("spark.sql.timeType.enabled"), "true");
  /** Runs in one thread of the JVM, in which that session counts. */
  const inSession = (body: () => Promise<void>): Promise<void> =>
    gateway.lease(async () => {
      await gateway.callStatic(
        "org.apache.spark.sql.SparkSession",
        "setActiveSession",
        await sessionState(spark).jsession(),
      );
      await body();
    });
  const isNewest = spark.version.startsWith("4.3.");
  /** Spark 3.5 leaves NOT NULL out within structs, and quotes no name that begins with a digit. */
  const written = (sql: string): string =>
    isNewest
      ? sql
      : sql.replaceAll(" NOT NULL", "").replaceAll(/`(\d\w*)`/g, "$1");

  await t.step("DataType.fromDDL()", () =>
    inSession(async () => {
      let same = 0;
      for (const { text, refused } of recorded.ddl) {
        if (refused) continue;
        const ours = typeFromDdl(text);
        let theirs;
        try {
          theirs = await gateway.callStaticObject(DATA_TYPE, "fromDDL", text);
        } catch (error) {
          if (!(error instanceof JavaError)) throw error;
          assert.ok(!isNewest && NEWER.test(text), `${text}: ${error.message}`);
          continue;
        }
        const json = await theirs.callString("json");
        if (!isNewest && NEWER.test(text)) continue;
        assert.deepEqual(JSON.parse(types.json(ours)), JSON.parse(json), text);
        assert.equal(
          written(types.sql(ours)),
          written(await theirs.callString("sql")),
          text,
        );
        assert.equal(
          types.catalogString(ours),
          await theirs.callString("catalogString"),
          text,
        );
        if (ours.kind === "struct") {
          assert.equal(
            written(ours.toDDL()),
            written(await theirs.callString("toDDL")),
            text,
          );
          assert.equal(
            ours.treeString(),
            await theirs.callString("treeString"),
            text,
          );
        }
        same++;
      }
      assert.ok(same > (isNewest ? 150 : 80), `${same} types`);
    }));

  await t.step("DataType.fromJson() takes what we write", async () => {
    const schema = types.struct({
      id: types.long.comment('it\'s "x"\n'),
      "a b": types.array(types.decimal(38, 18).nullable()).nullable(),
      map: types.map(types.string, types.struct({ x: types.date })),
      gap: types.yearMonthInterval(),
      double: types.int.withMetadata({
        a: 1,
        b: 0.5,
        c: { d: ["é", "\u2028"] },
      }),
    });
    const json = schema.json();
    const theirs = await gateway.callStaticObject(DATA_TYPE, "fromJson", json);
    assert.deepEqual(
      JSON.parse(await theirs.callString("json")),
      JSON.parse(json),
    );
    assert.equal(
      written(await theirs.callString("toDDL")),
      written(schema.toDDL()),
    );
  });

  await t.step(
    "nanoseconds and shapes come whole, where Spark has them",
    async () => {
      if (!isNewest) {
        const sql = "SELECT CAST('2024-01-02' AS TIMESTAMP_NTZ(9))";
        await assert.rejects(async () => await spark.sql(sql).collect(), {
          condition: /PARSE|DATATYPE/,
        });
        return;
      }
      const [row] = await spark.sql(
        `SELECT timestamp_nanos(1704164645123456789) AS at,
        CAST('1969-12-31 23:59:59.123456789' AS TIMESTAMP_NTZ(9)) AS local,
        st_geomfromwkb(X'0101000000000000000000F03F0000000000000040', 4326) AS place`,
      ).collect();
      assert.equal(String(row?.["at"]), "2024-01-02T03:04:05.123456789Z");
      assert.equal(String(row?.["local"]), "1969-12-31T23:59:59.123456789");
      const early = "SELECT CAST('1582-10-04' AS TIMESTAMP_NTZ(9))"; // beyond Arrow's
      await assert.rejects(spark.sql(early).collect(), {
        condition: "DATETIME_OVERFLOW",
      });
      const { srid, wkb } = row?.["place"] as { srid: number; wkb: Uint8Array };
      assert.equal(srid, 4326);
      assert.deepEqual(
        new Float64Array(wkb.slice(5).buffer),
        new Float64Array([1, 2]),
      );
    },
  );
});
