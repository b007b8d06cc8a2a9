import assert from "node:assert/strict";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";

const pure = { permissions: "none" } as const;
const codec = createCborCodec();
const records = new RecordCodec();

class Secret {}
Object.defineProperty(Secret.prototype, "constructor", {
  get: () => assert.fail("the constructor was asked for"),
});

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** A proxy that takes itself for an instance of a class, and throws at all else. */
function pretender(): unknown {
  return new Proxy({}, {
    getPrototypeOf: () => Secret.prototype,
    get: () => assert.fail("a property was asked for"),
  });
}

const PROXY = "it is a Proxy that cannot be read; use the object behind it";

/** What cannot be written, and why. */
const REFUSED: readonly [what: string, value: unknown, reason: string][] = [
  ["a revoked proxy", revoked({}), PROXY],
  ["a revoked proxy of a function", revoked(() => 1), PROXY],
  [
    "a proxy of a function that answers nothing",
    new Proxy(() => 1, { get: () => assert.fail("it was asked") }),
    PROXY,
  ],
  ["a proxy that takes itself for another", pretender(), PROXY],
  [
    "a proxy that has no names",
    new Proxy({}, { ownKeys: () => assert.fail("it was asked") }),
    PROXY,
  ],
  [
    "an instance of a class that hides",
    new Secret(),
    'it is an instance of class "null"; map it to a plain object or array',
  ],
  [
    "a function that hides its name",
    Object.defineProperty(() => 1, "name", { get: () => assert.fail("name") }),
    "it is a function without a name; keep data in records and call functions on them",
  ],
];

for (const [what, value, reason] of REFUSED) {
  Deno.test(
    `CborCodec and RecordCodec refuse ${what} without asking it`,
    pure,
    () => {
      const refused = (path: string) => ({
        name: "SparkError",
        condition: "RECORD_NOT_SERIALIZABLE",
        message: `Cannot serialize record "${path}": ${reason}`,
      });
      assert.throws(() => codec.encode({ a: [value] }), refused(".a[0]"));
      assert.throws(() => records.encodeBatch([value]), refused("[0]"));
      assert.throws(
        () => records.encodeBatch([1, { a: value }]),
        refused("[1].a"),
      );
    },
  );
}
