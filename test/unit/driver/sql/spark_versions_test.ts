import assert from "node:assert/strict";
import { functionSince } from "../../../../src/driver/sql/spark_versions.ts";

const FOLDER = new URL(
  "../../../../src/driver/sql/functions/",
  import.meta.url,
);

Deno.test("functionSince() and the documentation of each function tell the same version", async () => {
  const told = new Map<string, string | null>();
  for await (const { name } of Deno.readDir(FOLDER)) {
    const text = await Deno.readTextFile(new URL(name, FOLDER));
    const documented = text.matchAll(
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export function (\w+)/g,
    );
    for (const [, doc = "", name = ""] of documented) {
      if (told.has(name)) continue; // the first of several forms
      const [, since] = /Spark (\d\.\d) and later\./.exec(doc) ?? [];
      told.set(name, since ?? null);
    }
  }
  assert.ok(told.size > 500);
  const wrong = [...told].filter(([name, since]) =>
    since !== (functionSince(name, 0)?.since ?? null)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("functionSince() knows numbers of arguments that came later", () => {
  assert.equal(functionSince("max_by", 2), null);
  assert.deepEqual(functionSince("max_by", 3), {
    since: "4.2",
    what: "max_by() of 3 arguments",
  });
  assert.deepEqual(functionSince("uuid", 1), {
    since: "4.1",
    what: "uuid() of 1 argument",
  });
  assert.deepEqual(functionSince("listagg", 2), {
    since: "4.0",
    what: "listagg()",
  });
});
