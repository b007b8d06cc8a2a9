import { type HasRelation, RELATION } from "../frame_relation.ts";
import type { Relation } from "../plan/relation.ts";
import type { JavaObject } from "../../gateway/java_object.ts";

/** Options of a data source, by their Spark names. */
export type SourceOptions = Readonly<
  Record<string, string | number | bigint | boolean>
>;

/** A name of an option: editors offer those that are known, and Spark may know others. */
export type OptionName<O extends object> =
  | (keyof O & string)
  | (string & Record<never, never>);

/** Paths, and the options of a format behind them. */
export type PathsAndOptions<O extends object> =
  | readonly string[]
  | readonly [...paths: string[], options: O];

/** The paths, and the options behind them without those left undefined. */
export function splitPaths(
  args: readonly (string | object)[],
): { readonly paths: readonly string[]; readonly options: SourceOptions } {
  const last = args.at(-1);
  if (typeof last !== "object" || last === null || Array.isArray(last)) {
    return { paths: args as readonly string[], options: {} };
  }
  return {
    paths: args.slice(0, -1) as readonly string[],
    options: definedOptions(last),
  };
}

/** The frame of texts, and the options behind it; null where the first argument is no frame. */
export function splitTexts(
  [texts, options = {}]: readonly (string | object)[],
): { readonly texts: Relation; readonly options: SourceOptions } | null {
  if (typeof texts !== "object" || !(RELATION in texts)) return null;
  const { [RELATION]: node } = texts as HasRelation;
  return { texts: node, options: definedOptions(Object(options)) };
}

/** Options without those that are undefined. */
export function definedOptions(options: object): SourceOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
}

/**
 * Sets options of a reader or writer in the JVM.
 *
 * @param target a reader or writer
 * @param options the options
 * @returns the reader or writer
 */
export async function applyOptions(
  target: JavaObject,
  options: SourceOptions,
): Promise<JavaObject> {
  let current = target;
  for (const [key, value] of Object.entries(options)) {
    current = await current.callObject("option", key, String(value));
  }
  return current;
}

/** Values as a `java.util.Properties`. */
export async function javaProperties(
  { gateway }: Pick<JavaObject, "gateway">,
  values: Readonly<Record<string, string>>,
): Promise<JavaObject> {
  const properties = await gateway.construct("java.util.Properties");
  for (const [key, value] of Object.entries(values)) {
    await properties.call("setProperty", key, value);
  }
  return properties;
}
