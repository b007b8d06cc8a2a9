import assert from "node:assert/strict";
import fc from "fast-check";
import { ProtocolError, type SparkSession } from "../../../mod.ts";
import { type DataType, StructType } from "../../../src/types/spark_types.ts";
import {
  anyTypedValues,
  comparable,
  nullable,
  objectOf,
  PLAIN,
  type TypedValues,
} from "../../unit/serde/arrow/typed_values.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const RUNS = 8;
const DAYS_IN_TEMPORAL = 99_999_999;

/** Zones that go to summer time at other times, or by half an hour. */
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

/** How values come as they are, and old dates go as they are. */
const SETTINGS: Readonly<Record<string, string>> = {
  "spark.tspark.longs": "bigint",
  "spark.tspark.timestamps": "instant",
  "spark.tspark.dates": "plainDate",
  "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
  "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
  "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
  "spark.sql.session.timeZone": "UTC",
};

Deno.test("rows come back through parquet, and through RDDs, as they were", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  const path = `${folder.path}/rows`;
  const before = new Map<string, string | null>();
  for (const [key, value] of Object.entries(SETTINGS)) {
    before.set(key, await spark.conf.get(key, null));
    spark.conf.set(key, value);
  }
  try {
    await t.step("of random schemas", async () => {
      const tables = randomTables(spark.version);
      await fc.assert(
        fc.asyncProperty(
          tables,
          fc.constantFrom(...ZONES),
          async ({ schema, rows }, zone) => {
            spark.conf.set("spark.sql.session.timeZone", zone);
            await roundTrip(spark, schema, rows, path);
          },
        ),
        { numRuns: RUNS },
      );
    });

    for (const zone of ZONES) {
      await t.step(
        `of times and texts at their limits in ${zone}`,
        async () => {
          spark.conf.set("spark.sql.session.timeZone", zone);
          await roundTrip(spark, LIMITS, limitRows(zone), path);
        },
      );
    }

    await t.step("what JavaScript has no value for is an error", async () => {
      for (
        const [sql, type] of [
          ["date_add(DATE'1970-01-01', 200000000)", "date"],
          ["timestamp_micros(9000000000000000000)", "timestamp"],
        ] as const
      ) {
        const frame = spark.range(1).selectExpr(`${sql} AS v`);
        const refused = (error: Error): boolean => {
          assert.match(error.message, new RegExp(`column "v"`), type);
          return true;
        };
        await assert.rejects(
          frame.collect(),
          (error: ProtocolError) =>
            error instanceof ProtocolError &&
            error.condition === "TIME_NOT_IN_RANGE" && refused(error),
        );
        await assert.rejects(
          frame.rdd.map((row) => row.length).collect(),
          refused,
        );
      }
    });
  } finally {
    for (const [key, value] of before) {
      if (value === null) spark.conf.unset(key);
      else spark.conf.set(key, value);
    }
  }
});

/** Writes rows and reads them by each way. */
async function roundTrip(
  spark: SparkSession,
  schema: StructType,
  rows: readonly object[],
  path: string,
): Promise<void> {
  const frame = spark.createDataFrame(rows, schema);
  await frame.coalesce(1).write.mode("overwrite").parquet(path);
  const ways = await Promise.all([
    frame.collect(),
    spark.read.parquet(path).collect(),
    frame.rdd.toDF(schema).collect(),
    frame.rdd.map((row) => row.asDict()).toDF(schema).collect(),
  ]);
  const wanted = rows.map(comparable);
  for (const found of ways) assert.deepEqual(found.map(comparable), wanted);
}

interface RandomTable {
  readonly schema: StructType;
  readonly rows: object[];
}

const FILE_TYPES: ReadonlySet<string> = new Set<DataType["kind"]>([
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "boolean",
  "string",
  "binary",
  "timestamp",
  "timestamp_ntz",
  "year_month_interval",
  "day_time_interval",
]);

/** Tables of the types that parquet holds, under names that Spark tells apart. */
function randomTables(version: string): fc.Arbitrary<RandomTable> {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const hasTime = major > 4 || (major === 4 && minor > 0);
  const plain = PLAIN.filter(({ type }) =>
    FILE_TYPES.has(type.kind) || (hasTime && type.kind === "time")
  );
  const names = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.constantFrom("__proto__", "toString", "7", "a b", "😀", "a.b", "`"),
    ),
    { selector: (name) => name.toLowerCase(), minLength: 1, maxLength: 4 },
  );
  const typed = anyTypedValues([...plain, DATES], names);
  return fc.tuple(names, fc.array(typed, { minLength: 4, maxLength: 4 }))
    .chain(([columns, types]) => {
      const fields = columns.map((name, i) => {
        const { type } = types[i] as TypedValues;
        return { name, type, nullable: i % 2 === 0 };
      });
      const row = fc.tuple(
        ...fields.map(({ nullable: isNullable }, i) =>
          nullable(types[i] as TypedValues, isNullable)
        ),
      ).map((values) => objectOf(columns, values));
      return fc.record({
        schema: fc.constant(new StructType(fields)),
        rows: fc.array(row, { maxLength: 20 }),
      });
    });
}

/** All the days that Temporal has. */
const DATES: TypedValues = {
  type: { kind: "date" },
  value: fc.integer({ min: -DAYS_IN_TEMPORAL, max: DAYS_IN_TEMPORAL })
    .map((days) => new Temporal.PlainDate(1970, 1, 1).add({ days })),
};

const LIMITS = StructType.fromDDL(
  `day DATE, at TIMESTAMP, local TIMESTAMP_NTZ, x DOUBLE, y FLOAT, n BIGINT,
   d DECIMAL(38,10), text STRING NOT NULL, bytes BINARY,
   list ARRAY<STRUCT<a: INT, b: ARRAY<STRING>>>, map MAP<STRING, DECIMAL(5,2)>`,
);

/** Moments around both changes of the clock, old and late days, numbers and texts without a plain form. */
function limitRows(zone: string): object[] {
  const noon = Temporal.ZonedDateTime.from(`2024-01-01T12:00[${zone}]`);
  const spring = noon.getTimeZoneTransition("next");
  const autumn = spring?.getTimeZoneTransition("next");
  assert.ok(spring && autumn, "the zone has a summer time");
  const moments = [spring, autumn].flatMap((change) =>
    [-3_600_001, -1, 0, 1, 1_800_000, 3_600_000].map((milliseconds) =>
      change.add({ milliseconds }).toInstant()
    )
  );
  const days = [
    "-271821-04-20",
    "0000-12-31",
    "0001-01-01",
    "1582-10-04",
    "1582-10-05",
    "1582-10-14",
    "1582-10-15",
    "1883-11-18",
    "1969-12-31",
    "9999-12-31",
    "+010000-01-01",
    "+275760-09-12",
  ].map((day) => Temporal.PlainDate.from(day));
  const doubles = [NaN, -0, 0, Infinity, -Infinity, 5e-324, 2 ** 53 + 2];
  const texts = ["", "\0", "😀\u{10ffff}", "e\u0301", "\ufeff", "'\"\\\n"];
  return moments.map((at, i) => {
    const day = days[i] as Temporal.PlainDate;
    const x = doubles[i % doubles.length] as number;
    return {
      day,
      at: i % 4 === 3 ? day.toZonedDateTime(zone).toInstant() : at,
      local: at.toZonedDateTimeISO(zone).toPlainDateTime(),
      x,
      y: Math.fround(x),
      n: i % 2 === 0 ? 2n ** 63n - 1n : -(2n ** 63n),
      d: `${i % 2 === 0 ? "-" : ""}${"9".repeat(28)}.${"9".repeat(10)}`,
      text: texts[i % texts.length],
      bytes: i === 0 ? null : new Uint8Array(i - 1).fill(255),
      list: i === 1 ? null : i === 2 ? [] : [null, { a: null, b: [] }, {
        a: i,
        b: [null, "", "😀"],
      }],
      map: i === 3 ? new Map() : new Map([["", "-0.01"], ["k", null]]),
    };
  });
}
