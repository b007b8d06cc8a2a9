import nodeFs from "node:fs";
import { Buffer } from "node:buffer";
import { posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WorkerError } from "../../src/common/errors.ts";
import { PACKAGES_ROOT } from "../../src/serde/package_bundle.ts";

/** How a platform's function names a file. */
type Path = string | URL | Uint8Array | number;

/** What Node's readers take beside a path. */
type Options =
  | string
  | null
  | undefined
  | { readonly encoding?: string | null };

type Callback = (error: Error | null, content?: Uint8Array | string) => void;

/**
 * The files that were sent with packages. A file in the folder of packages is
 * read from memory, so that it needs no disk, no clean-up, and no permission;
 * any other, by the platform's own function.
 */
export class PackageFiles {
  readonly #files: ReadonlyMap<string, Uint8Array>;

  /** @param files by their paths below {@link PACKAGES_ROOT} */
  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
  }

  /** Whether a path or an address lies in the folder of packages. */
  isTheirs(path: unknown): boolean {
    return ownPath(path) !== null;
  }

  /**
   * Refuses to start a thread from a module in the folder of packages.
   *
   * @throws WorkerError PACKAGE_THREAD_REFUSED
   */
  refuseThread(module: string | URL): void {
    const path = ownPath(module);
    if (path === null) return;
    throw new WorkerError(
      "PACKAGE_THREAD_REFUSED",
      `Cannot start a thread from "${path}" of a package on a worker: packages are sent as one script, which has no file for it; use the package without threads (a logger: without a transport, to stdout), or install it on the executors and set spark.tspark.packages to "installed"`,
      { path },
    );
  }

  /** What `require()` gives of a file with JSON, from a module on. */
  json(name: string, from: string | URL): unknown {
    const base = String(from);
    const url = base.startsWith("file:") ? base : pathToFileURL(base).href;
    return JSON.parse(this.denoReadTextFileSync(new URL(name, url)));
  }

  /** `fs.existsSync`. */
  readonly existsSync = (path: Path): boolean => {
    const own = ownPath(path);
    return own === null
      ? nodeFs.existsSync(path as string)
      : this.#files.has(own);
  };

  /** `fs.readFileSync`. */
  readonly readFileSync = (path: Path, options?: Options): unknown => {
    const own = ownPath(path);
    return own === null
      ? nodeFs.readFileSync(path as string, options as undefined)
      : inEncoding(this.#copy(own), options);
  };

  /** `fs.promises.readFile`. */
  readonly readFile = (path: Path, options?: Options): Promise<unknown> => {
    const own = ownPath(path);
    return own === null
      ? nodeFs.promises.readFile(path as string, options as undefined)
      : Promise.try(() => inEncoding(this.#copy(own), options));
  };

  /** `fs.readFile`, which calls back. */
  readonly readFileCalling = (
    path: Path,
    ...rest: (Options | Callback)[]
  ): void => {
    if (!this.isTheirs(path)) {
      Reflect.apply(nodeFs.readFile, nodeFs, [path, ...rest]);
      return;
    }
    const callback = rest.at(-1) as Callback;
    const options = rest.length > 1 ? rest[0] as Options : undefined;
    this.readFile(path, options).then(
      (content) => callback(null, content as Uint8Array),
      (error: unknown) => callback(error as Error),
    );
  };

  /** `Deno.readFile`. */
  readonly denoReadFile = (
    path: string | URL,
    options?: Deno.ReadFileOptions,
  ): Promise<Uint8Array> => {
    const own = ownPath(path);
    return own === null
      ? Deno.readFile(path, options)
      : Promise.try(() => this.#copy(own));
  };

  /** `Deno.readFileSync`. */
  readonly denoReadFileSync = (path: string | URL): Uint8Array => {
    const own = ownPath(path);
    return own === null ? Deno.readFileSync(path) : this.#copy(own);
  };

  /** `Deno.readTextFile`. */
  readonly denoReadTextFile = (
    path: string | URL,
    options?: Deno.ReadFileOptions,
  ): Promise<string> => {
    const own = ownPath(path);
    return own === null
      ? Deno.readTextFile(path, options)
      : Promise.try(() => textOf(this.#copy(own)));
  };

  /** `Deno.readTextFileSync`. */
  readonly denoReadTextFileSync = (path: string | URL): string => {
    const own = ownPath(path);
    return own === null ? Deno.readTextFileSync(path) : textOf(this.#copy(own));
  };

  /** `fetch`. */
  readonly fetch = (
    input: string | URL | Request,
    init?: RequestInit,
  ): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    const own = url.startsWith("file:") ? ownPath(url) : null;
    if (own === null) return fetch(input, init);
    return Promise.try(() => {
      const type = own.endsWith(".wasm")
        ? "application/wasm"
        : "application/octet-stream";
      return new Response(this.#copy(own), {
        headers: { "content-type": type },
      });
    });
  };

  /** The caller's own, as from a disk. */
  #copy(path: string): Uint8Array<ArrayBuffer> {
    const bytes = this.#files.get(path);
    if (bytes === undefined) throw missing(path);
    return new Uint8Array(bytes);
  }
}

/** The path of a file below the folder of packages; null for all others. */
function ownPath(path: unknown): string | null {
  let text = path instanceof URL ? path.href : path;
  if (typeof text !== "string") return null;
  if (text.startsWith("file:")) {
    try {
      text = fileURLToPath(text);
    } catch {
      return null; // what is no file's address is the platform's to refuse
    }
  }
  const whole = posix.normalize(text as string);
  return whole.startsWith(PACKAGES_ROOT)
    ? whole.slice(PACKAGES_ROOT.length)
    : null;
}

function inEncoding(bytes: Uint8Array<ArrayBuffer>, options: Options): unknown {
  const encoding = typeof options === "string" ? options : options?.encoding;
  const buffer = Buffer.from(bytes.buffer);
  return encoding === undefined || encoding === null || encoding === "buffer"
    ? buffer
    : buffer.toString(encoding as "utf8");
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** As the platform would tell of it: packages look for a file in several places. */
function missing(path: string): Error {
  const error = new WorkerError(
    "PACKAGE_FILE_MISSING",
    `Cannot read "${path}" of a package on a worker: it was not sent with the package, which names it by no literal; name it in the "files" of sc.addPackage()`,
    { path },
  );
  return Object.assign(error, { code: "ENOENT", errno: -2, syscall: "open" });
}
