import assert from "node:assert/strict";
import {
  type AddedPart,
  filesOf,
  refuseChanged,
} from "../../../../src/driver/closure/package_surface.ts";

const PACKAGE = "file:///cache/npm/registry.npmjs.org/arrow/1.2.3/";

function added(url: string): AddedPart {
  return {
    value: () => 1,
    path: ["Table", "prototype", "isValid"],
    module: "arrow/table.mjs",
    url,
  };
}

Deno.test({
  name:
    "refuseChanged() knows a package's own files by the names of their sources",
  permissions: "none",
  fn() {
    const files = filesOf(
      {
        text: "",
        map: JSON.stringify({ sources: ["util/chunk.ts", "src/table.ts"] }),
        mapUrl: PACKAGE,
      } as Parameters<typeof filesOf>[0],
    );
    const travelling = {
      modules: new Map([["arrow/table.mjs", `${PACKAGE}table.mjs`]]),
      codes: [],
      files,
    };
    refuseChanged([added(`${PACKAGE}util/chunk.mjs`)], travelling);
    refuseChanged([added(`${PACKAGE}table.js`)], travelling);
    assert.throws(
      () => refuseChanged([added(`${PACKAGE}plugin/utc.js`)], travelling),
      { condition: "PACKAGE_CHANGED" },
    );
  },
});
