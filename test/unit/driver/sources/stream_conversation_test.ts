import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import type { DataSource } from "../../../../src/driver/sources/data_source.ts";
import { PlannedSource } from "../../../../src/driver/sources/planned_source.ts";
import { openStreamConversation } from "../../../../src/driver/sources/stream_conversation.ts";

const INITIAL_OFFSET = 884;

/** Asks a source of a class for its stream. */
function converse(streamReader: () => object) {
  class Ticks {
    static readonly name = "ticks";
    streamReader = streamReader as unknown as DataSource["streamReader"];
  }
  const planner = {
    during: <T>(_what: string, body: () => T): T => body(),
  } as unknown as ConstructorParameters<typeof PlannedSource>[0]["planner"];
  const planned = new PlannedSource({
    source: Ticks as never,
    planner,
    offersFilters: false,
    values: { longs: "bigint", timestamps: "date", dates: "date" },
    command: () => Promise.resolve(new Uint8Array(0)),
  });
  const state = { options: {} };
  return openStreamConversation(() => ({ planned, state }));
}

const START = new ByteWriter().writeString("4.3").writeString("/tmp").writeInt(
  0,
).writeSizedBytes(new Uint8Array(1)).writeString(
  '{"type":"struct","fields":[]}',
).writeInt(10).finish();

Deno.test(
  "a stream's source is told the end also while it is made",
  { permissions: "none" },
  async () => {
    const made = Promise.withResolvers<object>();
    const stopped = Promise.withResolvers<void>();
    const conversation = converse(() => made.promise);
    const started = conversation.read(ByteReader.of(START))(new ByteWriter());
    conversation.end?.();
    made.resolve({ latestOffset() {}, stop: () => stopped.resolve() });
    await started;
    await stopped.promise;
  },
);

Deno.test(
  "an offset that JSON does not hold as it is, is refused",
  { permissions: "none" },
  async () => {
    let offset: unknown;
    const conversation = converse(() => ({
      latestOffset() {},
      initialOffset: () => offset,
    }));
    await conversation.read(ByteReader.of(START))(new ByteWriter());
    const question = new ByteWriter().writeInt(INITIAL_OFFSET).finish();
    const ask = async (given: unknown): Promise<string> => {
      offset = given;
      const writer = new ByteWriter();
      await conversation.read(ByteReader.of(question))(writer);
      return new TextDecoder().decode(writer.finish().subarray(4));
    };
    const right = { at: 3, file: "a", parts: [{ of: null }], isLast: false };
    assert.equal(await ask(right), JSON.stringify(right));
    for (
      const wrong of [
        { at: NaN },
        { at: new Date(0) },
        { parts: [new Map()] },
        { at: 1n },
        [1],
        3,
        new Date(0),
      ]
    ) {
      await assert.rejects(
        ask(wrong),
        /^SparkError: Cannot run initialOffset\(\) of the data source "ticks": SparkError: Cannot use .+ as an offset of a stream: give an object of numbers, texts and flags, which JSON holds$/,
      );
    }
  },
);
