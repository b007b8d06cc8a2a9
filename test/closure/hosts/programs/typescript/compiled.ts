/** Syntax that is compiled, not stripped. */

/** With names in both directions. */
export enum Colour {
  Red = 1,
  Green = Red << 2,
}

/** With names in one direction. */
export enum Mode {
  Fast = "fast",
}

/** Has no private names, so its objects travel. */
export class Box {
  constructor(readonly size: number, readonly inner: Box | null = null) {}
  total(): number {
    return this.size + (this.inner?.total() ?? 0);
  }
}
