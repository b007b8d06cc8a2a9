/** A right that a runtime may withhold, as Deno's permissions describe it. */
export type Right =
  | { readonly name: "run"; readonly command: string }
  | { readonly name: "net"; readonly host: string }
  | { readonly name: "env"; readonly variable: string }
  | { readonly name: "read" | "write"; readonly path: string }
  | { readonly name: "sys" };

/**
 * Which of some rights the program lacks. At a terminal, Deno asks the user
 * for them first.
 *
 * @param rights what is needed
 * @returns those that are not granted; none on a runtime that withholds nothing
 */
export function missingRights(rights: readonly Right[]): Right[] {
  const deno = Reflect.get(globalThis, "Deno") as DenoWithRights | undefined;
  if (deno === undefined) return [];
  return rights.filter((right) =>
    deno.permissions.requestSync(right).state !== "granted"
  );
}

/** The part of `Deno` that is needed here, and that Node.js lacks. */
interface DenoWithRights {
  readonly permissions: {
    requestSync(right: Right): { readonly state: string };
  };
}

/** The option of `deno run` that grants rights of one name, such as `--allow-read=/a,/b`. */
export function rightsOption(
  name: Right["name"],
  rights: readonly Right[],
): string {
  const values = rights.filter((right) => right.name === name).map(valueOf);
  return `--allow-${name}${values.some(Boolean) ? `=${values.join(",")}` : ""}`;
}

function valueOf(right: Right): string {
  switch (right.name) {
    case "run":
      return right.command;
    case "net":
      return right.host;
    case "env":
      return right.variable;
    case "read":
    case "write":
      return right.path;
    case "sys":
      return "";
  }
}
