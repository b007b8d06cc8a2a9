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
 * @param analysis what its analyze() said of the call, for its instances; null without
 * @throws WorkerError `TABLE_FUNCTION_INVALID`
 */
export function tableHandlers(
  root: unknown,
  name: string,
  analysis: object | null = null,
): () => TableHandler {
  if (typeof root !== "function") throw invalid(root, name);
  const { prototype } = root as { readonly prototype?: { eval?: unknown } };
  if (typeof prototype?.eval !== "function") {
    return () => ({ eval: root as AnyFunction, terminate: () => [] });
  }
  const Handler = root as new (...analysis: readonly object[]) => {
    eval: AnyFunction;
    terminate?: AnyFunction;
  };
  return () => {
    const handler = analysis === null ? new Handler() : new Handler(analysis);
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
