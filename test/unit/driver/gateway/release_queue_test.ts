import assert from "node:assert/strict";
import { GatewayError, ProtocolError } from "../../../../src/common/errors.ts";
import {
  ReleaseQueue,
  type ReleaseWay,
} from "../../../../src/driver/gateway/release_queue.ts";

const pure = { permissions: "none" } as const;

/** A queue over a way that fails, and what it has told. */
function failingWith(error: Error): { queue: ReleaseQueue; told: string[] } {
  const told: string[] = [];
  const way: ReleaseWay = {
    unleased: (body) => body(),
    ask: () => Promise.reject(error),
  };
  return { queue: new ReleaseQueue(way, (text) => told.push(text)), told };
}

for (
  const condition of [
    "JVM_DIED",
    "GATEWAY_CLOSED",
    "CONNECTION_LOST",
    "CONNECTION_FAILED",
  ]
) {
  Deno.test(
    `ReleaseQueue says nothing of releases that met ${condition}`,
    pure,
    async () => {
      const { queue, told } = failingWith(new GatewayError(condition, "gone"));
      queue.add("o1");
      await queue.flushed();
      assert.deepEqual(told, []);
    },
  );
}

Deno.test(
  "ReleaseQueue tells of other failures, and goes on",
  pure,
  async () => {
    const { queue, told } = failingWith(
      new ProtocolError("ANSWER_MALFORMED", "no answer"),
    );
    for (const id of ["o1", "o2"]) {
      queue.add(id);
      await queue.flushed();
    }
    assert.deepEqual(told, [
      "Warning: Cannot release objects of the JVM, which keeps them: no answer\n",
      "Warning: Cannot release objects of the JVM, which keeps them: no answer\n",
    ]);
  },
);
