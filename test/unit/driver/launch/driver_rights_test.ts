import assert from "node:assert/strict";
import {
  driverRights,
  requireDriverRights,
} from "../../../../src/driver/launch/driver_rights.ts";

const namesIn = (env: Record<string, string>): string[] =>
  driverRights(env).map(({ name }) => name);

Deno.test("driverRights() names Spark's folders and the cache", {
  permissions: "none",
}, () => {
  assert.deepEqual(driverRights({ XDG_CACHE_HOME: "/c", SPARK_HOME: "/s" }), [
    { name: "run", command: "/bin/sh" },
    { name: "net", host: "127.0.0.1" },
    { name: "sys" },
    { name: "read", path: "/s/bin" },
    { name: "read", path: "/s/conf" },
    { name: "read", path: "/s/jars" },
    { name: "read", path: "/c/tspark" },
    { name: "write", path: "/c/tspark" },
  ]);
});

Deno.test("driverRights() asks to run nothing where a JVM is joined", {
  permissions: "none",
}, () => {
  const env = { XDG_CACHE_HOME: "/c" };
  assert.ok(namesIn(env).includes("run"));
  assert.ok(!namesIn({ ...env, PYSPARK_GATEWAY_PORT: "1" }).includes("run"));
});

Deno.test(
  "requireDriverRights() names the environment first, where nothing is granted",
  {
    permissions: "none",
  },
  () => {
    assert.throws(requireDriverRights, {
      name: "GatewayError",
      condition: "PERMISSION_MISSING",
      message:
        'Cannot start Spark: the program lacks "--allow-env=HOME,SPARK_HOME"; run it with these as well, docs/permissions.md has the whole list',
    });
  },
);

Deno.test("driverRights() asks for no cache where the environment names none", {
  permissions: "none",
}, () => {
  const paths = driverRights({ SPARK_HOME: "/s" }).flatMap((right) =>
    "path" in right ? [right.path] : []
  );
  assert.deepEqual(paths, ["/s/bin", "/s/conf", "/s/jars"]);
  assert.ok(!namesIn({}).includes("write"));
});
