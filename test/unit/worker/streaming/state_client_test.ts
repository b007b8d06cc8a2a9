import assert from "node:assert/strict";
import type { WorkerIo } from "../../../../src/bridge/worker_io.ts";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { concatBytes } from "../../../../src/common/concat_bytes.ts";
import {
  bytesField,
  numberField,
  textField,
} from "../../../../src/protocol/proto_wire.ts";
import {
  type StateListForm,
  stateRequest,
} from "../../../../src/protocol/state_request.ts";
import { ArrowWriter } from "../../../../src/serde/arrow/arrow_writer.ts";
import { PickledRows } from "../../../../src/serde/pickle/pickled_rows.ts";
import { StructType } from "../../../../src/types/spark_types.ts";
import { ProcessorHandle } from "../../../../worker/streaming/processor_handle.ts";
import { ListState } from "../../../../worker/streaming/processor_states.ts";
import { StateAsker } from "../../../../worker/streaming/state_asker.ts";
import { StateClient } from "../../../../worker/streaming/state_client.ts";
import { Builtins, LOCKED_BUILTINS } from "../../../../worker/task/builtins.ts";
import { EXACT_FORMS } from "../../../../worker/udf/key_text.ts";

const pure = { permissions: "none" } as const;
const NUMBERS = StructType.fromDDL("n INT");
const FORMS = { longs: "number", timestamps: "date", dates: "date" } as const;

/** A client of a server that says all that it will say, and what the client wrote. */
function server(
  form: StateListForm,
  answers: readonly Uint8Array[],
  builtins: ConstructorParameters<typeof StateClient>[2] = LOCKED_BUILTINS,
): { readonly client: StateClient; readonly written: Uint8Array[] } {
  const written: Uint8Array[] = [];
  const io = {
    write: (bytes: Uint8Array) => void written.push(bytes.slice()),
    close() {},
  } as WorkerIo;
  const reader = ByteReader.of(concatBytes(answers), 7);
  return { client: new StateClient({ reader, io }, form, builtins), written };
}

function answer(...fields: readonly Uint8Array[]): Uint8Array {
  return new ByteWriter().writeSizedBytes(concatBytes(fields)).finish();
}

const GOOD = answer();
const ABSENT = answer(numberField(1, 2));

/** An Arrow stream of one batch, as the state server of Spark 4.0 writes it. */
function stream(ddl: string, rows: readonly object[]): Uint8Array {
  const writer = new ArrowWriter(StructType.fromDDL(ddl));
  const begin = writer.schemaMessage();
  for (const row of rows) writer.appendRow(row);
  return concatBytes([begin, writer.takeBatch(), ArrowWriter.END]);
}

function list(client: StateClient): ListState {
  const rows = new PickledRows(NUMBERS, FORMS, "the list");
  return new ListState(
    new StateAsker(client, "list", "l", () => {}),
    rows,
    FORMS,
  );
}

function request(call: Parameters<typeof stateRequest>[2]): Uint8Array {
  return new ByteWriter().writeInt(0)
    .writeSizedBytes(stateRequest("list", "l", call)).finish();
}

Deno.test("a list comes in messages until the last says so", pure, () => {
  const rows = new PickledRows(NUMBERS, FORMS, "the list");
  const pickled = (n: number): Uint8Array => bytesField(3, rows.write([n]));
  const { client, written } = server("messages", [
    answer(pickled(1), pickled(2), numberField(4, 1)),
    answer(pickled(3)),
  ]);
  assert.deepEqual([...list(client).get()], [{ n: 1 }, { n: 2 }, { n: 3 }]);
  const get = request({ call: "get", iterator: "1" });
  assert.deepEqual(written, [get, get]);
});

Deno.test(
  "a list of Spark 4.0 comes in streams until there is none",
  pure,
  () => {
    const { client, written } = server("streams", [
      ...[GOOD, stream("n INT", [{ n: 1 }, { n: null }])],
      ...[GOOD, stream("n INT", [{ n: 3 }])],
      ABSENT,
    ]);
    assert.deepEqual([...list(client).get()], [{ n: 1 }, { n: null }, {
      n: 3,
    }]);
    const get = request({ call: "get", iterator: "1" });
    assert.deepEqual(written, [get, get, get]);
  },
);

Deno.test(
  "a list goes to Spark 4.0 row by row, without waiting for each",
  pure,
  () => {
    const values = Array.from({ length: 600 }, (_, n) => [n]);
    const { client, written } = server(
      "streams",
      Array.from({ length: 601 }, () => GOOD),
    );
    list(client).put(values);
    const rows = new PickledRows(NUMBERS, FORMS, "the list");
    assert.deepEqual(
      concatBytes(written),
      concatBytes([
        request({ call: "clear" }),
        ...values.map((value) =>
          request({ call: "appendValue", value: rows.write(value) })
        ),
      ]),
    );
    assert.equal(written.length, 4);
  },
);

Deno.test(
  "an empty list goes to Spark 4.0 as an empty stream, which it refuses",
  pure,
  () => {
    const { client, written } = server("streams", [
      answer(numberField(1, 1), textField(2, "empty")),
    ]);
    assert.throws(() => list(client).put([]), {
      message: 'Cannot call put() of the list state "l": Spark says "empty"',
    });
    const [bytes = new Uint8Array()] = written;
    const put = request({ call: "put", values: [] });
    assert.deepEqual(bytes.subarray(0, put.length), put);
    assert.deepEqual(bytes.subarray(-8), ArrowWriter.END);
  },
);

Deno.test(
  "timers that have expired end in Spark 4.0 with a refusal without a reason",
  pure,
  () => {
    const { control } = ProcessorHandle;
    const timers = stream("key BINARY, timestamp BIGINT", [
      { key: Uint8Array.of(1, 2), timestamp: 5n },
    ]);
    const handle = (answers: readonly Uint8Array[]): ProcessorHandle =>
      new ProcessorHandle(
        server("streams", answers).client,
        EXACT_FORMS,
        "eventTime",
      );
    const refused = numberField(1, 1);
    assert.deepEqual(
      [...control.expired(handle([GOOD, timers, answer(refused)]), 7)],
      [{ key: Uint8Array.of(1, 2), expiryMs: 5 }],
    );
    assert.throws(
      () => [
        ...control.expired(handle([answer(refused, textField(2, "gone"))]), 7),
      ],
      { message: 'Cannot list expired timers: Spark says "gone"' },
    );
  },
);

Deno.test(
  "what a function has made of the language's objects changes no state",
  pure,
  () => {
    const { map } = Array.prototype;
    const { client, written } = server("messages", [GOOD], new Builtins());
    const state = list(client);
    Array.prototype.map = () => [];
    try {
      state.put([[1], [2]]);
    } finally {
      Array.prototype.map = map;
    }
    const rows = new PickledRows(NUMBERS, FORMS, "the list");
    const values = [rows.write([1]), rows.write([2])];
    assert.deepEqual(written, [request({ call: "put", values })]);
  },
);
