/** A local module whose exports are captured by value. */
import { sep } from "node:path";

interface Scaled {
  readonly by: number;
}

const FACTOR = 3;
const settings: Scaled = { by: FACTOR };

/** A live binding. */
export let changes = 0;

/** Changes it. */
export function change(): number {
  changes += 1;
  return changes;
}

/** Uses what it does not export. */
export function scale(x: number): number {
  return x * settings.by;
}

/** Uses a binding of a `node:` module. */
export const separator = (): string => sep;

/** A value of its own kind. */
export enum Colour {
  Red = 1,
  Green,
}

/** A class with a hidden helper. */
export class Circle {
  readonly radius: number;
  constructor(radius: number) {
    this.radius = radius;
  }
  area(): number {
    return scale(this.radius) * this.radius;
  }
}

/** The default export. */
export default function doubled(x: number): number {
  return scale(x) * 2;
}

/** Never used by a case through its namespace: it could not be serialized. */
export const pending: Promise<number> = Promise.resolve(1);
