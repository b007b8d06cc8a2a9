import assert from "node:assert/strict";
import { udf } from "../../../mod.ts";
import {
  COERCION_TYPES,
  coercionsOf,
  showResult,
} from "../../../scripts/coercion.ts";
import { coercionValues } from "../../../scripts/coercion_values.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** Types that later Sparks than 3.5 brought. */
const SINCE: Readonly<Record<string, string>> = {
  "TIME(6)": "4.1",
  "INTERVAL": "4.0",
  "VARIANT": "4.0",
};

Deno.test("docs/coercion.md holds for functions in queries", async (t) => {
  const spark = await sharedSession();
  const version = await spark.version;
  for (const type of COERCION_TYPES) {
    if (version < (SINCE[type] ?? "")) continue;
    const all = coercionsOf(type);

    await t.step(`${type}: what is taken`, async () => {
      const taken = all.flatMap(({ text, result }, at) =>
        result.kind === "value"
          ? [{ at, text, shown: showResult(result.value) }]
          : []
      );
      const places = taken.map(({ at }) => at);
      const given = udf(
        (i: number) => coercionValues()[places[i] ?? -1]?.value as never,
        type as string,
      );
      const rows = await spark.range(0, taken.length, 1, 1)
        .select("id", given("id").as("value")).collect();
      assert.deepEqual(
        rows.map(({ id, value }) => [taken[id]?.text, showResult(value)]),
        taken.map(({ text, shown }) => [text, shown]),
      );
    });

    await t.step(`${type}: what is refused`, async () => {
      const refused = all.findIndex(({ result }) => result.kind === "error");
      const { text, result } = all[refused] ?? {};
      if (result?.kind !== "error") throw new TypeError("a type refuses some");
      const given = udf(
        () => coercionValues()[refused]?.value as never,
        type as string,
        { name: "given" },
      );
      const [, reason = ""] = /^Cannot write row 0 of column "result": (.*)$/
        .exec(result.message) ?? [];
      await failsInWorker(
        spark.range(1).select(given()).collect(),
        result.condition,
        new RegExp(RegExp.escape(`column "given": ${reason}`)),
      );
      assert.ok(text);
    });
  }
});
