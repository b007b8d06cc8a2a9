/**
 * How many items of arrays are read one by one, by spreading them too, while a
 * body runs: what a quadratic algorithm has many of.
 */
export function countReads(body: () => void): number {
  const prototype = Object.getPrototypeOf([][Symbol.iterator]());
  const next = prototype.next;
  let count = 0;
  prototype.next = function (this: Iterator<unknown>): unknown {
    const step = next.call(this);
    if (!step.done) count++;
    return step;
  };
  try {
    body();
  } finally {
    prototype.next = next;
  }
  return count;
}
