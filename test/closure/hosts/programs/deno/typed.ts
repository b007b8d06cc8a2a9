/** Typed into a REPL as it is, and run as the cells of a notebook. */
import * as lib from "../typescript/lib.ts";
import scale, { place } from "../typescript/lib.ts";
import { cases, early, refused } from "../typescript/all_cases.ts";

// cell
const amount: number = 7;
let counted = 0;
function helper(x: number): number {
  return x * amount;
}

// cell
class Typed {
  #hidden = helper(2);
  get hidden(): number {
    return this.#hidden;
  }
}
const typed: Record<string, () => unknown> = {
  "variables of earlier cells": () => `${amount} ${helper(3)}`,
  "a class of a cell": () => `${new Typed().hidden}`,
  "a variable that is written across cells": () => `${++counted}`,
  "imports of a cell": () => `${scale(amount)} ${place("home")}`,
  "import * as of a cell": () => `${lib.default(amount)}`,
};

// cell
const { report } = await import(Deno.env.get("TSPARK_HOSTS_HARNESS") ?? "");
await report({ ...cases, ...typed }, refused, early);
