import assert from "node:assert/strict";
import { StackMapper } from "../../../../src/driver/closure/stack_mapper.ts";

/** Maps line 1, column 1 of the script to line 5, column 3 of the file. */
const MAP = btoa(JSON.stringify({
  version: 3,
  sources: ["app.ts"],
  names: [],
  mappings: "AAIE",
}));

Deno.test({
  name: "mapStack() follows a source map within the script",
  permissions: "none",
  fn(): void {
    const mapper = new StackMapper();
    mapper.register(
      "file:///out/app.js",
      `data:application/json;base64,${MAP}`,
    );
    assert.equal(
      mapper.mapStack("Error: x\n    at f (tspark:file:///out/app.js:1:1)"),
      "Error: x\n    at f (file:///out/app.ts:5:3)",
    );
  },
});

Deno.test({
  name: "mapStack() leaves a position alone whose map cannot be read",
  permissions: "none",
  fn(): void {
    const mapper = new StackMapper();
    mapper.register("file:///a.js", "data:application/json;base64,bm8=");
    mapper.register("file:///b.js", "b.js.map");
    assert.equal(
      mapper.mapStack("at tspark:file:///a.js:2:3\nat tspark:file:///b.js:4:5"),
      "at file:///a.js:2:3\nat file:///b.js:4:5",
    );
  },
});

Deno.test({
  name: "mapStack() restores how errors are made",
  permissions: "none",
  fn(): void {
    const before = [
      Error.stackTraceLimit,
      Reflect.get(Error, "prepareStackTrace"),
    ];
    new StackMapper().mapStack("at tspark:file:///a.js:2:3");
    assert.deepEqual(
      [Error.stackTraceLimit, Reflect.get(Error, "prepareStackTrace")],
      before,
    );
  },
});

Deno.test({
  name: "mapStack() knows files whose paths have spaces and other letters",
  permissions: "none",
  fn(): void {
    const mapper = new StackMapper();
    mapper.register(
      "file:///out%20%C3%A9/app%20(1).js",
      `data:application/json;base64,${MAP}`,
    );
    // As Deno tells them, and as Node does.
    for (const path of ["/out é/app (1).js", "/out%20%C3%A9/app%20(1).js"]) {
      assert.equal(
        mapper.mapStack(`Error: x\n    at f (tspark:file://${path}:1:1)`),
        "Error: x\n    at f (file:///out%20%C3%A9/app.ts:5:3)",
      );
    }
  },
});
