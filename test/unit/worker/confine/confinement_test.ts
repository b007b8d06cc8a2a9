import assert from "node:assert/strict";
import { asSpark } from "../daemon/start_daemon.ts";

/** What a worker program says on stderr before it ends with a failure. */
async function failure(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { TSPARK_SPARK_VERSION: "4.3.0", ...env },
    stdin: "null",
  }).output();
  assert.equal(code, 1);
  return new TextDecoder().decode(stderr);
}

Deno.test("a daemon without the addon confines nothing, and says so", async () => {
  const text = await failure(
    asSpark("pyspark.daemon", "pyspark.worker"),
    { TSPARK_WORKER_PERMISSIONS: "", TSPARK_ADDON: "off" },
  );
  assert.match(
    text,
    /Cannot confine workers by spark\.tspark\.worker\.permissions without the native addon: TSPARK_ADDON is off; build it with deno task native/,
  );
});

Deno.test("a worker without a daemon is not started where it should be held", async () => {
  const text = await failure(
    asSpark("pyspark.worker"),
    { TSPARK_WORKER_PERMISSIONS: "net=a" },
  );
  assert.match(
    text,
    /Cannot confine a worker by spark\.tspark\.worker\.permissions: spark\.python\.use\.daemon is false, and only the daemon starts workers with fewer rights than its own; set it to true/,
  );
});

Deno.test("a worker that cannot give up native libraries does not go on", async () => {
  const module =
    new URL("../../../../worker/confine/confine.ts", import.meta.url).href;
  const text = await failure(
    [
      "eval",
      `import { confine } from "${module}";
       // A Deno that grants what was taken back.
       Deno.permissions.querySync = () => ({ state: "granted" });
       try { await confine("/a.node", []); }
       catch (error) { console.error(error.condition, error.message); Deno.exit(1); }`,
    ],
    {},
  );
  assert.equal(
    text.trim(),
    "CONFINEMENT_FAILED Cannot confine this worker: native libraries can still be loaded; use the version of Deno that TSpark names",
  );
});
