/** Forms of functions. */
import { capture } from "../../../src/driver/closure/explicit_capture.ts";
import type { Cases } from "../run_cases.ts";

const base = 10;
const add = (x: number) => x + base;
const multiply = function (x: number): number {
  return x * base;
};
function declared(x: number): number {
  return x - base;
}
async function later(x: number): Promise<number> {
  await null;
  return x + base;
}
function* count(limit: number): Generator<number> {
  for (let i = 0; i < limit; i++) yield i * base;
}
async function* countLater(limit: number): AsyncGenerator<number> {
  for (let i = 0; i < limit; i++) yield await later(i);
}
const object = {
  scale: 2,
  plain(x: number): number {
    return x * this.scale + base;
  },
  async late(x: number): Promise<number> {
    return await later(x * this.scale);
  },
  *walk(): Generator<number> {
    yield this.scale;
    yield base;
  },
  get double(): number {
    return this.scale * 2;
  },
  set double(value: number) {
    this.scale = value / 2;
  },
  [`computed${base}`](): string {
    return "computed";
  },
  [Symbol.toPrimitive](): number {
    return base;
  },
  "with space"(): number {
    return base + 1;
  },
};
const even = (n: number): boolean => n === 0 || odd(n - 1);
const odd = (n: number): boolean => n !== 0 && even(n - 1);
const factorial = function self(n: number): number {
  return n < 2 ? 1 : n * self(n - 1);
};
function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
const curried = (a: number) => (b: number) => (c: number) => a + b * c;
const partly = curried(base)(2);
const compose = <T>(...steps: ((x: T) => T)[]) => (x: T): T =>
  steps.reduce((value, step) => step(value), x);
const pipeline = compose(add, multiply, declared);
const table = { add, multiply, list: [declared, add] };
const registry = new Map([["add", add], ["declared", declared]]);
const boundMethod = object.plain.bind(object);
const boundTwice = curried.bind(null, 1).bind(null);
const boundAdd = Math.max.bind(null, base, 3);
function tag(strings: TemplateStringsArray, ...values: unknown[]): string {
  return strings.raw.join("|") + values.join(",");
}
const memo = Object.assign((x: number) => x + base, {
  cache: new Map([[1, 2]]),
  label: "memo",
});
function Legacy(this: { size: number }, size: number): void {
  this.size = size;
}
Legacy.prototype.grow = function (this: { size: number }): number {
  return this.size + base;
};
const legacy: { size: number; grow(): number } = Reflect.construct(
  Legacy,
  [5],
);
const nameless = [(x: number) => x + 1][0] ?? add;
const loops: (() => number)[] = [];
for (let i = 0; i < 3; i++) loops.push(() => i * base);
const later2 = async (x: number) => {
  const y = await later(x);
  return y * 2;
};
const unusual = { "ünï cödé": (x: number) => x };
// deno-fmt-ignore
const   oneLine =   (x: number) =>  x   +   base ;
const withRegex = (text: string) => text.replace(/[({]/g, ")").split(/\//);
const withComment = (x: number) => x + base; // a remark )}
const immediately = (() => {
  const secret = 7;
  return () => secret + base;
})();

/** By what is checked. */
const explicit = capture(
  { base, add, list: [1, 2] },
  ({ base, add, list }) => (x: number): unknown => [add(x) + base, ...list],
);
const nested = capture({ explicit }, ({ explicit }) => () => explicit(5));

export const cases: Cases = {
  "explicit form": () => explicit(1),
  "explicit form within another": () => nested(),
  "arrow function without free variables": () => 1 + 1,
  "arrow function with a module constant": () => add(1),
  "function expression": () => multiply(2),
  "function declaration": () => declared(3),
  "async function": () => later(4),
  "async arrow function": () => later2(4),
  "generator": () => [...count(3)],
  "async generator": async () => await Array.fromAsync(countLater(3)),
  "method of an object literal": () => object.plain(3),
  "async method of an object literal": () => object.late(3),
  "generator method of an object literal": () => [...object.walk()],
  "getter and setter of an object literal": () => {
    object.double = 12;
    return [object.double, object.scale];
  },
  "method with a computed name": () =>
    Reflect.get(object, "computed10").call(object),
  "method under a symbol": () => Number(object),
  "method with a quoted name": () => object["with space"](),
  "mutual recursion": () => [even(10), odd(7), even(3)],
  "recursion by a function's own name": () => factorial(10),
  "recursion by a declared name": () => fibonacci(15),
  "curried function": () => curried(1)(2)(3),
  "partly applied function": () => partly(5),
  "composed functions": () => pipeline(1),
  "functions in an object and an array": () =>
    table.add(1) + table.list.map((f) => f(1)).join(),
  "functions in a Map": () => [...registry].map(([name, f]) => [name, f(1)]),
  "bound method": () => boundMethod(1),
  "bound twice": () => boundTwice()(2)(3),
  "bound built-in": () => boundAdd(1),
  "name of a bound function": () => boundMethod.name,
  "template tag": () => tag`a${1}b\n${2}c`,
  "properties of a function": () => [memo(1), memo.cache, memo.label],
  "name and length of a function": () => [add.name, declared.name, tag.length],
  "name of a function from an array": () => [nameless.name, nameless(1)],
  "constructor function with a prototype method": () => legacy.grow(),
  "constructor function: instanceof": () => legacy instanceof Legacy,
  "loop variable of each iteration": () => loops.map((f) => f()),
  "default parameters": (() => {
    const fallback = 5;
    return (a = fallback, b = a + base) => a + b;
  })(),
  "destructured parameters": (() => {
    const key = "deep";
    const f = ({ a, [key]: { b = base } = { b: 1 } }: {
      a: number;
      deep?: { b?: number };
    }, [c, , ...d]: number[]) => [a, b, c, d];
    return () => [f({ a: 1, deep: {} }, [1, 2, 3, 4]), f({ a: 2 }, [1])];
  })(),
  "rest parameters": () => ((...all: number[]) => all.map(add))(1, 2, 3),
  "arguments of an inner function": () =>
    (function (): number {
      return arguments.length + base;
    }).call(null),
  "this of an inner function": () =>
    (function (this: { v: number }): number {
      return this.v;
    }).call({ v: 5 }),
  "new.target of an inner function": () => {
    function Made(this: unknown): void {
      Reflect.set(Object(this), "made", new.target === Made);
    }
    return Reflect.construct(Made, []);
  },
  "shadowed names": (() => {
    const x = 1;
    return () => {
      const inner = ((x: number) => x + 1)(5);
      const outer = [x].map((y) => y + x);
      {
        const x = 100;
        return [inner, outer, x];
      }
    };
  })(),
  "var hoisted from a block": () => {
    const read = () => hoisted;
    {
      // deno-lint-ignore no-var no-inner-declarations -- hoisting is what is checked
      var hoisted = base;
    }
    return [read(), hoisted];
  },
  "catch, label, switch and loops": () => {
    const seen: unknown[] = [];
    outer: for (const a of [1, 2, 3]) {
      for (let b = 0; b < 3; b++) {
        switch (a * b) {
          case 2:
            continue outer;
          case 4: {
            const four = base;
            seen.push(four);
            break outer;
          }
          default:
            seen.push([a, b]);
        }
      }
    }
    try {
      throw new Error("x");
    } catch (error) {
      const { message } = error as Error;
      seen.push(message);
    }
    for (const key in { p: 1, q: 2 }) seen.push(key);
    return seen;
  },
  "typeof a name that nobody has": () => typeof Reflect.get(globalThis, "nob"),
  "regular expression literals and odd spacing": () => [
    withRegex("a({/b"),
    oneLine(1),
    withComment(1),
  ],
  "property with letters beyond ASCII": () => unusual["ünï cödé"](4),
  "closure over a finished scope": () => immediately(),
  "optional calls and nullish values": (() => {
    const maybe: { f?: (x: number) => number } = {};
    return () => [maybe.f?.(1), maybe.f ?? "none"];
  })(),
  "built-in passed as a function": (() => {
    const { max } = Math;
    const parse = JSON.parse;
    return () => [max(1, 2), parse("[1]"), [1, 2].map(String)];
  })(),
  "method of a built-in's prototype": (() => {
    const slice = Array.prototype.slice;
    const has = Object.prototype.hasOwnProperty;
    return () => [slice.call("abc"), has.call({ a: 1 }, "a")];
  })(),
  "getter of a built-in's prototype": (() => {
    const size = Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get;
    return () => size?.call(new Map([[1, 2]]));
  })(),
  "global constructor held in a variable": (() => {
    const types = [Map, Date, Uint8Array, URL];
    return () => types.map((type) => type.name);
  })(),
  "globals that the platform makes at first use": (() => {
    const all = [setTimeout, Headers, structuredClone, atob, performance.now];
    const { get } = Headers.prototype;
    return () => [
      all[0] === setTimeout,
      all[1] === Headers,
      all.length,
      get === Headers.prototype.get,
    ];
  })(),
  "crypto as a value": (() => {
    const random = crypto;
    return () => random === crypto;
  })(),
  "globalThis": () => globalThis.Math.abs(-base),
  "console.log as a value": (() => {
    const log = console.log;
    return () => log === console.log;
  })(),
  "crypto and its methods": () => crypto.randomUUID().length,
  "using declarations": () => {
    const log: string[] = [];
    const open = (name: string) => ({
      [Symbol.dispose]: () => void log.push(name),
    });
    {
      using _a = open("a");
      using _b = open("b");
    }
    return log;
  },
  "import() of a node: module": async () => {
    const { basename } = await import("node:path");
    return basename("/a/b.txt");
  },
};
