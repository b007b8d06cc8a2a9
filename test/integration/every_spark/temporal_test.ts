/** Values of Temporal and variants as what DataFrames are made of. */
import assert from "node:assert/strict";
import { functions as F, types, VariantVal } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

const INSTANT = Temporal.Instant.from("2024-01-01T00:00:00.123456Z");
const ZONED = INSTANT.toZonedDateTimeISO("Europe/Rome");

/** A value, its type in Spark, and what Spark prints of it at UTC. */
const CASES: readonly [value: object, type: string, text: string][] = [
  [INSTANT, "timestamp", "2024-01-01 00:00:00.123456"],
  [ZONED, "timestamp", "2024-01-01 00:00:00.123456"],
  [ZONED.toPlainDate(), "date", "2024-01-01"],
  [ZONED.toPlainDate().withCalendar("hebrew"), "date", "2024-01-01"],
  [Temporal.PlainDate.from("0001-01-01"), "date", "0001-01-01"],
  [ZONED.toPlainDateTime(), "timestamp_ntz", "2024-01-01 01:00:00.123456"],
  [
    ZONED.toPlainDateTime().withCalendar("japanese"),
    "timestamp_ntz",
    "2024-01-01 01:00:00.123456",
  ],
  [
    Temporal.Duration.from("P1DT2H3.5S"),
    "interval day to second",
    "INTERVAL '1 02:00:03.5' DAY TO SECOND",
  ],
  [
    Temporal.Duration.from("-P1WT0.000001S"),
    "interval day to second",
    "INTERVAL '-7 00:00:00.000001' DAY TO SECOND",
  ],
  [
    Temporal.Duration.from("P1Y2M"),
    "interval year to month",
    "INTERVAL '1-2' YEAR TO MONTH",
  ],
];

Deno.test("values of Temporal in DataFrames", async (t) => {
  const spark = await sharedSession();
  const zone = await spark.conf.get("spark.sql.session.timeZone");
  spark.conf.set("spark.sql.session.timeZone", "UTC");
  const cases = [...CASES];
  if (spark.version >= "4.1") {
    cases.push([ZONED.toPlainTime(), "time(6)", "01:00:00.123456"]);
  }

  await t.step(
    "createDataFrame() and lit() take them, to the microsecond",
    async () => {
      const row = Object.fromEntries(
        cases.map(([value], i) => [`c${i}`, value]),
      );
      const made = spark.createDataFrame([row, { ...row, more: [row["c0"]] }]);
      const literals = spark.range(1).select(
        ...cases.map(([value], i) => F.lit(value).as(`c${i}`)),
      );
      for (const frame of [made.drop("more"), literals]) {
        const schema = await frame.schema;
        assert.deepEqual(
          schema.fields.map(({ type }) => types.simpleString(type)),
          cases.map(([, type]) => type),
        );
        const texts = await frame.selectExpr(
          ...cases.map((_, i) => `cast(c${i} as string) c${i}`),
        ).collect();
        for (const text of texts) {
          assert.deepEqual(
            Object.values(text),
            cases.map(([, , text]) => text),
          );
        }
      }
    },
  );

  await t.step("they compare with columns", async () => {
    const times = spark.sql(
      "SELECT timestamp'2024-01-01 00:00:00.123456' t, date'2024-01-01' d",
    );
    assert.equal(
      await times.where(F.col("t").eq(F.lit(ZONED))).where(
        F.col("d").eq(F.lit(ZONED.toPlainDate())),
      ).count(),
      1,
    );
  });

  await t.step(
    "rows with them are records that sort, group and travel",
    async () => {
      const settings = [
        "spark.tspark.timestamps",
        "spark.tspark.dates",
      ] as const;
      spark.conf.set(settings[0], "instant");
      spark.conf.set(settings[1], "plainDate");
      try {
        const times = spark.sql(
          "SELECT timestamp'2024-01-02 00:00:00' t, date'2024-01-02' d UNION ALL SELECT timestamp'2024-01-01 00:00:00.123456', date'2024-01-01' UNION ALL SELECT timestamp'2024-01-01 00:00:00.123456', date'2024-01-01'",
        ).rdd;
        assert.equal(await times.map((row) => row["t"]).distinct().count(), 2);
        const sorted = await times.sortBy((row) => row["t"]).cache().collect();
        assert.deepEqual(sorted.map((row) => `${row["t"]} ${row["d"]}`), [
          "2024-01-01T00:00:00.123456Z 2024-01-01",
          "2024-01-01T00:00:00.123456Z 2024-01-01",
          "2024-01-02T00:00:00Z 2024-01-02",
        ]);
      } finally {
        for (const name of settings) spark.conf.unset(name);
      }
    },
  );

  if (spark.version >= "4.0") {
    await t.step("variants are collected, printed, and records", async () => {
      const frame = spark.sql('SELECT parse_json(\'{"a":[1,"x"]}\') v');
      const rows = await frame.collect();
      assert.equal(
        Deno.inspect(rows),
        '[ { v: VariantVal { a: [ 1, "x" ] } } ]',
      );
      const moved = await frame.rdd.map((row) => row["v"]).repartition(2)
        .cache().collect();
      assert.deepEqual(
        moved.map((v) => v instanceof VariantVal && v.toJS()),
        [{ a: [1, "x"] }],
      );
      const made = spark.createDataFrame(
        [[rows[0]?.["v"]], [{ b: 2 }], [null]],
        "v VARIANT",
      );
      assert.deepEqual(
        (await made.selectExpr("to_json(v) j").collect()).map(({ j }) => j),
        ['{"a":[1,"x"]}', '{"b":2}', null],
      );
    });
  }
  spark.conf.set("spark.sql.session.timeZone", zone);
});
