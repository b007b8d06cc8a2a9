import assert from "node:assert/strict";
import { parameterNames } from "../../../../src/driver/closure/parameter_names.ts";

const FUNCTIONS: readonly (readonly [unknown, (string | null)[] | null])[] = [
  [() => 1, []],
  [(x: number, y: number) => x + y, ["x", "y"]],
  [async (x: number, y = 5) => await x + y, ["x", "y"]],
  [function (a: unknown, { b }: { b: unknown }) {
    return [a, b];
  }, ["a", null]],
  [function* (a: unknown, [b] = [1], ...rest: unknown[]) {
    yield [a, b, rest];
  }, ["a", null]],
  [
    {
      method(word: unknown) {
        return word;
      },
    }.method,
    ["word"],
  ],
  [
    class {
      static eval(no: unknown) {
        return no;
      }
      eval(word: string, length: number) {
        return [word, length];
      }
    },
    ["word", "length"],
  ],
  [class {}, null],
  [((x: number) => x).bind(null), null],
  [Math.max, null],
  [5, null],
];

Deno.test({
  name: "parameterNames() reads names, and tells patterns and unknown texts",
  permissions: "none",
  fn() {
    for (const [f, names] of FUNCTIONS) {
      assert.deepEqual(parameterNames(f, "eval"), names, String(f));
    }
  },
});
