import assert from "node:assert/strict";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { PlannedSource } from "../../../../src/driver/sources/planned_source.ts";

Deno.test(
  "PlannedSource refuses to end a write that it did not begin",
  { permissions: "none" },
  async () => {
    const planned = new PlannedSource({
      source: { name: "ticks" } as never,
      planner: {} as never,
      offersFilters: false,
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
