import assert from "node:assert/strict";
import { toExpression } from "../../../../../src/driver/sql/expression/to_expression.ts";

const pure = { permissions: "none" } as const;

function literalOf(value: unknown): unknown {
  const expression = toExpression(value);
  assert.ok(expression.kind === "literal");
  return expression.value;
}

Deno.test("lit() of Temporal's values is what Spark has for them", pure, () => {
  const instant = Temporal.Instant.from("2024-01-01T00:00:00.123456Z");
  const zoned = instant.toZonedDateTimeISO("Europe/Rome");
  const micros = 1_704_067_200_123_456n;
  const cases: [object, object][] = [
    [instant, { type: "timestamp", micros }],
    [zoned, { type: "timestamp", micros }],
    [zoned.toPlainDate(), { type: "date", text: "2024-01-01" }],
    [
      zoned.toPlainDate().withCalendar("hebrew"),
      { type: "date", text: "2024-01-01" },
    ],
    [
      zoned.toPlainDateTime().withCalendar("japanese"),
      { type: "timestamp_ntz", text: "2024-01-01T01:00:00.123456" },
    ],
    [zoned.toPlainTime(), { type: "time", text: "01:00:00.123456" }],
    [Temporal.Duration.from("P1Y2M"), { type: "period", text: "P1Y2M" }],
    [Temporal.Duration.from("P2DT3H"), { type: "duration", text: "P2DT3H" }],
    [Temporal.Duration.from("P1W"), { type: "duration", text: "P7D" }],
    [
      Temporal.Duration.from("-P1W2DT3.5S"),
      { type: "duration", text: "-P9DT3.5S" },
    ],
  ];
  for (const [value, literal] of cases) {
    assert.deepEqual(literalOf(value), literal);
  }
});

Deno.test("lit() refuses what Spark would cut off", pure, () => {
  const instant = Temporal.Instant.from("2024-01-01T00:00:00.123456789Z");
  const zoned = instant.toZonedDateTimeISO("UTC");
  const cases: [object, string][] = [
    [
      instant,
      'Cannot make a timestamp of "2024-01-01T00:00:00.123456789Z": Spark\'s has microseconds; round it',
    ],
    [
      zoned.toPlainDateTime(),
      'Cannot make a timestamp of "2024-01-01T00:00:00.123456789": Spark\'s has microseconds; round it',
    ],
    [
      zoned.toPlainTime(),
      'Cannot make a time of "00:00:00.123456789": Spark\'s has microseconds; round it',
    ],
    [
      Temporal.Duration.from({ nanoseconds: 1 }),
      'Cannot make an interval of "PT0.000000001S": Spark\'s has microseconds; round it',
    ],
    [
      Temporal.Duration.from("P1M1D"),
      'Cannot make an interval of "P1M1D": Spark\'s are of years and months, or of days to seconds; give one of the two',
    ],
    [
      zoned.toPlainDate().toPlainYearMonth(),
      "Cannot make a column of the PlainYearMonth 2024-01: it has no form in Spark; give null, a boolean, a number, a bigint, a string, bytes, a date, an array, a Map or a plain object",
    ],
  ];
  for (const [value, message] of cases) {
    assert.throws(() => toExpression(value), { message });
  }
});
