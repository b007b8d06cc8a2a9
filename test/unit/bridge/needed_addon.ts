import { type Addon, loadAddon } from "../../../src/bridge/addon.ts";

/** The addon; a test without it fails, since nothing would be tested. */
export function neededAddon(): Addon {
  const { addon, reason } = loadAddon();
  if (addon !== null) return addon;
  throw new Error(
    `Cannot test the native addon: ${reason}; build it with "deno task native"`,
  );
}
