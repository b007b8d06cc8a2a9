/**
 * What the JVM says of states: answers of the state server, and pickled rows.
 *
 * @module
 */
import { stateAnswer } from "../../../src/protocol/state_answer.ts";
import {
  bytesField,
  messageField,
  numberField,
  textField,
} from "../../../src/protocol/proto_wire.ts";
import { concatBytes } from "../../../src/common/concat_bytes.ts";
import { PickledRows } from "../../../src/serde/pickle/pickled_rows.ts";
import { StructType } from "../../../src/types/spark_types.ts";
import { EXACT_FORMS } from "../../../worker/udf/key_text.ts";
import type { FuzzDecoder } from "../decoder.ts";

/** Answers of the state server, with all that may be in them. */
export const STATE_ANSWERS: FuzzDecoder = {
  name: "state-answers",
  covers: ["src/protocol/state_answer.ts", "src/protocol/proto_wire.ts"],
  seeds: () => [
    numberField(1, 2),
    concatBytes([numberField(1, 1), textField(2, "no such state")]),
    concatBytes([
      messageField(3, bytesField(1, Uint8Array.of(1)), numberField(2, 7)),
      bytesField(3, new Uint8Array(200)),
      numberField(4, 1),
    ]),
  ],
  prepare: () => (bytes) => {
    const { fields } = stateAnswer(bytes, "ask");
    fields.number(4);
    for (const message of fields.allMessages(3)) {
      message.bytes(1);
      message.number(2);
    }
  },
};

const ROW =
  "n BIGINT, p DECIMAL(10,2), d DATE, t TIMESTAMP, b BINARY, a ARRAY<STRING>, m MAP<STRING, DOUBLE>, s STRUCT<x: INT>";

/** Rows of states. */
export const STATE_ROWS: FuzzDecoder = {
  name: "state-rows",
  covers: [
    "src/serde/pickle/pickled_rows.ts",
    "src/serde/pickle/pickled_value_reader.ts",
  ],
  seeds: () => [
    rows().write([
      2n ** 40n,
      "1.50",
      new Date(0),
      new Date(1),
      Uint8Array.of(1, 2),
      ["a", null],
      new Map([["k", 0.5]]),
      [3],
    ]),
    rows().write(Array.from({ length: 8 }, () => null)),
  ],
  prepare: () => {
    const reader = rows();
    return (bytes) => void reader.read(bytes);
  },
};

function rows(): PickledRows {
  return new PickledRows(StructType.fromDDL(ROW), EXACT_FORMS, "the state");
}
