/**
 * Waits for a promise, but not for ever.
 *
 * @param milliseconds the longest wait
 * @param promise what to wait for
 * @returns what it resolves to; undefined when it takes longer
 */
export async function withTimeout<T>(
  milliseconds: number,
  promise: Promise<T>,
): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
