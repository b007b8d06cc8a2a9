import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  toDays,
  toDurationMicros,
  toLocalMicros,
  toLocalNanos,
} from "../../../../src/serde/arrow/time_units.ts";

const pure = { permissions: "none" } as const;
const EPOCH = Temporal.PlainDate.from("1970-01-01");
const MICROS_PER_DAY = 86_400_000_000n;

Deno.test("toDays() counts the days of dates of every calendar", pure, () => {
  const days = fc.integer({ min: -100_000_001, max: 100_000_000 });
  const calendars = fc.constantFrom("iso8601", "hebrew", "japanese", "gregory");
  fc.assert(
    fc.property(days, calendars, (count, calendar) => {
      const date = EPOCH.add({ days: count });
      assert.equal(toDays(date.withCalendar(calendar)), count);
      const time = date.toPlainDateTime("12:00").withCalendar(calendar);
      assert.equal(
        toLocalMicros(time),
        BigInt(count) * MICROS_PER_DAY + MICROS_PER_DAY / 2n,
      );
    }),
    { numRuns: 2000 },
  );
});

Deno.test(
  "toLocalMicros() and toLocalNanos() take what no Date can be",
  pure,
  () => {
    const first = Temporal.PlainDateTime.from(
      "-271821-04-19T00:00:00.000000001",
    );
    assert.equal(
      toLocalNanos(9)(first),
      -100_000_001n * 1000n * MICROS_PER_DAY + 1n,
    );
    assert.deepEqual(toLocalMicros(first), {
      wanted:
        "give a Date whose UTC fields are the local ones, or a Temporal.PlainDateTime in whole microseconds",
    });
  },
);

Deno.test("toDurationMicros() counts a week as seven days", pure, () => {
  const micros = (text: string): unknown =>
    toDurationMicros(Temporal.Duration.from(text));
  assert.equal(micros("P1W"), 7n * MICROS_PER_DAY);
  assert.equal(micros("-P1W1DT0.000001S"), -8n * MICROS_PER_DAY - 1n);
  for (const text of ["P1M", "P1Y", "PT0.000000001S"]) {
    assert.deepEqual(micros(text), {
      wanted:
        "give microseconds as a bigint or a safe integer, or a Temporal.Duration of weeks and less in whole microseconds",
    });
  }
});
