import assert from "node:assert/strict";
import { GatewayError } from "../../../../src/common/errors.ts";
import {
  hasNoCache,
  writingToCache,
} from "../../../../src/driver/launch/cache_error.ts";

Deno.test({
  name:
    "writingToCache() names the folder that cannot be written to, and the remedy",
  permissions: "none",
  async fn() {
    const cause = new Error("Read-only file system (os error 30)");
    await assert.rejects(
      writingToCache("/home/a/.cache/tspark", () => Promise.reject(cause)),
      (error: unknown) => {
        assert.ok(error instanceof GatewayError);
        assert.equal(
          error.message,
          'Cannot write to the cache folder "/home/a/.cache/tspark": Read-only file system (os error 30); set XDG_CACHE_HOME to a folder that this user may write to',
        );
        assert.equal(error.cause, cause);
        assert.ok(hasNoCache(error));
        return true;
      },
    );
    const own = new GatewayError("WORKER_NOT_PACKED", "mine");
    await assert.rejects(writingToCache("/x", () => Promise.reject(own)), own);
    assert.ok(!hasNoCache(own));
    assert.ok(hasNoCache(new GatewayError("CACHE_FOLDER_UNKNOWN", "none")));
  },
});
