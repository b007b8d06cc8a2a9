/** The method by which Deno's console prints an object. */
export const DENO_INSPECT: unique symbol = Symbol.for("Deno.customInspect");

/** The method by which Node's console prints an object. */
export const NODE_INSPECT: unique symbol = Symbol.for(
  "nodejs.util.inspect.custom",
);
