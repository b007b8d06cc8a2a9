/** Sends a message to all that show the notebook, as Jupyter's protocol has it. */
export type Broadcast = (
  type: string,
  content: Record<string, unknown>,
) => Promise<void>;

/**
 * What sends messages to the notebook that this program is the kernel of; null
 * in other programs. Only Deno has notebooks of its own.
 *
 * @param global the global object
 */
export function findNotebook(global: object = globalThis): Broadcast | null {
  const jupyter = kernelOf(property(global, "Deno"));
  const broadcast = property(jupyter, "broadcast");
  return typeof broadcast === "function"
    ? (type, content) => Reflect.apply(broadcast, jupyter, [type, content])
    : null;
}

/** Deno has it in every program, and throws in those that are no kernel. */
function kernelOf(deno: unknown): unknown {
  try {
    return property(deno, "jupyter");
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
