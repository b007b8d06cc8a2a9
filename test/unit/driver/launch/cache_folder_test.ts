import assert from "node:assert/strict";
import { GatewayError } from "../../../../src/common/errors.ts";
import { cacheFolder } from "../../../../src/driver/launch/cache_folder.ts";

const pure = { permissions: "none" } as const;

Deno.test("cacheFolder() follows each system's habit", pure, () => {
  const home = { HOME: "/home/ann" };
  assert.equal(cacheFolder(home, "linux"), "/home/ann/.cache/tspark");
  assert.equal(cacheFolder(home, "darwin"), "/home/ann/Library/Caches/tspark");
  assert.equal(
    cacheFolder({ LOCALAPPDATA: "C:\\Users\\ann\\Local" }, "windows"),
    "C:/Users/ann/Local/tspark",
  );
});

Deno.test(
  "cacheFolder() takes XDG_CACHE_HOME when it is absolute",
  pure,
  () => {
    const home = { HOME: "/home/ann" };
    assert.equal(
      cacheFolder({ ...home, XDG_CACHE_HOME: "/var/cache/ann/" }, "linux"),
      "/var/cache/ann/tspark",
    );
    for (const ignored of ["", "cache"]) {
      assert.equal(
        cacheFolder({ ...home, XDG_CACHE_HOME: ignored }, "linux"),
        "/home/ann/.cache/tspark",
      );
    }
  },
);

Deno.test(
  "cacheFolder() says what to set when the environment names no home",
  pure,
  () => {
    for (
      const [system, variable] of [
        ["linux", "HOME"],
        ["windows", "LOCALAPPDATA"],
      ] as const
    ) {
      assert.throws(() => cacheFolder({}, system), (error) => {
        assert(error instanceof GatewayError);
        assert.equal(error.condition, "CACHE_FOLDER_UNKNOWN");
        assert.equal(
          error.message,
          `Cannot find the cache folder of this user: ${variable} is not set; set it, or XDG_CACHE_HOME`,
        );
        return true;
      });
    }
  },
);
