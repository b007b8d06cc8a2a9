import { SparkError } from "./errors.ts";

/** A value for a parameter. */
export interface GivenArgument<T> {
  /** The parameter's name; null for one that is given by its place. */
  readonly name: string | null;
  readonly value: T;
}

/**
 * Arguments in the order of a function's parameters.
 *
 * @param f the function's name, for messages
 * @param parameters the parameters' names, null for patterns; null where they are not known
 * @param given arguments by place, then those by name
 * @throws SparkError `ARGUMENT_NAME_INVALID`
 */
export function orderedArguments<T>(
  f: string,
  parameters: readonly (string | null)[] | null,
  given: readonly GivenArgument<T>[],
): T[] {
  const ordered = new Map<number, T>();
  given.forEach(({ name, value }, place) => {
    const at = name === null ? place : placeOf(f, parameters, name);
    if (ordered.has(at)) {
      throw invalid(f, name, "it is given twice; give it once");
    }
    ordered.set(at, value);
  });
  return Array.from({ length: ordered.size }, (_, at) => {
    if (!ordered.has(at)) {
      const name = parameters?.[at] ?? null;
      throw invalid(
        f,
        name,
        "others behind it are given, and it is not; give it too",
      );
    }
    return ordered.get(at) as T;
  });
}

function placeOf(
  f: string,
  parameters: readonly (string | null)[] | null,
  name: string,
): number {
  if (parameters === null) {
    const reason =
      "the text of the function, which has the names, is not known (it is native or bound); give arguments in their order";
    throw invalid(f, name, reason);
  }
  const at = parameters.indexOf(name);
  if (at >= 0) return at;
  const names = parameters.map((known) =>
    known === null ? "a pattern" : `"${known}"`
  );
  throw invalid(
    f,
    name,
    `it has the parameters ${
      names.join(", ") || "none"
    }; use one of their names, and arguments in their order for patterns`,
  );
}

function invalid(f: string, name: string | null, reason: string): SparkError {
  return new SparkError(
    "ARGUMENT_NAME_INVALID",
    `Cannot call "${f}" with its parameter "${name ?? "a pattern"}": ${reason}`,
    { function: f, parameter: name ?? "" },
  );
}
