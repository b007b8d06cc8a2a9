import assert from "node:assert/strict";
import { WorkerError } from "../../mod.ts";

/**
 * Expects an action to fail in a worker.
 *
 * @param action what is under way
 * @param condition the error's condition
 * @param message what its message matches
 */
export async function failsInWorker(
  action: Promise<unknown>,
  condition: string,
  message: RegExp,
): Promise<void> {
  await assert.rejects(action, (error: unknown) => {
    assert.ok(error instanceof WorkerError, Deno.inspect(error));
    assert.equal(error.condition, condition);
    assert.match(error.message, message);
    return true;
  });
}
