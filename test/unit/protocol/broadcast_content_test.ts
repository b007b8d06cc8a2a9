import assert from "node:assert/strict";
import {
  broadcastParts,
  type ContentSource,
  readBroadcastContent,
} from "../../../src/protocol/broadcast_content.ts";
import { BROADCAST_FORMS } from "../../../src/protocol/command.ts";

const pure = { permissions: "none" } as const;

function source(bytes: Uint8Array): ContentSource {
  return {
    length: bytes.length,
    read: (at, length) => bytes.slice(at, at + length),
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test(
  "broadcastParts() hands large byte strings on as they are",
  pure,
  () => {
    const value = Uint8Array.of(7, 8);
    const apart = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
    const plain = broadcastParts(value, []);
    assert.deepEqual(readBroadcastContent(source(joined(plain))), {
      form: BROADCAST_FORMS.cbor,
      bytes: value,
      apart: [],
    });
    const parts = broadcastParts(value, apart);
    assert.equal(parts.at(-1), apart[1]);
    assert.equal(parts.at(-2), apart[0]);
    assert.deepEqual(readBroadcastContent(source(joined(parts))), {
      form: BROADCAST_FORMS.apart,
      bytes: value,
      apart,
    });
  },
);

Deno.test("readBroadcastContent() refuses lengths that cannot be", pure, () => {
  const refuse = (reason: string, ...bytes: number[]): void =>
    assert.throws(() => readBroadcastContent(source(Uint8Array.from(bytes))), {
      name: "ProtocolError",
      condition: "BROADCAST_MALFORMED",
      message:
        `Cannot read a broadcast of ${bytes.length} bytes: ${reason}; check that driver and workers run the same TSpark`,
    });
  refuse("it is empty");
  refuse("its head is cut off", 2, 0, 0);
  refuse("it cannot hold 1 lengths", 2, 0, 0, 0, 1);
  refuse("it cannot hold -1 lengths", 2, 255, 255, 255, 255);
  refuse(
    "a length of 14 is impossible",
    ...[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 14],
  );
  refuse(
    "a length of -1 is impossible",
    ...[2, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255],
  );
  refuse(
    "what lies apart is longer",
    ...[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 9],
  );
});
