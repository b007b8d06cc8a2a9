const load = new Function("url", "return import(url)") as (
  url: string,
) => Promise<unknown>;

/**
 * Imports a module by its address. From this text, since compilers to CommonJS
 * make `require()` of an `import()` that they see, which takes no addresses and
 * no modules that await.
 *
 * @param url the address
 */
export function importModule(url: string): Promise<unknown> {
  return load(url);
}
