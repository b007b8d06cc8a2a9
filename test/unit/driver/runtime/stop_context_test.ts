import assert from "node:assert/strict";
import { GatewayError } from "../../../../src/common/errors.ts";
import { stopContext } from "../../../../src/driver/runtime/stop_context.ts";

type Context = Parameters<typeof stopContext>[0];

function contextThat(answer: () => Promise<null>): Context {
  return { call: answer };
}

Deno.test("stopContext() goes on without a scheduler that never hears of it", async () => {
  const deaf = contextThat(() => new Promise(() => {}));
  await stopContext(deaf, 1);
});

Deno.test("stopContext() takes the JVM's end for the context's, and throws all else", async () => {
  await stopContext(contextThat(() => Promise.resolve(null)));
  const gone = new GatewayError("JVM_DIED", "the JVM has ended");
  await stopContext(contextThat(() => Promise.reject(gone)));
  const other = new TypeError("no such method");
  await assert.rejects(
    stopContext(contextThat(() => Promise.reject(other))),
    other,
  );
});
