import assert from "node:assert/strict";
import { SparkError } from "../../../../src/common/errors.ts";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { AccumulatorStore } from "../../../../worker/task/accumulator_store.ts";

import { countReads } from "../../count_reads.ts";

const cbor = createCborCodec();

function updates(store: AccumulatorStore): [number, unknown][] {
  return store.updates().map((
    { id, value },
  ) => [Number(id), cbor.decode(value)]);
}

Deno.test({
  name:
    "AccumulatorStore brings home what the task added, and nothing untouched",
  permissions: "none",
  fn() {
    const store = new AccumulatorStore(cbor);
    const sum = store.own(1, { zero: 0, param: "sum" });
    const list = store.own(2, { zero: [], param: "list" });
    const doubling = {
      factor: 2,
      zero: (value: number): number => value,
      addInPlace(a: number, b: number): number {
        return a * b * doubling.factor;
      },
    };
    const own = store.own(3, { zero: 1, param: doubling });
    store.own(4, { zero: 0, param: "sum" });
    sum.add(2);
    store.own(1, { zero: 0, param: "sum" }).add(3);
    list.add(["a"]);
    list.add(["b", "c"]);
    own.add(5);
    assert.deepEqual(updates(store), [[1, 5], [2, ["a", "b", "c"]], [3, 10]]);
    assert.throws(() => sum.add(1n), TypeError); // a number and a bigint have no sum
    store.begin();
    assert.deepEqual(updates(store), []);
  },
});

Deno.test({
  name: "AccumulatorStore begins each task at the neutral value",
  permissions: "none",
  fn() {
    const store = new AccumulatorStore(cbor);
    const list = store.shared(2, { zero: [], param: "list" });
    for (let task = 0; task < 2; task++) {
      store.begin();
      list.add([task]);
      assert.deepEqual(updates(store), [[2, [task]]]);
    }
  },
});

Deno.test({
  name:
    "AccumulatorStore begins each task at the neutral value, though adding changes it",
  permissions: "none",
  fn() {
    const store = new AccumulatorStore(cbor);
    const param = {
      zero: (value: Set<number>): Set<number> => new Set(value),
      addInPlace(a: Set<number>, b: Set<number>): Set<number> {
        for (const item of b) a.add(item);
        return a;
      },
    };
    const union = store.shared(2, { zero: new Set([0]), param });
    for (const task of [1, 2]) {
      store.begin();
      union.add(new Set([task]));
      assert.deepEqual(updates(store), [[2, new Set([0, task])]]);
    }
  },
});

Deno.test({
  name: "AccumulatorStore adds to a list in steps for its terms alone",
  permissions: "none",
  fn() {
    const list = new AccumulatorStore(cbor).own(2, { zero: [], param: "list" });
    const read = countReads(() => {
      for (let i = 0; i < 1000; i++) list.add([i, i]);
    });
    assert.equal(read, 2000);
  },
});

Deno.test({
  name: "AccumulatorStore refuses to read or set a value",
  permissions: "none",
  fn() {
    const handle = new AccumulatorStore(cbor).own(1, { zero: 0, param: "sum" });
    const refusal = new SparkError(
      "ACCUMULATOR_VALUE_REFUSED",
      "Accumulator.value cannot be accessed inside tasks",
    );
    assert.throws(() => handle.value, refusal);
    assert.throws(() => handle.value = 1, refusal);
  },
});

Deno.test({
  name: "AccumulatorStore refuses what is added to a task that has ended",
  permissions: "none",
  fn() {
    const store = new AccumulatorStore(cbor);
    store.begin();
    const sum = store.own(7, { zero: 0, param: "sum" });
    const shared = store.shared(7, { zero: 0, param: "sum" });
    sum.add(1);
    const closed = {
      name: "WorkerError",
      condition: "ACCUMULATOR_CLOSED",
      message:
        "Cannot add to accumulator 7: the task that was given it has ended; add while the function runs, and await what it starts",
    };
    store.end();
    assert.throws(() => sum.add(2), closed);
    assert.throws(() => shared.add(2), closed);
    store.begin();
    assert.throws(() => sum.add(2), closed);
    shared.add(4);
    assert.deepEqual(updates(store), [[7, 4]]);
  },
});

Deno.test({
  name: "AccumulatorStore refuses updates that the driver does not take",
  permissions: "none",
  fn() {
    const start = { zero: [], param: "list" } as const;
    const tooLarge = {
      name: "SparkError",
      condition: "RECORD_TOO_LARGE",
      message:
        "Cannot bring home what the task added to accumulator 8: its updates are larger than the 1000 bytes that one task may have; add less in a task, use more partitions, or return such values as records",
    };
    const half = new Uint8Array(480);
    for (const codec of [cbor, createCborCodec(500)]) {
      const store = new AccumulatorStore(codec, 1000);
      store.own(7, start).add([half]);
      assert.deepEqual(updates(store), [[7, [half]]]);
      store.own(8, start).add([new Uint8Array(600)]);
      assert.throws(() => store.updates(), tooLarge);
    }
    const store = new AccumulatorStore(cbor, 1000);
    store.own(7, start).add([half]);
    store.own(8, start).add([new Uint8Array(500)]); // fit each, not both
    assert.throws(() => store.updates(), tooLarge);
  },
});

Deno.test({
  name: "AccumulatorStore refuses properties that would stay behind",
  permissions: "none",
  fn() {
    const start = { zero: [], param: "list" } as const;
    for (const property of ["note", Symbol("note")]) {
      const store = new AccumulatorStore(cbor);
      store.own(7, start).add([Object.assign([1, 2], { [property]: "lost" })]);
      assert.throws(() => store.updates(), {
        name: "SparkError",
        condition: "RECORD_NOT_SERIALIZABLE",
        message:
          /^Cannot serialize record "\[0\](\.note|\[Symbol\(note\)\])": an array is serialized without properties of its own/,
      });
    }
  },
});
