import assert from "node:assert/strict";
import { parseWorkerPermissions } from "../../../../src/common/worker_permissions.ts";
import {
  confinedEnvironment,
  confinedSetup,
  encodeSetup,
  readSetup,
} from "../../../../worker/confine/confined_setup.ts";

const NONE = { permissions: "none" } as const;
const SECRET = "PYTHON_WORKER_FACTORY_SECRET";
const ALL = { [SECRET]: "hush", HOME: "/h", A: "a", SPARK_REUSE_WORKER: "1" };
const variables = (name: string): string | undefined =>
  Object.entries(ALL).find(([key]) => key === name)?.[1];
const SETUP = confinedSetup(variables, "net=ä", "/a.node", ["file:///m.ts"]);

Deno.test("a setup arrives as it was sent, however it is cut", NONE, () => {
  const bytes = encodeSetup(SETUP);
  for (const size of [1, 2, 7, bytes.length]) {
    let at = 0;
    const read = readSetup((into) => {
      const part = bytes.subarray(at, at + size);
      into.set(part);
      at += part.length;
      return part.length === 0 ? null : part.length;
    });
    assert.deepEqual(read, SETUP);
  }
  assert.equal(SETUP.variables.get(SECRET), "hush");
});

Deno.test("a setup that ends before its end is none", NONE, () => {
  const [first] = encodeSetup(SETUP);
  const rest = [first];
  const read = readSetup((into) => {
    const next = rest.shift();
    if (next === undefined) return null;
    into[0] = next;
    return 1;
  });
  assert.equal(read, null);
});

Deno.test(
  "the environment holds what is granted, and never the secret",
  NONE,
  () => {
    const fixed = { DENO_DIR: "/d", DENO_WEBGPU_BACKEND: "none", HOME: "/h" };
    assert.deepEqual(environmentWith(""), fixed);
    assert.deepEqual(environmentWith(`env=A,env=${SECRET}`), {
      ...fixed,
      A: "a",
    });
    assert.deepEqual(environmentWith("env"), {
      ...fixed,
      A: "a",
      SPARK_REUSE_WORKER: "1",
    });
  },
);

function environmentWith(permissions: string): Record<string, string> {
  return confinedEnvironment(ALL, parseWorkerPermissions(permissions), "/d");
}
