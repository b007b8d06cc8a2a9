import assert from "node:assert/strict";
import { JavaError, WorkerError } from "../../mod.ts";

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

/**
 * Expects an action to fail in the JVM.
 *
 * @param action what is under way
 * @param text what the exception's class, message and stack trace together match
 */
export async function failsInJvm(
  action: Promise<unknown>,
  text: RegExp,
): Promise<void> {
  await assert.rejects(action, (error: unknown) => {
    assert.ok(error instanceof JavaError, Deno.inspect(error));
    const { javaClass, message, javaStack } = error;
    assert.match(`${javaClass} ${message} ${javaStack}`, text);
    return true;
  });
}
