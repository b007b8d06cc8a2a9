import assert from "node:assert/strict";
import { SparkConf, SparkSession } from "../../../../mod.ts";

const wrong = (value: unknown): never => value as never;

Deno.test("config() takes an object, a map and a SparkConf, and nothing else", () => {
  const { builder } = SparkSession;
  builder.config({ "spark.a": 1, "spark.b": true });
  builder.config(new Map<string, string | number>([["spark.a", "x"]]));
  builder.config(new SparkConf().set("spark.a", 1));
  for (
    const [settings, what] of [
      [undefined, "undefined"],
      [null, "null"],
      [5, "5"],
    ] as const
  ) {
    assert.throws(() => builder.config(wrong(settings)), {
      name: "TypeError",
      message:
        `Cannot take settings from ${what}: give an object or a map of them, or a SparkConf`,
    });
  }
});

Deno.test("a form of values is checked in a map too", () => {
  assert.throws(
    () => SparkSession.builder.config(new Map([["spark.tspark.longs", "x"]])),
    { condition: "SETTING_INVALID" },
  );
});

Deno.test("a setting without a value is refused, wherever it is set", () => {
  const none = wrong(undefined);
  const calls = [
    () => SparkSession.builder.config("spark.a", none),
    () => SparkSession.builder.config({ "spark.a": none }),
    () => SparkSession.builder.config(new Map([["spark.a", none]])),
    () => SparkSession.builder.appName(none),
    () => new SparkConf().set("spark.a", none),
    () => new SparkConf().setAll([["spark.a", none]]),
    () => new SparkConf().set("spark.a", wrong({ b: 1 })),
  ];
  for (const call of calls) {
    assert.throws(call, {
      name: "TypeError",
      message:
        /^Cannot set "spark\.(a|app\.name)" to (undefined|an object of class Object): settings are kept as text; give a text, a number or a boolean$/,
    }, String(call));
  }
});
