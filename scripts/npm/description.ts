/**
 * What the npm package is: for dnt, by which `build_npm.ts` builds what is
 * published, and for `build_npm_local.ts`, which stands in for it where JSR
 * cannot be reached.
 *
 * @module
 */
import { OLDEST_NODE } from "../../src/cli/check_node.ts";
import { PLOT_PACKAGES } from "../../src/driver/sql/plot/render_plot.ts";
import { ADDON_TARGETS } from "../../src/bridge/addon_targets.ts";

/** A module that people reach by a name of its own, or a program. */
export interface EntryPoint {
  readonly kind: "export" | "bin";
  /** `"."` or `"./name"` of an export; the name of a program. */
  readonly name: string;
  /** Its source, from the project's root. */
  readonly path: string;
}

/** The npm package, as far as it is told and not built. */
export interface PackageDescription {
  readonly entryPoints: readonly EntryPoint[];
  /** Modules that others stand in for: from, to, both from the project's root. */
  readonly mappings: Readonly<Record<string, string>>;
  /** Fields of `package.json`, without those that follow from the build. */
  readonly fields: PackageFields;
  /** Packages that the build needs beyond those that the package does. */
  readonly buildDependencies: Readonly<Record<string, string>>;
  /** Files that are copied as they are: from the project's root, to the package's. */
  readonly copies: Readonly<Record<string, string>>;
  /** The program that Spark's executors start. */
  readonly worker: WorkerDescription;
}

/** The worker: one source, and the one file that it becomes, for Deno. */
export interface WorkerDescription {
  /** From the project's root. */
  readonly source: string;
  /** In the package. */
  readonly target: string;
}

/** Fields of a `package.json`. */
export interface PackageFields {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: string[];
  readonly license: string;
  readonly engines: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { optional: boolean }>;
  readonly bin: Record<string, string>;
  /** How `.js` files beside it are read. */
  readonly type: "module";
  /** Types for those who do not read `exports`. */
  readonly types: string;
  /** What can be imported beside the entry points. */
  readonly exports: Record<string, string>;
}

/** What the description takes from `deno.json`. */
export interface ProjectConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
}

/** The JavaScript that both builds aim at: that of Node 22. */
export const NODE_TARGET = "ES2022" as const;

/** What the driver imports, by its name in `deno.json`. */
const DEPENDENCIES: readonly string[] = [
  "@jridgewell/trace-mapping",
  "acorn",
  "apache-arrow",
  "cbor-x/index-no-eval", // commands
  "commander", // the command line
  "esbuild", // bundles the packages that functions use
  "modern-tar", // packs the worker for executors
  "pure-rand/",
  "shlex",
];

/** Workers run on it; any later 2.x will do. */
const DENO_VERSION = "^2.9.6";

/**
 * Describes the package.
 *
 * @param config what `deno.json` says
 * @throws Error when `deno.json` has no version of a dependency
 */
export function describePackage(config: ProjectConfig): PackageDescription {
  const { name, version, license } = config;
  return {
    entryPoints: Object.entries(config.exports).map(([name, file]) => {
      const path = file.replace("./", "");
      return name === "./cli"
        ? { kind: "bin", name: "tspark", path }
        : { kind: "export", name, path };
    }),
    mappings: {
      "src/common/platform/deno.ts": "src/common/platform/node.ts",
      "src/driver/launch/installed_worker.ts":
        "src/driver/launch/installed_worker_npm.ts",
      "src/driver/closure/import_module.ts":
        "src/driver/closure/import_module_npm.ts",
    },
    fields: {
      name,
      version,
      description: "Apache Spark for TypeScript",
      keywords: ["spark", "apache-spark", "rdd", "typescript", "big-data"],
      license,
      engines: { node: `>=${OLDEST_NODE.major}.${OLDEST_NODE.minor}` },
      dependencies: {
        ...versionsOf(DEPENDENCIES, config),
        deno: DENO_VERSION,
      },
      // Each brings the addon of one platform; without any, TypeScript runs in its place.
      optionalDependencies: Object.fromEntries(
        ADDON_TARGETS.map(({ packageName }) => [packageName, version]),
      ),
      // Loaded when a plot is drawn into a file.
      peerDependencies: PLOT_PACKAGES,
      peerDependenciesMeta: Object.fromEntries(
        Object.keys(PLOT_PACKAGES).map((name) => [name, { optional: true }]),
      ),
      // dnt takes what is told here in place of what entry points say.
      bin: {
        tspark: "esm/src/cli/main.js",
        "tspark-worker": "esm/worker/main.mjs",
      },
      type: "module",
      types: "./esm/mod.d.ts",
      exports: { "./package.json": "./package.json" },
    },
    buildDependencies: {
      "@types/node": "22.20.5",
      typescript: "7.0.2",
    },
    copies: { "scripts/npm/readme.md": "README.md", LICENSE: "LICENSE" },
    worker: {
      source: "worker/main.ts",
      target: "esm/worker/main.mjs",
    },
  };
}

/** `package.json` names packages; `deno.json` may name parts of them. */
function versionsOf(
  names: readonly string[],
  { imports }: ProjectConfig,
): Record<string, string> {
  return Object.fromEntries(names.map((name) => {
    const specifier = imports[name] ?? "";
    const found = /^npm:\/?((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(specifier);
    const [, packageName, version] = found ?? [];
    if (packageName === undefined || version === undefined) {
      throw new Error(
        `Cannot describe the npm package: deno.json maps "${name}" to "${specifier}", which names no version; map it to one of npm`,
      );
    }
    return [packageName, version];
  }));
}
