import { errorHeadline } from "../../common/error_message.ts";
import { createReadStream } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { unpackTar } from "modern-tar";
import { ADDON_TARGETS } from "../../bridge/addon_targets.ts";
import { GatewayError } from "../../common/errors.ts";
import { childOutput } from "../../common/platform/child_output.ts";
import { platform } from "../../common/platform/deno.ts";
import { makeTemporaryFolder } from "../../common/temporary_folder.ts";
import { VERSION } from "../../common/version.ts";
import { cacheFolder } from "./cache_folder.ts";

/** Paths of parts of a worker; undefined stands for one to be fetched. */
export interface AskedParts {
  readonly deno: string | undefined;
  readonly addon: string | null | undefined;
}

/**
 * Fetches what a worker takes on another kind of machine out of its npm
 * packages, with npm, into the cache.
 *
 * @param kind such as `"linux-arm64"`
 * @param asked what is here already
 * @throws GatewayError `WORKER_NOT_PACKED` with what npm says
 */
export async function fetchWorkerParts(
  kind: string,
  asked: AskedParts,
): Promise<{ deno: string; addon: string | null }> {
  const { deno, addon } = asked;
  return {
    deno: deno ?? await fetchFile(
      `@deno/${kind}${kind.startsWith("linux") ? "-glibc" : ""}`,
      await denoVersion(),
      "deno",
    ),
    addon: addon === undefined ? await fetchAddon(kind) : addon,
  };
}

/** @returns null where there is none: TypeScript runs in its place */
async function fetchAddon(kind: string): Promise<string | null> {
  const target = ADDON_TARGETS.find(({ os, cpu }) => `${os}-${cpu}` === kind);
  return target === undefined
    ? null
    : await fetchFile(target.packageName, VERSION, target.file);
}

/** That of the Deno that is here, which the worker is tried with. */
async function denoVersion(): Promise<string> {
  const { said } = await output(platform.denoExecutable(), ["--version"]);
  return /^deno (\S+)/.exec(said)?.[1] ?? "latest";
}

/** @returns path of a package's file in the cache */
async function fetchFile(
  name: string,
  version: string,
  file: string,
): Promise<string> {
  const folder = `${cacheFolder()}/parts/${name}-${version}`;
  const path = join(folder, file);
  if ((await platform.listFolder(folder))?.includes(file)) return path;
  const temporary = await makeTemporaryFolder("parts");
  try {
    const { code, said } = await output("npm", [
      "pack",
      `${name}@${version}`,
      "--silent",
      `--pack-destination=${temporary}`,
    ]);
    const [tarball] = await platform.listFolder(temporary) ?? [];
    if (code !== 0 || tarball === undefined) {
      throw notFetched(name, version, said);
    }
    if (!await extract(join(temporary, tarball), `package/${file}`, path)) {
      throw notFetched(name, version, `it has no file "${file}"`);
    }
    return path;
  } finally {
    await platform.remove(temporary);
  }
}

/** @returns false when the tarball has no such entry */
async function extract(
  tarball: string,
  entry: string,
  to: string,
): Promise<boolean> {
  const unpacked = createReadStream(tarball).pipe(createGunzip());
  const stream = Readable.toWeb(unpacked) as ReadableStream<Uint8Array>;
  const found = await unpackTar(stream, {
    filter: ({ name }) => name === entry,
  });
  const data = found[0]?.data;
  if (data === undefined) return false;
  await platform.makeFolder(dirname(to));
  await platform.writeAtomically(to, data, 0o755);
  return true;
}

async function output(
  command: string,
  args: readonly string[],
): Promise<{ code: number; said: string }> {
  try {
    const { code, stdout, stderr } = await childOutput(
      platform.spawn(command, args, platform.environment()),
    );
    return { code, said: `${stdout}${stderr}`.trim() };
  } catch (error) {
    return { code: 127, said: errorHeadline(error) };
  }
}

function notFetched(
  name: string,
  version: string,
  said: string,
): GatewayError {
  return new GatewayError(
    "WORKER_NOT_PACKED",
    `Cannot fetch "${name}@${version}" with npm: ${
      said || "it gave no file"
    }; ${remedy(said)}`,
    { package: name, version },
  );
}

function remedy(said: string): string {
  const ours = "name files of your own by --deno and --addon";
  return /\bE404\b|\b404\b/.test(said)
    ? `it is not in the registry that npm asks: ${ours}, or use --addon none, which is slower`
    : `install npm, or ${ours}`;
}
