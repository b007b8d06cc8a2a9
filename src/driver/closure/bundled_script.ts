/** Files that no module names by a literal, by their packages: paths in the package's folder. */
export type AddedFiles = ReadonlyMap<string, ReadonlySet<string>>;

/** What a bundle is made of; keys are the names by which a worker asks. */
export interface BundleContents {
  /** What was not in the application's bundle before. */
  readonly added: readonly string[];
  /** Addresses of modules that functions name, as `require` gives them. */
  readonly modules: ReadonlyMap<string, string>;
  /** Specifiers that functions may import while they run. */
  readonly imports: ReadonlySet<string>;
  /** Files that the program names itself. */
  readonly files?: AddedFiles;
}

/** A script in CommonJS form that exports `modules` and `imports`. */
export interface BundledScript {
  readonly text: string;
  /** Source map, its sources told as addresses or from `mapUrl`. */
  readonly map: string;
  /** Address that the map's sources are told from. */
  readonly mapUrl: string;
  /** The folder that the comments before each module tell their paths from. */
  readonly folder: string;
}

/** What makes a script of an entry's text; fails with the bundler's own words. */
export type Bundler = (
  entry: string,
  contents: BundleContents,
) => Promise<BundledScript>;

/**
 * How esbuild, which `deno bundle` is made of, begins to say that a package
 * looks for a file of its own, by a computed name, that is not there, such as an
 * addon that was not built: source of a regular expression.
 */
export const NO_SUCH_FILE: string = String
  .raw`Could not resolve (?:require|import)\("\.[^"]*\*`;
