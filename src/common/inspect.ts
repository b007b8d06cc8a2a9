/** The method by which Deno's console prints an object. */
export const DENO_INSPECT: unique symbol = Symbol.for("Deno.customInspect");

/** The method by which Node's console prints an object. */
export const NODE_INSPECT: unique symbol = Symbol.for(
  "nodejs.util.inspect.custom",
);

/** The method by which notebooks of Deno show an object. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** Prints a value as the console that asks would. */
export type Inspect = (value: unknown) => string;

/**
 * Has the consoles of Deno and Node print objects of a class in a way of
 * their own, by methods that are in no type; `String()` and JSON have the same
 * text where the class says nothing else.
 *
 * @param prototype of the class
 * @param print what is printed of an object
 */
export function printBy<T extends object>(
  prototype: T,
  print: (self: T, inspect: Inspect) => string,
): void {
  type InspectWith = (value: unknown, options: unknown) => string;
  Object.defineProperty(prototype, DENO_INSPECT, {
    value(this: T, inspect: InspectWith, options: unknown): string {
      return print(this, (value) => inspect(value, options));
    },
  });
  Object.defineProperty(prototype, NODE_INSPECT, {
    value(
      this: T,
      _depth: unknown,
      options: unknown,
      inspect: InspectWith,
    ): string {
      return print(this, (value) => inspect(value, options));
    },
  });
  for (const name of ["toString", "toJSON"]) {
    if (Object.hasOwn(prototype, name)) continue;
    Object.defineProperty(prototype, name, {
      value(this: T): string {
        return name === "toJSON" ? this.toString() : print(this, String);
      },
    });
  }
}
