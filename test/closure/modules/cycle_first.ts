/** Imports a module that imports this one, and runs after it. */
import { shared } from "./cycle_second.ts";

/** Runs at any time. */
export function declared(x: number): number {
  return x + 1;
}

/** Needs a constant of this module. */
export function reach(): number {
  return limit + 1;
}

/** A constant. */
export const limit: number = shared + 1;

/** A class. */
export class Point {
  constructor(readonly x: number) {}
}

/** An enum. */
export enum Color {
  Red = 1,
}

/** The default export. */
export default class Main {
  /** Any. */
  readonly x: number = 1;
}
