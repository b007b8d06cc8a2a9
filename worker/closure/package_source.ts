/** Where functions find what packages export. */
export interface PackageSource {
  /**
   * What `require` gives of a module.
   *
   * @param name its name among those that are sent, such as `"lodash-es/groupBy.js"`
   * @throws WorkerError `PACKAGE_MISSING`
   */
  module(name: string): unknown;
  /**
   * What `import()` gives of a module.
   *
   * @param name its name among those that are sent
   * @throws WorkerError `PACKAGE_MISSING`
   */
  import(name: string): Promise<unknown>;
}
