import { ProtocolError } from "../common/errors.ts";

/** A condition, a colon and a text, as `native/src/lib.rs` writes them. */
const CONDITION_AND_TEXT = /^([A-Z]+(?:_[A-Z]+)*): (.)(.*)$/s;

/**
 * Gives a call of the addon whose errors are of our classes.
 *
 * @param name what the addon calls it
 * @param call the addon's function
 * @returns a function that throws `ProtocolError` with the condition that the
 * addon names, and passes on what names none, such as a wrong argument's `Error`
 * @throws ProtocolError `ADDON_OUTDATED` when the addon has no such function
 */
export function withOurErrors<Args extends unknown[], Result>(
  name: string,
  call: ((...args: Args) => Result) | undefined,
): (...args: Args) => Result {
  if (call === undefined) {
    throw new ProtocolError(
      "ADDON_OUTDATED",
      `Cannot use the native addon: it has no function "${name}"; build it again with "deno task native"`,
      { name },
    );
  }
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      throw toOurError(error);
    }
  };
}

/**
 * As {@link withOurErrors}, for a call that gives a promise.
 *
 * @param name what the addon calls it
 * @param call the addon's function
 * @throws ProtocolError `ADDON_OUTDATED` when the addon has no such function
 */
export function withOurRejections<Args extends unknown[], Result>(
  name: string,
  call: ((...args: Args) => Promise<Result>) | undefined,
): (...args: Args) => Promise<Result> {
  const begin = withOurErrors(name, call);
  return async (...args) => {
    try {
      return await begin(...args);
    } catch (error) {
      throw toOurError(error);
    }
  };
}

function toOurError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [, condition, first = "", rest = ""] =
    CONDITION_AND_TEXT.exec(error.message) ?? [];
  if (condition === undefined) return error;
  const text = first.toUpperCase() + rest;
  return new ProtocolError(condition, text, {}, { cause: error });
}
