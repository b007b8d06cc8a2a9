/** Captures functions while most of what the module declares has not run. */
import { type EarlyCaptures, tryCapture } from "../try_capture.ts";
import Main, * as self from "./declared_below.ts";

const factor = 3;
const scale = (x: number): number => x * factor;

/** Captured above the declarations. */
export const captured: EarlyCaptures = await tryCapture({
  "nothing of it": () => 1,
  "a constant above": () => scale(2),
  "a function below": () => below(2),
  "an export above, of the module itself": () => self.declared(1),
  "a const": () => later,
  "a let": () => counter,
  "a class": () => new Point(1).x,
  "an exported class": () => new Exported().x,
  "an enum": () => Color.Red,
  "an exported enum": () => Shade.Dark,
  "a namespace": () => Inner.value,
  "a default export": () => new Main().x,
  "a destructured const": () => [first, rest],
  "a const that a helper needs": () => helper(),
  "a class of the module itself": () => new self.Exported().x,
  "an enum of the module itself": () => self.Shade.Dark,
  "all of the module itself": () => Object.keys(self),
  "a variable without a value": () => nothing === undefined,
});

function below(x: number): number {
  return scale(x) + 1;
}

function helper(): number {
  return later + 1;
}

/** Runs at any time. */
export function declared(x: number): number {
  return x + 1;
}

const later = 1;
// deno-lint-ignore prefer-const -- a `let` is what is tested
let counter = 2;
class Point {
  constructor(readonly x: number) {}
}
/** A class that is exported. */
export class Exported {
  /** Any. */
  readonly x: number = 1;
}
enum Color {
  Red = 1,
}
/** An enum that is exported. */
export enum Shade {
  Dark = "dark",
}
// deno-lint-ignore no-namespace -- what compilers make of one is tested
namespace Inner {
  export const value = 1;
}
const { first, ...rest } = { first: 1, second: 2 };
// deno-lint-ignore no-var -- not the same as `let`, which is what is tested
var nothing: number | undefined;

/** The default export. */
export default class {
  /** Any. */
  readonly x: number = 1;
}

/** Captured at the end. */
export const capturedBelow: EarlyCaptures = await tryCapture({
  "a class": () => new Point(1).x,
  "an enum": () => Color.Red,
  "an exported enum": () => Shade.Dark,
  "a default export": () => new Main().x,
});
