import assert from "node:assert/strict";
import {
  confinedEnvironment,
  confinedSetup,
  encodeSetup,
  readSetup,
} from "../../../worker/confined_setup.ts";

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
    assert.deepEqual(confinedEnvironment(ALL, "", "/d"), fixed);
    assert.deepEqual(confinedEnvironment(ALL, `env=A,env=${SECRET}`, "/d"), {
      ...fixed,
      A: "a",
    });
    assert.deepEqual(confinedEnvironment(ALL, "env", "/d"), {
      ...fixed,
      A: "a",
      SPARK_REUSE_WORKER: "1",
    });
  },
);
