import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildNpmLocal } from "../../scripts/build_npm_local.ts";
import { run } from "../../scripts/npm/run.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BY_DNT = Deno.env.get("DNT") === "jsr";

/** What builds the package that is tested. */
export const BUILT_BY: string = BY_DNT
  ? "dnt"
  : "what stands in for dnt (DNT=jsr runs dnt)";

/**
 * Builds the npm package: with `DNT=jsr` as it is published, by dnt, which
 * comes from JSR; else by what stands in for it.
 *
 * @param folder where to, an empty folder or none yet
 * @returns path of its tarball
 */
export async function buildPackage(folder: string): Promise<string> {
  if (!BY_DNT) return (await buildNpmLocal(folder)).tarball;
  await Deno.mkdir(folder, { recursive: true });
  const built = join(folder, "package");
  await run(Deno.execPath(), [
    ...["run", "--no-lock", "--allow-all", "scripts/build_npm.ts", built],
  ], ROOT);
  const packed = await run("npm", ["pack", "--json", built], folder);
  const [{ filename }] = JSON.parse(packed);
  return join(folder, filename);
}
