/** Whether two types are one: `any`, optional and readonly members count. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles when `T` is true. */
export function holds<T extends true>(_proof?: T): void {}
