import { resolve } from "node:path";
import { SparkError } from "../../common/errors.ts";
import {
  CAPTURE_AS,
  type SharedReference,
} from "../../protocol/closure_record.ts";
import { activeApplication } from "./active_runtime.ts";

/**
 * Where files are that `SparkContext.addFile` and `addArchive` brought: in
 * functions on the worker's machine, otherwise on the driver's.
 */
export class SparkFiles {
  private constructor() {}

  /**
   * The path of an added file, folder or unpacked archive.
   *
   * @param name its name, without the folder that it came from
   * @throws SparkError `CONTEXT_MISSING` on the driver before an application was started
   */
  static get(name: string): string {
    return resolve(SparkFiles.getRootDirectory(), name);
  }

  /**
   * The folder that holds what was added.
   *
   * @throws SparkError `CONTEXT_MISSING` on the driver before an application was started
   */
  static getRootDirectory(): string {
    const application = activeApplication();
    if (application !== null) return application.runtime.info.filesDirectory;
    throw new SparkError(
      "CONTEXT_MISSING",
      "Cannot tell where added files are: there is no SparkContext; call SparkContext.getOrCreate() first",
    );
  }

  /**
   * What is serialized in its place.
   *
   * @internal
   */
  static [CAPTURE_AS](): SharedReference {
    return { kind: "own", name: "SparkFiles" };
  }
}
