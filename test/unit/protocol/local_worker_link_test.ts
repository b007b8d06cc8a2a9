import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import {
  readLocalWorkerGreeting,
  writeLocalWorkerGreeting,
} from "../../../src/protocol/local_worker_link.ts";

const CONNECTION = {
  address: 4711,
  secret: "of the process",
  pid: 42,
  addon: "/lib/tspark.node",
  variables: { SPARK_REUSE_WORKER: "1", UMLAUT: "ü" },
};

/** What goes over the wire. */
function greeting(): Uint8Array {
  const writer = new ByteWriter();
  writeLocalWorkerGreeting(writer, "of the program", CONNECTION);
  return writer.finish();
}

Deno.test(
  "readLocalWorkerGreeting() gives what was handed over, in chunks of every size",
  {
    permissions: "none",
  },
  () => {
    const bytes = greeting();
    for (let size = 1; size <= bytes.length; size++) {
      const reader = ByteReader.of(bytes, size);
      assert.deepEqual(
        readLocalWorkerGreeting(reader, "of the program"),
        CONNECTION,
      );
    }
  },
);

Deno.test("readLocalWorkerGreeting() gives null where the secret is another", {
  permissions: "none",
}, () => {
  const reader = ByteReader.of(greeting());
  assert.equal(readLocalWorkerGreeting(reader, "of a stranger"), null);
});

Deno.test("readLocalWorkerGreeting() throws as long as not all has come", {
  permissions: "none",
}, () => {
  const reader = ByteReader.of(greeting().subarray(0, -1));
  assert.throws(() => readLocalWorkerGreeting(reader, "of the program"), {
    condition: "BYTES_TRUNCATED",
  });
});
