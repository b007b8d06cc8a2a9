import { ClosureError } from "../../common/errors.ts";
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import type { CommandPackages } from "../../protocol/command.ts";
import {
  encodeBundle,
  type PackageBundle,
} from "../../serde/package_bundle.ts";
import { bundlePackages } from "../closure/bundle_packages.ts";
import { filesOf, refuseChanged } from "../closure/package_surface.ts";
import type { ClosureCapturer } from "../closure/closure_capturer.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { SparkConf } from "./spark_conf.ts";
import type { SharedVariables } from "./shared_variables.ts";

/** How packages get to the workers. */
export type PackageMode = "bundle" | "installed";

/** What the packages of an application need of it. */
export interface PackageBundlesOptions {
  readonly capturer: ClosureCapturer;
  readonly shared: SharedVariables;
  readonly mode: PackageMode;
}

/** What a command says of packages, and the JVM's broadcast that it names. */
export interface NeededPackages {
  readonly packages: CommandPackages;
  readonly broadcast: JavaObject | null;
}

interface Script {
  /** By which stacks name it. */
  readonly name: string;
  readonly content: PackageBundle;
  /** Addresses of the files in it. */
  readonly files: ReadonlySet<string>;
}

interface Bundle {
  readonly name: string;
  readonly java: JavaObject;
  readonly id: number;
}

/**
 * Sends the packages that functions use: one script for the application, made
 * anew only when a function uses a module that is not in it, and sent to each
 * executor once, as a broadcast.
 */
export class PackageBundles {
  readonly #options: PackageBundlesOptions;
  readonly #modules = new Map<string, string>();
  readonly #imports = new Set<string>();
  #files = new Map<string, ReadonlySet<string>>();
  readonly #bundled = new Set<string>();
  #script: Promise<Script> | null = null;
  #bundle: Promise<Bundle> | null = null;
  #count = 0;

  /** @param options the application */
  constructor(options: PackageBundlesOptions) {
    this.#options = options;
  }

  /**
   * Lets functions import a module by a name that is not a literal in their text.
   *
   * @param specifier as an import would have it
   * @param files of the module's package, from its folder on
   * @throws ClosureError PACKAGES_NOT_BUNDLED where it is not to be found;
   *   PACKAGE_FILE_MISSING, PACKAGE_FILES_TOO_LARGE
   */
  async add(specifier: string, files: readonly string[] = []): Promise<void> {
    const isNew = !this.#imports.has(specifier);
    const filesBefore = new Map(this.#files);
    if (files.length > 0) {
      const name = packageIn(specifier);
      this.#files.set(
        name,
        new Set(files).union(this.#files.get(name) ?? NONE),
      );
      this.#script = this.#bundle = null;
    }
    this.#want(new Map(), [specifier]);
    if (this.#options.mode === "installed") return;
    try {
      await (this.#script ??= this.#make());
    } catch (error) {
      if (isNew) this.#imports.delete(specifier);
      this.#files = filesBefore;
      this.#script = null;
      throw error;
    }
  }

  /**
   * Brings to the JVM what functions use of packages.
   *
   * @param records the functions
   * @throws ClosureError PACKAGES_NOT_BUNDLED; PACKAGE_CHANGED where a worker
   *   would load one without what the program has put on it
   */
  async needed(
    records: readonly (ClosureRecord | null)[],
  ): Promise<NeededPackages> {
    const modules = new Map<string, string>();
    const imports: string[] = [];
    let usesImport = false;
    for (const node of records.flatMap((record) => record?.nodes ?? [])) {
      if (node.kind === "package") {
        const url = this.#options.capturer.packages.urlOf(node.module);
        modules.set(node.module, url ?? node.module);
      } else if (node.kind === "importer") {
        usesImport = true;
        imports.push(
          ...node.modules.filter((name) => !name.startsWith("node:")),
        );
      }
    }
    const needsNone = modules.size === 0 && imports.length === 0 &&
      !(usesImport && this.#imports.size > 0);
    if (needsNone) return { packages: { kind: "none" }, broadcast: null };
    if (this.#options.mode === "installed") {
      return { packages: { kind: "installed" }, broadcast: null };
    }
    this.#want(modules, imports);
    const sending = this.#bundle ??= this.#send();
    try {
      const { id, name, java } = await sending;
      await this.#refuseChanged(modules, records);
      return {
        packages: { kind: "bundle", broadcast: id, name },
        broadcast: java,
      };
    } catch (error) {
      const isSent = error instanceof ClosureError &&
        error.condition === "PACKAGE_CHANGED";
      if (!isSent && this.#bundle === sending) {
        this.#bundle = this.#script = null;
      }
      if (!isSent) this.#forget(modules, imports);
      throw error;
    }
  }

  async #refuseChanged(
    modules: ReadonlyMap<string, string>,
    records: readonly (ClosureRecord | null)[],
  ): Promise<void> {
    const script = await this.#script;
    const { capturer } = this.#options;
    for (const module of modules.keys()) {
      const added = await capturer.addedTo(module);
      if (added.length === 0 || script === null) continue;
      const codes = records.flatMap((record) => record?.codes ?? []);
      refuseChanged(added, { modules, codes, files: script.files });
    }
  }

  #want(
    modules: ReadonlyMap<string, string>,
    imports: readonly string[],
  ): void {
    const before = this.#modules.size + this.#imports.size;
    for (const [name, url] of modules) this.#modules.set(name, url);
    for (const specifier of imports) this.#imports.add(specifier);
    if (this.#modules.size + this.#imports.size === before) return;
    this.#script = this.#bundle = null;
  }

  /** What cannot be bundled shall not fail the next job, which may not need it. */
  #forget(
    modules: ReadonlyMap<string, string>,
    imports: readonly string[],
  ): void {
    for (const name of modules.keys()) this.#modules.delete(name);
    for (const specifier of imports) this.#imports.delete(specifier);
  }

  async #send(): Promise<Bundle> {
    const { name, content } = await (this.#script ??= this.#make());
    const { java, id } = await this.#options.shared.broadcastCommand(
      encodeBundle(content),
      "rdd",
    );
    return { name, java: java.keep(), id };
  }

  async #make(): Promise<Script> {
    const names = [...this.#modules.keys(), ...this.#imports];
    const script = await bundlePackages({
      added: names.filter((name) => !this.#bundled.has(name)),
      modules: new Map(this.#modules),
      imports: new Set(this.#imports),
      files: this.#files,
    });
    for (const known of names) this.#bundled.add(known);
    const name = String(++this.#count);
    this.#options.capturer.addBundle(name, script);
    return { name, content: script, files: filesOf(script) };
  }
}

/**
 * What `spark.tspark.packages` says.
 *
 * @throws RangeError where it is neither
 */
export function packageMode(conf: SparkConf): PackageMode {
  const mode = conf.get(PACKAGES, "bundle");
  if (mode === "bundle" || mode === "installed") return mode;
  throw new RangeError(
    `Cannot use "${mode}" for ${PACKAGES}: it is neither "bundle" nor "installed"; set one of them`,
  );
}

const NONE: ReadonlySet<string> = new Set();

/** The package of an import: `"x"` of `"npm:x@1/y"`. */
function packageIn(specifier: string): string {
  const name = /^(?:npm:|jsr:)?\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier);
  return name?.[1] ?? specifier;
}

const PACKAGES = "spark.tspark.packages";
