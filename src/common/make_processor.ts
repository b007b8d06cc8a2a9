import { WorkerError } from "./errors.ts";
import { describeValue } from "./describe_value.ts";

/** A processor of the program's, alive. */
export interface Processor {
  init(handle: object): unknown;
  handleInputRows(key: object, rows: unknown, timerValues: object): unknown;
  handleExpiredTimer?(
    key: object,
    timerValues: object,
    timer: object,
  ): unknown;
  handleInitialState?(
    key: object,
    row: object,
    timerValues: object,
  ): unknown;
  close?(): unknown;
}

/**
 * Makes a processor.
 *
 * @param root a class, or a function that gives one
 * @param name its name
 * @throws WorkerError `PROCESSOR_INVALID`
 */
export function makeProcessor(root: unknown, name: string): Processor {
  const made = typeof root === "function" ? construct(root) : root;
  if (isProcessor(made)) return made;
  throw new WorkerError(
    "PROCESSOR_INVALID",
    `Cannot use ${
      describeValue(made)
    } as the processor "${name}": give a class with the methods init() and handleInputRows(), or a function that makes such an object`,
    { processor: name },
  );
}

function construct(root: object): unknown {
  const { prototype } = root as { readonly prototype?: object };
  return typeof prototype === "object" && "handleInputRows" in prototype
    ? new (root as new () => unknown)()
    : (root as () => unknown)();
}

function isProcessor(value: unknown): value is Processor {
  return typeof value === "object" && value !== null &&
    "init" in value && typeof value.init === "function" &&
    "handleInputRows" in value && typeof value.handleInputRows === "function";
}
