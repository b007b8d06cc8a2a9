/**
 * Calls a function of the program's so that what it throws, at once or later,
 * has the program's frames alone: a terminal prints all that an error has.
 *
 * @param f best a bound function, which adds no frame either
 */
export function detached(f: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Stacks go on through await, and through a promise's own resolve.
    Promise.resolve().then(f).then(
      (value) => resolve(value),
      (error) => reject(error),
    );
  });
}
