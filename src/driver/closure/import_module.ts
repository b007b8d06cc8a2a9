/**
 * Imports a module by its address. The npm package has `import_module_npm.ts`
 * in place of this file.
 *
 * @param url the address
 */
export function importModule(url: string): Promise<unknown> {
  return import(url);
}
