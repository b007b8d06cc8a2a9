import { fileURLToPath } from "node:url";
import { errorStack } from "../../common/error_message.ts";
import { framePosition } from "../../common/frame_position.ts";

/** Which operation a user wrote, and where. */
export interface CallSite {
  /** The operation as the user wrote it, such as `map()`. */
  readonly operation: string;
  /** File, line and column in the user's program, such as `file:///app.ts:14:9`; empty when unknown. */
  readonly position: string;
}

const OWN_CODE = new URL("../../../", import.meta.url);
/** As stacks tell modules, by address, and CommonJS in Node, by path. */
const OWN_FOLDERS = [
  OWN_CODE.href,
  ...(OWN_CODE.protocol === "file:" ? [fileURLToPath(OWN_CODE)] : []),
].flatMap((root) => [`${root}src/`, `${root}mod.`]);

/**
 * Notes where the user's program called an operation.
 *
 * @param operation the operation as the user wrote it, such as `map()`
 */
export function callSite(operation: string): CallSite {
  const frames = new Error().stack?.split("\n").slice(1) ?? [];
  const found = frames.filter((line) => !isOwn(line)).map(framePosition).find((
    place,
  ) => place !== null);
  const position = found === undefined || found === null
    ? ""
    : `${found.url}:${found.line}:${found.column}`;
  return { operation, position };
}

/**
 * A call's place that is read only when somebody asks: to take a stack costs
 * a tenth of reading it, and most expressions never fail.
 */
export class LateSite {
  #trace: { readonly stack?: unknown } | null;
  #site: CallSite | null = null;

  /** @param below the library's function that asks; the stack begins with its caller */
  constructor(below: (...args: never[]) => unknown) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = LATE_FRAMES;
    Error.captureStackTrace(this.#trace = {}, below);
    Error.stackTraceLimit = limit;
  }

  /** The method that the program called, without brackets, and where; null when unknown. */
  get site(): CallSite | null {
    if (this.#trace === null) return this.#site;
    const { stack } = this.#trace;
    this.#trace = null; // it holds on to the objects of its frames
    return this.#site = typeof stack === "string" ? calledFrom(stack) : null;
  }
}

/** The library calls itself a few times between the program and an expression. */
const LATE_FRAMES = 6;

/** The library's outermost function of a stack, and who called it. */
function calledFrom(stack: string): CallSite | null {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const user = frames.findIndex((line) => !isOwn(line));
  const place = framePosition(frames[user] ?? "");
  const [, method] =
    /^\s+at (?:\S+\.)?([\w$]+) /.exec(frames[user - 1] ?? "") ??
      [];
  return place === null || method === undefined ? null : {
    operation: method,
    position: `${place.url}:${place.line}:${place.column}`,
  };
}

function isOwn(line: string): boolean {
  return OWN_FOLDERS.some((folder) => line.includes(folder));
}

/**
 * The frames of the program's own functions, a line each.
 *
 * @param error what they threw; empty for what is no error
 */
export function programFrames(error: unknown): string {
  return errorStack(error).split("\n").filter((line) =>
    /^\s+at /.test(line) && !isOwn(line) && !/[( ](ext|node):/.test(line)
  ).join("\n");
}

/** A call site in a few words: `map() at app.ts:14:9`. */
export function describeSite(site: CallSite): string {
  if (site.position === "") return site.operation;
  const file = site.position.slice(site.position.lastIndexOf("/") + 1);
  return `${site.operation} at ${file}`;
}
