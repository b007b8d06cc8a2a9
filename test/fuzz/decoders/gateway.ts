/**
 * What the driver reads of the JVM.
 *
 * @module
 */
import assert from "node:assert/strict";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { ProtocolError } from "../../../src/common/errors.ts";
import { parseAnswer } from "../../../src/driver/gateway/answer.ts";
import { LineSplitter } from "../../../src/driver/gateway/line_splitter.ts";
import { readConnectionInfo } from "../../../src/driver/launch/connection_info.ts";
import type { FuzzDecoder } from "../decoder.ts";

const ANSWERS = [
  "!yv",
  "!yn",
  "!yjAQID",
  "!yjAQI=",
  "!ysa\\nb\\\\c",
  "!ysüö😀",
  "!ybtrue",
  "!yi-17",
  "!yL9223372036854775807",
  "!yd-1.5E300",
  "!ydNaN",
  "!yD12.340E7",
  "!yro12",
  "!ylo1\n!yao2\n!yho3\n!yto4\n!ygo5",
  "!ym\n!yc\n!yp\n!yo",
  "!xro7",
  "!xsreason",
  "!zsfatal",
  "!x\n!z\n",
];

/** Answers of Py4J, cut out of the stream two ways. */
export const ANSWER: FuzzDecoder = {
  name: "answers",
  covers: [
    "src/driver/gateway/answer.ts",
    "src/driver/gateway/line_splitter.ts",
    "src/driver/gateway/value_syntax.ts",
    "src/driver/gateway/base64.ts",
    "src/driver/gateway/java_scalar.ts",
  ],
  seeds: () => ANSWERS.map((text) => new TextEncoder().encode(`${text}\n`)),
  prepare: () => (bytes, choose) => {
    const whole = lines(bytes, () => bytes.length);
    const pieces = lines(bytes, () => 1 + choose(16));
    if (whole.length !== pieces.length) assert.deepEqual(pieces, whole);
    whole.forEach((line, at) => {
      if (line.toHex() !== pieces[at]?.toHex()) assert.deepEqual(pieces, whole);
    });
    let refusal: unknown;
    for (const line of whole) {
      try {
        parseAnswer(line);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        refusal = error;
      }
    }
    if (refusal !== undefined) throw refusal;
  },
};

function lines(bytes: Uint8Array, size: () => number): Uint8Array[] {
  const splitter = new LineSplitter(1 << 20);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + size();
    splitter.push(bytes.subarray(at, end), (line) => found.push(line.slice()));
    at = end;
  }
  return found;
}

/** The file in which the JVM says where its gateway is. */
export const CONNECTION_FILE: FuzzDecoder = {
  name: "connection-file",
  covers: ["src/driver/launch/connection_info.ts"],
  seeds: () => [
    new ByteWriter().writeInt(40123).writeString("0".repeat(64)).finish(),
    new ByteWriter().writeInt(1).writeString("s").finish(),
  ],
  prepare: () => (bytes) => void readConnectionInfo(bytes),
};
