/** Functions as people write them, each without arguments and with a string as result. */
import * as path from "node:path";
import { createHash } from "node:crypto";
import scale, { change, check, fileName, place } from "./lib.ts";
import * as lib from "./lib.ts";
import * as shapes from "./shapes.ts";
import { Counter, Doubled } from "./shapes.ts";
import type { Point } from "./lib.ts";

const GREETING = "hello";
const origin: Point = { x: 0, y: 0 };
let late = 1;

function makeAdder(amount: number): (x: number) => number {
  const twice = (x: number): number => x + x;
  return (x) => twice(x) + amount + late;
}

function isEven(n: number): boolean {
  return n === 0 || isOdd(n - 1);
}

function isOdd(n: number): boolean {
  return n !== 0 && isEven(n - 1);
}

function* countTo(n: number): Generator<number> {
  for (let i = 1; i <= n; i++) yield i;
}

async function slowly<T>(value: T): Promise<T> {
  await Promise.resolve();
  return value;
}

const held = { shapes };

const loop = [1, 2, 3].map((n) => (): number => n * scale(n));

/** By what each of them shows. */
export const cases: Record<string, () => unknown> = {
  "a variable of the function around it": (() => {
    const adders = [makeAdder(1), makeAdder(10)];
    return () => adders.map((add) => add(5)).join(" ");
  })(),
  "constants of its module": () => `${GREETING} ${origin.x},${origin.y}`,
  "named imports of a local module": () => place("home") + place("away"),
  "a default import": () => `${scale(14)}`,
  "import * as of a local module": () => lib.place("home") + lib.default(2),
  "a namespace that an object holds": () =>
    `${new held.shapes.Counter(5).next()} ${Object.keys(held.shapes)}`,
  "a variable that its module changes": () => `${change()} ${change()}`,
  "a class with private names": () => {
    const counter = new Counter(1);
    return `${counter.next()} ${counter.count} ${Counter.kinds}`;
  },
  "a class with a parent": () => {
    const doubled = new Doubled();
    return `${doubled.next()} ${doubled.label} ${doubled instanceof Counter}`;
  },
  "a class of its own with fields": () => {
    class Local {
      #hidden = GREETING;
      static readonly size = 3;
      shout(): string {
        return this.#hidden.toUpperCase() + Local.size;
      }
    }
    return new Local().shout() + Local.name;
  },
  "recursion of two functions": () => `${isEven(10)} ${isOdd(10)}`,
  "recursion of a named inner function": () => {
    const depth = function down(n: number): number {
      return n === 0 ? 0 : 1 + down(n - 1);
    };
    return `${depth(20)} ${depth.name}`;
  },
  "a generator": () => Array.from(countTo(4)).join(),
  "an async function": async () => `${await slowly(GREETING)}!`,
  "an async generator": async () => {
    const seen: number[] = [];
    async function* each(): AsyncGenerator<number> {
      for (const n of countTo(3)) yield await slowly(n);
    }
    for await (const n of each()) seen.push(n);
    return seen.join();
  },
  "functions in an array": () => loop.map((f) => f()).join(),
  "node: modules by name and as namespace": () =>
    createHash("sha256").update("x").digest("hex").slice(0, 8) +
    path.join("a", "..", "b") + fileName("/c/d.txt"),
  "defaults, rest, destructuring": () => {
    const join = ({ a, ...more }: Record<string, number>, b = late): string =>
      JSON.stringify({ a, more, b, origin }).replaceAll('"', "");
    return join({ a: 1, c: 3 });
  },
  "a variable that is written": () => {
    late += 1;
    return `${late} ${makeAdder(0)(1)}`;
  },
  "an error, caught": () => {
    try {
      check({ x: 2, y: 2 });
      return "not thrown";
    } catch (error) {
      return `${error instanceof RangeError} ${String(error)}`;
    }
  },
  "an error, thrown": () => `${check({ x: 2, y: 3 })}`,
};

/** Captures while most of what the function declares has not run. */
export async function early(
  capture: (f: () => unknown) => Promise<string>,
): Promise<Record<string, string>> {
  const above = origin.x;
  const found = {
    "what is above": await capture(() => above + late),
    "a function below": await capture(() => below()),
    "a class below": await capture(() => new Below().x),
  };
  const unused = 1;
  class Below {
    readonly x = unused;
  }
  function below(): number {
    return above;
  }
  return found;
}

/** Never captured: the objects of a class with private names stay at home. */
const counter = new Counter(1);

/** What must be refused in every host alike. */
export const refused: Record<string, () => unknown> = {
  "an object with private names": () => counter.next(),
  "a promise of another module": () => lib.pending,
};
