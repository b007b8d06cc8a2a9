import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { builtAddonPath } from "../../../src/bridge/addon.ts";
import { neededAddon } from "./needed_addon.ts";
import { endOf, startChild } from "./run_child.ts";

async function loadIn(
  env: Record<string, string>,
): Promise<{ hasAddon: boolean; reason: string | null }> {
  const child = startChild(["load"], env);
  await Promise.all([child.stdin.close(), child.stdout.cancel()]);
  const { code, text } = await endOf(child);
  assert.equal(code, 0, text);
  return JSON.parse(text);
}

Deno.test("loadAddon gives none when TSPARK_ADDON is off, and the twins run", async () => {
  assert.deepEqual(await loadIn({ TSPARK_ADDON: "off" }), {
    hasAddon: false,
    reason: "TSPARK_ADDON is off",
  });
});

Deno.test("loadAddon loads the file that TSPARK_ADDON names", async () => {
  neededAddon();
  assert.deepEqual(await loadIn({ TSPARK_ADDON: builtAddonPath() }), {
    hasAddon: true,
    reason: null,
  });
});

Deno.test("loadAddon says which file cannot be loaded and why", async () => {
  const { hasAddon, reason } = await loadIn({ TSPARK_ADDON: "/none/x.node" });
  assert.equal(hasAddon, false);
  assert.match(String(reason), /^"\/none\/x\.node" cannot be loaded: .*/);

  const other = await Deno.makeTempFile({ suffix: ".cjs" });
  await Deno.writeTextFile(other, "module.exports = {};");
  try {
    assert.deepEqual(await loadIn({ TSPARK_ADDON: other }), {
      hasAddon: false,
      reason:
        `"${other}" cannot be loaded: Cannot use the native addon: it has no function "listenLoopback"; build it again with "deno task native"`,
    });
  } finally {
    await Deno.remove(other);
  }
});

Deno.test("loadAddon needs no right to read the environment, and says when it may not load", async () => {
  neededAddon();
  const child = fileURLToPath(new URL("child.ts", import.meta.url));
  const load = async (...rights: string[]): Promise<unknown> => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", ...rights, child, "load"],
    }).output();
    const text = new TextDecoder().decode(stderr);
    assert.equal(code, 0, text);
    return JSON.parse(text);
  };
  assert.deepEqual(await load("--allow-read", "--allow-ffi"), {
    hasAddon: true,
    reason: null,
  });
  const { reason } = await load("--allow-read") as { reason: string };
  assert.match(reason, /cannot be loaded: Requires ffi access to/);
});
