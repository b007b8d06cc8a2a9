import assert from "node:assert/strict";
import {
  contextFrames,
  placedContexts,
} from "../../../../src/driver/runtime/query_context.ts";

const PLACE = "file:///app.ts:3:7";
const OURS =
  `[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n== DataFrame ==\n"divide" was called from\n${PLACE}`;
const THEIRS =
  '[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n== DataFrame ==\n"divide" was called from\njava.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)';

Deno.test("placedContexts() tells the place in the program, and else the method alone", () => {
  const said = "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012";
  assert.equal(placedContexts(OURS), `${said}\n  in divide() at app.ts:3:7`);
  assert.equal(placedContexts(THEIRS), `${said}\n  in divide() of a column`);
  assert.equal(placedContexts(said), said);
});

Deno.test("contextFrames() gives each line of the program once", () => {
  assert.equal(
    contextFrames(`${OURS}\n\n${OURS}\n`),
    `    at divide() (${PLACE})`,
  );
  assert.equal(contextFrames(THEIRS), "");
  assert.equal(contextFrames("no context"), "");
});
