import assert from "node:assert/strict";
import {
  COERCION_PAGE,
  COERCION_TYPES,
  coercionPage,
  coercionsOf,
} from "../../../scripts/coercion.ts";

/** A page without what formatting adds. */
function squeezed(page: string): string {
  return page.replace(/-{3,}/g, "---").replace(/\s+/g, " ").trim();
}

Deno.test("docs/coercion.md has what the code gives", async () => {
  const page = await Deno.readTextFile(COERCION_PAGE);
  const isSame = squeezed(page) === squeezed(coercionPage());
  assert.ok(isSame, "run deno task coercion");
});

Deno.test("no value of another kind becomes null, whatever the type", {
  permissions: "none",
}, () => {
  for (const type of COERCION_TYPES) {
    for (const { text, value, result } of coercionsOf(type)) {
      if (result.kind === "error") {
        assert.match(result.message, /^Cannot (write|read) [^]*[^.]$/);
        continue;
      }
      const isNull = value === null || value === undefined;
      assert.equal(result.value === null, isNull, `${type} of ${text}`);
    }
  }
});
