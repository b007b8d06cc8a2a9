/** Captured variables, and modules that they come from. */
import doubled, {
  change,
  changes,
  Circle,
  Colour,
  scale,
  separator,
} from "../modules/arithmetic.ts";
import * as namespace from "../modules/arithmetic.ts";
import * as barrel from "../modules/barrel.ts";
import { scaled, twice } from "../modules/barrel.ts";
import * as path from "node:path";
import { basename, posix } from "node:path";
import process from "node:process";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Cases } from "../run_cases.ts";

let moduleCounter = 0;
const bump = () => ++moduleCounter;
const peek = () => moduleCounter;
enum Level {
  Low,
  High = 5,
}
const enum Inlined {
  A = 3,
}
function makeCounter(start: number): {
  next: () => number;
  get: () => number;
  reset: () => void;
} {
  let count = start;
  return {
    next: () => ++count,
    get: () => count,
    reset: () => {
      ({ count } = { count: start });
    },
  };
}
const first = makeCounter(0);
const second = makeCounter(0);
const other = makeCounter(10);
function counterOf(): () => number {
  let n = 0;
  return () => n++;
}
const one = counterOf();
const two = counterOf();
let callee: (x: number) => number = (x) => x + 1;
const swap = () => {
  callee = (x) => x * 100;
};
const callIt = () => callee(2);
const state = { hits: 0, log: [] as string[] };
const hit = () => {
  state.hits++;
  state.log.push(`hit ${state.hits}`);
  return state;
};
const here = import.meta.url;
const nested = (() => {
  const outer = 1;
  return (() => {
    const middle = 2;
    return (() => {
      const inner = 3;
      return () => outer + middle + inner + moduleCounter;
    })();
  })();
})();
const blocks: (() => number)[] = [];
{
  const x = 1;
  blocks.push(() => x);
}
{
  const x = 2;
  blocks.push(() => x);
}
const sumTo = (limit: number) => {
  let total = 0;
  const add = (n: number) => {
    total += n;
  };
  for (let i = 0; i <= limit; i++) add(i);
  return total;
};
const shadowsGlobal = (() => {
  const Math = { max: () => "mine" };
  return () => Math.max();
})();
let assigned = 1;
const assignForms = () => {
  assigned += 5;
  [assigned] = [assigned * 2];
  for (assigned of [assigned, assigned + 1]);
  assigned ??= 0;
  const copy = { assigned };
  return copy;
};
const readAssigned = () => `${assigned} ${typeof assigned}`;
const { destructured, rest: [, last] } = {
  destructured: 5,
  rest: [1, 2],
};

/** By what is checked. */
export const cases: Cases = {
  "counter of one function": () => [one(), one(), one()],
  "two counters of one literal are apart": () => [one(), two(), two()],
  "variable that two functions share": () => [
    first.next(),
    first.next(),
    first.get(),
    first.reset(),
    first.get(),
  ],
  "equal scopes of two calls stay apart": () => [
    first.next(),
    second.next(),
    second.next(),
    first.get(),
    other.next(),
    other.get(),
  ],
  "module variable that two functions share": () => [
    bump(),
    bump(),
    peek(),
    moduleCounter,
  ],
  "function variable that is replaced": () => [callIt(), swap(), callIt()],
  "forms of assignment to a shared variable": () => [
    readAssigned(),
    assignForms(),
    readAssigned(),
    assigned,
  ],
  "captured object that is changed": () => {
    hit();
    return hit() === state && state;
  },
  "variables of several scopes": () => nested(),
  "variables of one name in two blocks": () => blocks.map((f) => f()),
  "variables of inner functions": () => sumTo(10),
  "variable with the name of a global": () => shadowsGlobal(),
  "destructured variables": () => [destructured, last],
  "function of a local module": () => scale(2),
  "class of a local module": () => new Circle(2).area(),
  "enum of a local module": () => [Colour.Red, Colour[2]],
  "enum and const enum of this file": () => [
    Level.High,
    Level[0],
    Inlined.A,
  ],
  "default export": () => doubled(3),
  "re-exported function": () => [scaled(1), twice(1)],
  "namespace of a local module": () => namespace.scale(4),
  "namespace within a namespace": () => barrel.Colour.Green,
  "namespace takes only what is used": () => new namespace.Circle(1).area(),
  "live binding and its setter": () => [changes, change(), change()],
  "node: function of another module": () => separator(),
  "node: namespace": () => [path.join("a", "b"), path.sep],
  "node: named and nested exports": () => [
    basename("/x/y.ts"),
    posix.join("a", "..", "b"),
  ],
  "node: default export": () => typeof process.pid,
  "node: class": () => Buffer.from("hi").toString("base64"),
  "node: function that makes objects": () =>
    createHash("sha256").update("a").digest("hex"),
  "import.meta.url": () => import.meta.url.split("/").at(-1),
  "import.meta.url held in a variable": () => here === import.meta.url,
  "import.meta.dirname and filename": () => [
    import.meta.dirname === path.dirname(here.slice("file://".length)),
    import.meta.filename?.endsWith(".ts"),
  ],
};
