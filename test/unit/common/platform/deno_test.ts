import assert from "node:assert/strict";
import { platform } from "../../../../src/common/platform/deno.ts";

Deno.test(
  "platform.environment() holds what may be read of the driver's own variables, where not all may",
  {
    permissions: { env: ["HOME", "USER"] },
  },
  () => {
    const home = Deno.env.get("HOME");
    const expected = home === undefined ? {} : { HOME: home };
    assert.deepEqual(platform.environment(), expected);
  },
);
