import assert from "node:assert/strict";
import { framePosition } from "../../../src/common/frame_position.ts";

Deno.test({
  name: "framePosition() reads every form of a stack's line",
  permissions: "none",
  fn(): void {
    const given: readonly (readonly [string, string | null])[] = [
      ["    at file:///app.ts:14:9", "file:///app.ts"],
      ["    at f (file:///app.ts:14:9)", "file:///app.ts"],
      ["    at async file:///app.ts:14:9", "file:///app.ts"],
      ["    at async f (file:///app.ts:14:9)", "file:///app.ts"],
      ["    at Box.get [as size] (file:///app.ts:14:9)", "file:///app.ts"],
      ["    at new Box (/home/a b/app (2).js:14:9)", "/home/a b/app (2).js"],
      ["    at /home/a (b)/app.js:14:9", "/home/a (b)/app.js"],
      ["    at data:text/javascript,f(1):14:9", "data:text/javascript,f(1)"],
      ["    at eval (eval at f (file:///a.ts:1:2), <x>:14:9)", "<x>"],
      ["    at async Promise.all (index 0)", null],
      ["    at f (native)", null],
      ["Error: x", null],
      ["", null],
      [":1:2", null],
    ];
    for (const [line, url] of given) {
      assert.deepEqual(
        framePosition(line),
        url === null ? null : { url, line: 14, column: 9 },
        line,
      );
    }
  },
});
