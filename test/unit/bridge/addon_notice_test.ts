import assert from "node:assert/strict";
import { ADDON_OFF } from "../../../src/bridge/addon.ts";
import { addonNotice } from "../../../src/bridge/addon_notice.ts";
import { addonTarget } from "../../../src/bridge/addon_targets.ts";

Deno.test("addonNotice tells why there is no addon and what to do", {
  permissions: { sys: ["osRelease"] },
}, () => {
  const notice = addonNotice({ addon: null, reason: "it is broken" });
  assert.match(
    String(notice),
    /^Cannot load the native addon, TypeScript runs in its place, slower: it is broken; (install the package "@tspark\/native-[^"]+", or build it with "deno task native"|there is none for "\w+" on "\w+"; set TSPARK_ADDON=off to silence this)$/,
  );
});

Deno.test("addonNotice is silent when the user has set the addon off", {
  permissions: "none",
}, () => {
  assert.equal(addonNotice({ addon: null, reason: ADDON_OFF }), null);
});

Deno.test("addonTarget knows the platforms that have a package", {
  permissions: "none",
}, () => {
  assert.equal(
    addonTarget("linux", "arm64")?.packageName,
    "@tspark/native-linux-arm64-gnu",
  );
  assert.equal(addonTarget("linux", "riscv64"), null);
  assert.equal(addonTarget("win32", "arm64"), null);
});
