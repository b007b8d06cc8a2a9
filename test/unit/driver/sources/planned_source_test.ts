import assert from "node:assert/strict";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { PlannedSource } from "../../../../src/driver/sources/planned_source.ts";

const VALUES = {
  longs: "bigint",
  timestamps: "date",
  dates: "date",
} as const;

Deno.test(
  "PlannedSource refuses to end a write that it did not begin",
  { permissions: "none" },
  async () => {
    const planned = new PlannedSource({
      source: { name: "ticks" } as never,
      planner: {} as never,
      offersFilters: false,
      values: VALUES,
      command: () => Promise.reject(new Error("nothing runs")),
    });
    for (const isAbort of [false, true]) {
      const question = {
        kind: "commit",
        writer: new Uint8Array(0),
        messages: [],
        isAbort,
      } as const;
      await assert.rejects(
        planned.answer(question, { writer: 3 }, new ByteWriter()),
        {
          condition: "DATA_SOURCE_WRITER_UNKNOWN",
          message:
            'Cannot end a write to "ticks": its writer is not known, or has ended already; use one SparkSession with one program',
        },
      );
    }
  },
);

Deno.test(
  "PlannedSource keeps the last thousand writers of which Spark tells no end",
  { permissions: "none" },
  async () => {
    const ended: number[] = [];
    let made = 0;
    class Sink {
      writer(): object {
        const number = made++;
        return { write: () => 0, commit: () => ended.push(number) };
      }
    }
    const planned = new PlannedSource({
      source: Sink as never,
      planner: {
        during: <T>(_what: string, body: () => T): T => body(),
        blob: () => new Uint8Array(0),
      } as never,
      offersFilters: false,
      values: VALUES,
      command: () => Promise.resolve(new Uint8Array(0)),
    });
    const write = {
      kind: "write",
      source: new Uint8Array(0),
      provider: "sink",
      schema: `{"type":"struct","fields":[]}`,
      options: new Map<string, string>(),
      overwrite: false,
      isStreaming: false,
    } as const;
    for (let i = 0; i < 1001; i++) {
      await planned.answer(write, null, new ByteWriter());
    }
    const commit = (writer: number): Promise<void> =>
      planned.answer(
        {
          kind: "commit",
          writer: new Uint8Array(0),
          messages: [],
          isAbort: false,
        },
        { writer },
        new ByteWriter(),
      );
    await assert.rejects(commit(0), {
      condition: "DATA_SOURCE_WRITER_UNKNOWN",
    });
    await commit(1);
    await commit(1000);
    assert.deepEqual(ended, [1, 1000]);
  },
);
