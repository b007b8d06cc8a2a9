/**
 * An object that can be awaited: `await` waits for something and gives a twin
 * of the object that cannot, so that no waiting follows.
 *
 * @param object what gets a `then`
 * @param done what is waited for; looked at only when somebody awaits
 * @param twin makes what `await` gives
 */
export function awaitable<T extends object>(
  object: T,
  done: Promise<void>,
  twin: () => T,
): T & PromiseLike<T> {
  const then: PromiseLike<T>["then"] = (onFulfilled, onRejected) =>
    done.then(twin).then(onFulfilled, onRejected);
  return Object.defineProperty(object, "then", { value: then }) as
    & T
    & PromiseLike<T>;
}
