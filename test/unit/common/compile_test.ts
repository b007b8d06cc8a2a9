import assert from "node:assert/strict";
import { compile } from "../../../src/common/compile.ts";

type Call = (f: (x: number) => number, x: number) => number;
const CODE = "return function call(f, x) { return f(x); };";

Deno.test({
  name:
    "compile() keeps a program for each code, each text of callees and each list of types",
  permissions: "none",
  fn() {
    const half = (x: number) => x / 2;
    const twice = (x: number) => x * 2;
    const program = compile<Call>(CODE, [half]);
    assert.equal(program(half, 6), 3);
    assert.equal(program(twice, 6), 12);
    assert.equal(compile<Call>(CODE, [(x: number) => x / 2]), program);
    const others = [
      compile<Call>(CODE, [twice]),
      compile<Call>(CODE, [half], "int"),
      compile<Call>(CODE, [half, half]),
      compile<Call>(CODE),
    ];
    assert.equal(new Set([program, ...others]).size, 5);
  },
});

Deno.test({
  name:
    "compile() forgets the oldest programs, and shares one for long callees",
  permissions: "none",
  fn() {
    const long = (text: string) =>
      new Function("x", `return x; // ${text.repeat(5000)}`);
    assert.equal(
      compile<Call>(CODE, [long("a")]),
      compile<Call>(CODE, [long("b")]),
    );
    const first = compile<Call>(CODE, [], "first");
    for (let i = 0; i < 1024; i++) compile(`return ${i};`);
    assert.notEqual(compile<Call>(CODE, [], "first"), first);
  },
});

Deno.test({
  name: "compile() works though a function has replaced what it needs",
  permissions: "none",
  fn() {
    const { toString } = Function.prototype;
    Function.prototype.toString = () => "the same";
    try {
      assert.notEqual(
        compile(CODE, [(x: number) => x + 1], "replaced"),
        compile(CODE, [(x: number) => x + 2], "replaced"),
      );
    } finally {
      Function.prototype.toString = toString;
    }
  },
});
