// deno-lint-ignore-file explicit-module-boundary-types -- plain JavaScript has no types
import { basename } from "node:path";

const FACTOR = 3;

export let changes = 0;

export function change() {
  changes += 1;
  return changes;
}

export default (x) => x * FACTOR;

export const fileName = (path) => basename(path, ".txt");

export class Counter {
  #count;
  constructor(start) {
    this.#count = start;
  }
  next() {
    return ++this.#count;
  }
}

export function check(sum) {
  if (sum > FACTOR) throw new RangeError(`too far: ${sum}`);
  return sum;
}

export const pending = Promise.resolve(1);
