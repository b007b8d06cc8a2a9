import { WorkerError } from "../../src/common/errors.ts";
import { describeValue } from "../../src/common/describe_value.ts";

type AnyFunction = (...args: unknown[]) => unknown;

/** An instance of a table function: what is called for each row, and at the end of a partition. */
export interface TableHandler {
  eval(...args: unknown[]): unknown;
  /** Rows behind the last one; nothing where the function has no such method. */
  terminate(): unknown;
}

/**
 * Makes instances of a table function.
 *
 * @param root a class with a method `eval`, perhaps `terminate`; or a function
 * @param name its name
 * @throws WorkerError `TABLE_FUNCTION_INVALID`
 */
export function tableHandlers(root: unknown, name: string): () => TableHandler {
  if (typeof root !== "function") throw invalid(root, name);
  const { prototype } = root as { readonly prototype?: { eval?: unknown } };
  if (typeof prototype?.eval !== "function") {
    return () => ({ eval: root as AnyFunction, terminate: () => [] });
  }
  const Handler = root as new () => {
    eval: AnyFunction;
    terminate?: AnyFunction;
  };
  return () => {
    const handler = new Handler();
    return {
      eval: (...args) => handler.eval(...args),
      terminate: () => handler.terminate?.() ?? [],
    };
  };
}

function invalid(root: unknown, name: string): WorkerError {
  return new WorkerError(
    "TABLE_FUNCTION_INVALID",
    `Cannot use ${
      describeValue(root)
    } as the table function "${name}": give a class with a method eval(), or a function`,
    { function: name },
  );
}
