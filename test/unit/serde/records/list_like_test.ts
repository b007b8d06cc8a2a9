import assert from "node:assert/strict";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { LIST_LIKE } from "../../../../src/serde/records/list_like.ts";

Deno.test({
  name: "CborCodec writes an object that is marked as a list item by item",
  permissions: "none",
  fn() {
    class List {
      readonly [LIST_LIKE] = true;
      readonly length = 3;
      *[Symbol.iterator](): Generator<unknown> {
        yield 1;
        yield ["two"];
        yield undefined;
      }
    }
    const codec = createCborCodec();
    assert.deepEqual(codec.decode(codec.encode({ list: new List() }).slice()), {
      list: [1, ["two"], undefined],
    });
  },
});
