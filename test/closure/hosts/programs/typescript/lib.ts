/** What the cases import: a default export, names, state, a position. */
import { basename } from "node:path";

/** Types above the code, so that stripped and compiled lines differ. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const FACTOR: number = 3;
const names = new Map<string, Point>([["home", { x: 1, y: 2 }]]);

/** A live binding of this module. */
export let changes = 0;

/** Writes the binding. */
export function change(): number {
  changes += 1;
  return changes;
}

/** Uses what is not exported. */
export default function scale(x: number): number {
  return x * FACTOR;
}

/** Reads a map of the module. */
export const place = (name: string): string => {
  const { x = -1, y = -1 } = names.get(name) ?? {};
  return `${name} ${x},${y}`;
};

/** Uses a function of a `node:` module by its own binding. */
export function fileName(path: string): string {
  return basename(path, ".txt");
}

/** Throws at a position that the test looks up in this file. */
export function check(point: Point): number {
  const sum: number = point.x + point.y;
  if (sum > FACTOR) {
    throw new RangeError(`too far: ${sum}`);
  }
  return sum;
}

/** Never used by a case: a module with it must be of use all the same. */
export const pending: Promise<number> = Promise.resolve(1);
