/**
 * What TSpark uses of `jsr:@deno/dnt` 0.43, declared here so that the build
 * script is checked where JSR cannot be reached.
 *
 * @module
 */

/** The module itself. */
export interface DntModule {
  /** Builds a package. */
  build(options: BuildOptions): Promise<void>;
  /** Removes what is in a folder; makes it where it is missing. */
  emptyDir(path: string): Promise<void>;
}

/** An export or a program of the package. */
export interface DntEntryPoint {
  readonly kind?: "bin" | "export";
  readonly name: string;
  readonly path: string;
}

/** What to build, and how. */
export interface BuildOptions {
  readonly entryPoints: DntEntryPoint[];
  readonly outDir: string;
  readonly shims: Record<string, never>;
  readonly typeCheck?: "both" | "single" | false;
  readonly test?: boolean;
  readonly declaration?: "inline" | "separate" | false;
  readonly scriptModule?: "cjs" | "umd" | false;
  readonly esModule?: boolean;
  readonly skipSourceOutput?: boolean;
  /** Specifiers of modules, relative to the current folder: from, to. */
  readonly mappings?: Record<string, string>;
  readonly package: DntPackage;
  readonly importMap?: string;
  readonly compilerOptions?: {
    readonly target?: "ES2021" | "ES2022" | "Latest";
    readonly lib?: ("ESNext" | "DOM" | "DOM.Iterable")[];
  };
  readonly postBuild?: () => void | Promise<void>;
}

/** Fields of `package.json`; dnt adds what follows from the entry points. */
export interface DntPackage {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly keywords?: string[];
  readonly license?: string;
  readonly engines?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly peerDependenciesMeta?: Record<string, { optional: boolean }>;
  readonly bin?: Record<string, string>;
  readonly type?: "module" | "commonjs";
  readonly types?: string;
  /** Added to what follows from the entry points. */
  readonly exports?: Record<string, string>;
}
