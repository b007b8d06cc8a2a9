import type { PackageDescription } from "./description.ts";

/**
 * The package's `package.json`, with the fields that follow from its layout:
 * `esm/` and `script/` hold the same modules in two forms.
 *
 * @param description what the package is
 */
export function packageManifest(
  description: PackageDescription,
): Record<string, unknown> {
  const { fields, entryPoints } = description;
  const exports: Record<string, unknown> = {};
  for (const { kind, name, path } of entryPoints) {
    const file = path.replace(/\.ts$/, "");
    if (kind === "bin") continue; // told by the fields
    exports[name] = {
      import: { types: `./esm/${file}.d.ts`, default: `./esm/${file}.js` },
      require: {
        types: `./script/${file}.d.ts`,
        default: `./script/${file}.js`,
      },
    };
  }
  return {
    ...fields,
    main: "./script/mod.js",
    module: "./esm/mod.js",
    exports: { ...exports, ...fields.exports },
  };
}

/** A `package.json` that brings what the package and its build need. */
export function buildManifest(
  { fields, buildDependencies }: PackageDescription,
): Record<string, unknown> {
  return {
    private: true,
    type: "module",
    dependencies: { ...fields.dependencies, ...buildDependencies },
  };
}
