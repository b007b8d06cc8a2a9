/**
 * Where modules that are sent lie on the workers.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { packageModuleName, packageOf } from "./package_name.ts";

/** Where a module lies, here and on the workers. */
export interface PlacedModule {
  /** Its path on the workers, below the folder of all packages; its address where it is no file. */
  readonly path: string;
  /** The folder that its package lies in here, with a slash at its end; null where it is no file. */
  readonly root: string | null;
  /** That folder on the workers. */
  readonly rootPath: string;
}

/** Gives each package a folder of its own: of two versions, the second has another name. */
export class PackagePaths {
  readonly #names = new Map<string, string>();

  /** The place of a module, by its address. */
  of(url: string): PlacedModule {
    if (!url.startsWith("file:")) {
      return { path: url, root: null, rootPath: "" };
    }
    const file = fileURLToPath(url);
    const name = packageOf(url);
    if (name === null) {
      return { path: `files${file}`, root: "/", rootPath: "files/" };
    }
    const path = decodeURIComponent(
      packageModuleName(url).slice(name.length + 1),
    );
    const root = file.slice(0, file.length - path.length);
    let folder = this.#names.get(root);
    if (folder === undefined) {
      const taken = new Set(this.#names.values());
      for (let count = 1; folder === undefined || taken.has(folder); count++) {
        folder = count === 1 ? name : `${name}~${count}`;
      }
      this.#names.set(root, folder);
    }
    return { path: `${folder}/${path}`, root, rootPath: `${folder}/` };
  }
}
