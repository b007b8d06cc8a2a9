import { constants, Script } from "node:vm";
import { WorkerError } from "../../src/common/errors.ts";
import { installedPackages } from "./installed_packages.ts";
import {
  BUNDLE_SCRIPT,
  REVIVED_SCHEME,
} from "../../src/protocol/closure_record.ts";
import type { CommandPackages } from "../../src/protocol/command.ts";
import {
  decodeBundle,
  type PackageBundle,
} from "../../src/serde/package_bundle.ts";
import { placesOf } from "./package_places.ts";
import type { PackageSource } from "./package_source.ts";

/** What a bundle's script exports. */
interface Bundle {
  readonly modules: Readonly<Record<string, () => unknown>>;
  readonly imports: Readonly<Record<string, () => Promise<unknown>>>;
}

/**
 * The packages that this worker was sent or that are installed beside it. A
 * bundle is evaluated once for each worker; what is in it, when it is first
 * asked for.
 */
export class PackageStore {
  readonly #bytes: (broadcast: number) => Uint8Array;
  readonly #folders: () => readonly string[];
  readonly #bundles = new Map<number, PackageSource>();

  /**
   * Makes an empty store.
   *
   * @param bytes reads a broadcast
   * @param folders where `node_modules` may lie when nothing is sent
   */
  constructor(
    bytes: (broadcast: number) => Uint8Array,
    folders: () => readonly string[],
  ) {
    this.#bytes = bytes;
    this.#folders = folders;
  }

  /** The packages that a command names. */
  source(packages: CommandPackages): PackageSource {
    switch (packages.kind) {
      case "none":
        return NO_PACKAGES;
      case "installed":
        return installedPackages(this.#folders());
      case "bundle": {
        let source = this.#bundles.get(packages.broadcast);
        if (source === undefined) {
          const bundle = decodeBundle(this.#bytes(packages.broadcast));
          source = evaluate(bundle, packages.name);
          this.#bundles.set(packages.broadcast, source);
        }
        return source;
      }
    }
  }
}

/** Packages of a worker that was sent none. */
export const NO_PACKAGES: PackageSource = {
  module: (name) => notSent(name),
  import: (name) => Promise.try(() => notSent(name)),
};

function evaluate(bundle: PackageBundle, name: string): PackageSource {
  const module: { exports: Partial<Bundle> } = { exports: {} };
  const surroundings = new Map<string, unknown>([
    ["module", module],
    ["exports", module.exports],
    ...placesOf(bundle),
  ]);
  const names = [...surroundings.keys()].join();
  // On one line, so that the script's own lines keep their numbers.
  const script = new Script(`(function(${names}){${bundle.text}\n})`, {
    filename: `${REVIVED_SCHEME}${BUNDLE_SCRIPT}${name}`,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  script.runInThisContext()(...surroundings.values());
  const { modules = {}, imports = {} } = module.exports;
  const find = <T>(table: Readonly<Record<string, T>>, name: string): T =>
    Object.hasOwn(table, name) ? table[name] ?? notSent(name) : notSent(name);
  return {
    module: (name) => find(modules, name)(),
    import: (name) => Promise.try(() => find(imports, name)()),
  };
}

function notSent(name: string): never {
  throw new WorkerError(
    "PACKAGE_MISSING",
    `Cannot import "${name}" on a worker: it was not sent with the function; write its name as a literal, or call sc.addPackage("${name}") first`,
    { module: name },
  );
}
