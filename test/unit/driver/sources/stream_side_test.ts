import assert from "node:assert/strict";
import {
  partitionedSide,
  simpleSide,
} from "../../../../src/driver/sources/stream_side.ts";
import { taskPart } from "../../../../src/driver/sources/task_part.ts";
import { StructType } from "../../../../src/types/spark_types.ts";

const SCHEMA = StructType.fromDDL("n INT");

Deno.test({
  name: "simpleSide() gives the rows of a batch until it is committed",
  permissions: "none",
  async fn() {
    let end = 2;
    const committed: unknown[] = [];
    const side = simpleSide(
      {
        initialOffset: () => ({ at: 0 }),
        read: ({ at }) => [
          Array.from({ length: end - Number(at) }, (_, i) => [Number(at) + i]),
          { at: end },
        ],
        readBetweenOffsets: () => [],
        commit: (offset) => void committed.push(offset),
      },
      SCHEMA,
      10,
    );
    assert.deepEqual(
      await side.latestOffset(null, { kind: "ReadAllAvailable" }),
      {
        at: 2,
      },
    );
    end = 3;
    await side.latestOffset(null, { kind: "ReadAllAvailable" });
    const both = await side.batch({ at: 0 }, { at: 3 });
    assert.deepEqual(both.partitions, [{ start: { at: 0 }, end: { at: 3 } }]);
    assert.equal(both.rows?.length, 3); // schema, one batch, end
    await side.commit({ at: 2 });
    assert.equal((await side.batch({ at: 0 }, { at: 2 })).rows, null);
    assert.equal((await side.batch({ at: 2 }, { at: 3 })).rows?.length, 3);
    assert.deepEqual(committed, [{ at: 2 }]);
  },
});

Deno.test({
  name: "simpleSide() refuses rows that would come again forever",
  permissions: "none",
  async fn() {
    const side = simpleSide(
      {
        initialOffset: () => ({ at: 0 }),
        read: (start) => [[[1]], start],
        readBetweenOffsets: () => [],
      },
      SCHEMA,
      10,
    );
    await assert.rejects(
      side.latestOffset({ at: 0 }, { kind: "ReadAllAvailable" }),
      {
        condition: "OFFSET_NOT_ADVANCED",
        message:
          'Cannot take 1 rows of a stream: they end at {"at":0}, where they begin, and would come again forever; return an offset behind the last row',
      },
    );
  },
});

Deno.test({
  name:
    "partitionedSide() has limits where latestOffset() declares its parameters",
  permissions: "none",
  fn() {
    const rest = {
      initialOffset: () => ({}),
      partitions: () => [],
      read: () => [],
    };
    const plain = partitionedSide({ ...rest, latestOffset: () => ({}) });
    assert.equal(plain.hasAdmissionControl, false);
    const limited = partitionedSide({
      ...rest,
      latestOffset: (start, _limit) => start ?? {},
      prepareForTriggerAvailableNow() {},
    });
    assert.equal(limited.hasAdmissionControl, true);
    assert.equal(limited.hasAvailableNow, true);
  },
});

Deno.test({
  name: "taskPart() leaves what the driver calls behind, of plain objects",
  permissions: "none",
  fn() {
    const read = (): unknown[] => [];
    const reader = { read, partitions: () => [], extra: 1 };
    assert.deepEqual(taskPart(reader, "read"), { read, extra: 1 });
    const simple = { read, readBetweenOffsets: read };
    assert.deepEqual(taskPart(simple, "readBetweenOffsets"), {
      readBetweenOffsets: read,
    });
    class Reader {
      read = read;
      partitions = read;
    }
    const instance = new Reader();
    assert.equal(taskPart(instance, "read"), instance);
  },
});
