import type { JavaObject } from "../../gateway/java_object.ts";

/** Options of a data source, by their Spark names. */
export type SourceOptions = Readonly<
  Record<string, string | number | bigint | boolean>
>;

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
