import assert from "node:assert/strict";
import { SparkError } from "../../../src/common/errors.ts";
import { orderedArguments } from "../../../src/common/named_arguments.ts";

const given = (...args: readonly (string | null)[]) =>
  args.map((name, value) => ({ name, value }));

Deno.test({
  name: "orderedArguments() puts arguments by name behind those by place",
  permissions: "none",
  fn() {
    const names = ["x", null, "z"];
    assert.deepEqual(orderedArguments("f", null, given(null, null)), [0, 1]);
    assert.deepEqual(orderedArguments("f", names, given()), []);
    assert.deepEqual(orderedArguments("f", ["x", "y"], given("y", "x")), [
      1,
      0,
    ]);
    assert.deepEqual(
      orderedArguments("f", names, given(null, null, "z")),
      [0, 1, 2],
    );
    assert.deepEqual(orderedArguments("f", names, given("x")), [0]);
  },
});

Deno.test({
  name:
    "orderedArguments() refuses names that are unknown, given twice or missing",
  permissions: "none",
  fn() {
    const refuses = (
      parameters: readonly (string | null)[] | null,
      args: readonly (string | null)[],
      message: string,
    ): void => {
      assert.throws(
        () => orderedArguments("f", parameters, given(...args)),
        (error: unknown) => {
          assert.ok(error instanceof SparkError);
          assert.equal(error.condition, "ARGUMENT_NAME_INVALID");
          assert.equal(error.message, message);
          return true;
        },
      );
    };
    refuses(
      null,
      ["x"],
      'Cannot call "f" with its parameter "x": the text of the function, which has the names, is not known (it is native or bound); give arguments in their order',
    );
    refuses(
      ["x", null],
      ["y"],
      'Cannot call "f" with its parameter "y": it has the parameters "x", a pattern; use one of their names, and arguments in their order for patterns',
    );
    refuses(
      [],
      ["y"],
      'Cannot call "f" with its parameter "y": it has the parameters none; use one of their names, and arguments in their order for patterns',
    );
    refuses(
      ["x", "y"],
      [null, "x"],
      'Cannot call "f" with its parameter "x": it is given twice; give it once',
    );
    refuses(
      ["x", "y"],
      ["y"],
      'Cannot call "f" with its parameter "x": others behind it are given, and it is not; give it too',
    );
  },
});
