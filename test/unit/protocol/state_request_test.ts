import assert from "node:assert/strict";
import fc from "fast-check";
import { ProtocolError } from "../../../src/common/errors.ts";
import {
  bytesField,
  messageField,
  numberField,
  ProtoFields,
  textField,
} from "../../../src/protocol/proto_wire.ts";
import { stateAnswer } from "../../../src/protocol/state_answer.ts";
import {
  declareRequest,
  expiredTimersRequest,
  HANDLE_STATE,
  handleStateRequest,
  implicitKeyRequest,
  stateRequest,
  timeRequest,
  timerRequest,
} from "../../../src/protocol/state_request.ts";

const pure = { permissions: "none" } as const;

/** As Python's StateMessage_pb2 of Spark 4.3 writes these, by SerializeToString(). */
const FROM_PYTHON: readonly (readonly [
  what: string,
  request: Uint8Array,
  hex: string,
])[] = [
  ["handle", handleStateRequest(HANDLE_STATE.preInit), "12020a00"],
  ["closed", handleStateRequest(HANDLE_STATE.closed), "12040a020805"],
  [
    "map",
    declareRequest({
      kind: "map",
      name: "s",
      schema: "{}",
      valueSchema: "[]",
      ttlMs: 300,
    }),
    "121222100a017312027b7d1a025b5d220308ac02",
  ],
  [
    "timer",
    timerRequest("register", 1700000000000),
    "120b2a090a070880d095ffbc31",
  ],
  ["key", implicitKeyRequest(Uint8Array.of(1, 2)), "22060a040a020102"],
  ["no key", implicitKeyRequest(null), "22021200"],
  ["time", timeRequest("watermark"), "2a040a021200"],
  ["expired", expiredTimersRequest(5, "1", "messages"), "2a0712050a01311005"],
  ["expired in 4.0", expiredTimersRequest(5, "1", "streams"), "2a0412020805"],
  ["get", stateRequest("value", "v", { call: "get" }), "1a070a050a01761a00"],
  [
    "append",
    stateRequest("list", "l", {
      call: "appendList",
      values: [Uint8Array.of(1), Uint8Array.of(2)],
    }),
    "1a0d120b0a016c32060a01010a0102",
  ],
  [
    "update",
    stateRequest("map", "m", {
      call: "updateValue",
      key: Uint8Array.of(1),
      value: Uint8Array.of(2),
    }),
    "1a0d1a0b0a016d2a060a0101120102",
  ],
  [
    "keys",
    stateRequest("map", "m", { call: "keys", iterator: "7" }),
    "1a0a1a080a016d3a030a0137",
  ],
];

Deno.test({
  ...pure,
  name: "requests to the state server are what Python's protobuf writes",
  fn(): void {
    for (const [what, request, hex] of FROM_PYTHON) {
      assert.equal(request.toHex(), hex, what);
    }
  },
});

Deno.test({
  ...pure,
  name: "ProtoFields reads what the fields' writers write",
  fn(): void {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        fc.string({ unit: "grapheme" }),
        fc.array(fc.uint8Array({ maxLength: 300 })),
        (number, text, list) => {
          const fields = new ProtoFields(messageField(
            1,
            numberField(1, number),
            textField(2, text),
            ...list.map((bytes) => bytesField(300, bytes)),
          ));
          const [inner] = fields.allMessages(1);
          assert.equal(inner?.long(1), number);
          assert.equal(inner?.text(2), text);
          assert.deepEqual(
            inner?.allBytes(300).map((bytes) => [...bytes]),
            list.map((bytes) => [...bytes]),
          );
        },
      ),
    );
  },
});

Deno.test({
  ...pure,
  name: "stateAnswer() gives an answer or an error whatever the bytes",
  fn(): void {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const { fields } = stateAnswer(bytes, "ask");
          fields.allMessages(3);
        } catch (error) {
          assert.ok(
            error instanceof ProtocolError ||
              /^Cannot ask: Spark says ".*"$/s.test((error as Error).message),
            String(error),
          );
        }
      }),
      { numRuns: 5000 },
    );
  },
});

Deno.test({
  ...pure,
  name: "stateAnswer() tells what is there, what is not, and what Spark says",
  fn(): void {
    const answer = (status: number, ...fields: Uint8Array[]): Uint8Array =>
      new ProtoFields(
        messageField(1, numberField(1, status), ...fields),
      ).bytes(1);
    assert.equal(stateAnswer(answer(0), "ask").isThere, true);
    assert.equal(stateAnswer(answer(2), "ask").isThere, false);
    assert.throws(
      () => stateAnswer(answer(1, textField(2, "no such state")), "ask it"),
      {
        condition: "STATE_SERVER_REFUSED",
        message: 'Cannot ask it: Spark says "no such state"',
      },
    );
    assert.throws(() => stateAnswer(Uint8Array.of(0x0b), "ask"), {
      condition: "PROTO_MALFORMED",
      message:
        "Cannot read a message of the state server: field 1 is of kind 3; driver and executors run different Sparks",
    });
  },
});
