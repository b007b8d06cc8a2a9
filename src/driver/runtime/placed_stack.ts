import type { CallSite } from "./call_site.ts";

/** A terminal shows an error's frames, and below them those of its cause. */
const MAX_FRAMES = 5;

/** The engine's own frames, such as that of `Generator.next`. */
const ENGINE = /^\s*at [^()]*\(<anonymous>\)$/;

/**
 * An error whose stack shows the program's code in place of ours: what failed
 * there, then the operation. Of the message only the first line: a terminal
 * prints the rest from the error itself.
 *
 * @param error made by us
 * @param site the operation
 * @param frames positions in the program's functions, a line each; none by default
 */
export function placed<E extends Error>(
  error: E,
  site: CallSite,
  frames: string = "",
): E {
  const place = site.position === ""
    ? ""
    : `\n    at ${site.operation} (${site.position})`;
  error.stack = `${shortStack(error, frames)}${place}`;
  return error;
}

/**
 * A stack of an error's first line and its innermost frames.
 *
 * @param error the error
 * @param frames positions, a line each
 */
export function shortStack(error: Error, frames: string): string {
  const [first = ""] = error.message.split("\n", 1);
  const lines = frames.split("\n").filter((line) =>
    line.trim() !== "" && !ENGINE.test(line)
  );
  return [`${error.name}: ${first}`, ...lines.slice(0, MAX_FRAMES)].join("\n");
}
