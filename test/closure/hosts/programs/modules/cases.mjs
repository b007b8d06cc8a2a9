import * as path from "node:path";
import scale, { change, check, Counter, fileName } from "./lib.mjs";
import * as lib from "./lib.mjs";

const GREETING = "hello";
let late = 1;

const makeAdder = (amount) => (x) => x + amount + late;
const isEven = (n) => n === 0 || isOdd(n - 1);
const isOdd = (n) => n !== 0 && isEven(n - 1);

function* countTo(n) {
  for (let i = 1; i <= n; i++) yield i;
}

class Doubled extends Counter {
  static made = [];
  constructor() {
    super(10);
    Doubled.made.push(this.constructor.name);
  }
  next() {
    return super.next() * 2;
  }
}

export const cases = {
  "a variable of the function around it": (() => {
    const add = makeAdder(1);
    return () => `${add(5)}`;
  })(),
  "constants of its module": () => GREETING.toUpperCase(),
  "named and default imports": () => `${scale(14)} ${fileName("/a/b.txt")}`,
  "import * as of a local module": () => `${lib.default(3)} ${lib.changes}`,
  "a variable that its module changes": () => `${change()} ${change()}`,
  "a class with private names": () => `${new Counter(1).next()}`,
  "a class with a parent": () => `${new Doubled().next()} ${Doubled.made}`,
  "recursion of two functions": () => `${isEven(10)} ${isOdd(10)}`,
  "a generator": () => [...countTo(4)].join(),
  "an async function": async () => await Promise.resolve(GREETING),
  "a node: module as namespace": () => path.join("a", "..", "b"),
  "import.meta": () => path.basename(import.meta.url),
  "a variable that is written": () => `${++late} ${makeAdder(0)(1)}`,
  "an error, thrown": () => `${check(5)}`,
};

const counter = new Counter(1);

export const refused = {
  "an object with private names": () => counter.next(),
  "a promise of another module": () => lib.pending,
};

const above = 1;
const captured = {
  "what is above": await captureNow(() => above + late),
  "a function below": await captureNow(() => below()),
  "a class below": await captureNow(() => new Below().x),
};
const unused = 1;
class Below {
  x = unused;
}
function below() {
  return above;
}
// deno-lint-ignore explicit-module-boundary-types -- plain JavaScript has no types
export const early = () => captured;
