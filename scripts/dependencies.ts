/**
 * `deno task dependencies`: writes docs/dependencies.md, the list of all that
 * TSpark is built of or tested with, out of the two lock files. npm and cargo
 * tell the licenses.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A package of a lock file. */
export interface LockedPackage {
  readonly from: "npm" | "cargo";
  readonly name: string;
  readonly version: string;
}

/** A row of the list. */
export interface ListedPackage extends LockedPackage {
  readonly license: string;
}

/** Licenses under which anybody may pass TSpark on; each package has one of these to choose. */
export const ALLOWED_LICENSES: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Unicode-3.0",
  "Unlicense",
  "Zlib",
];

const ROOT = new URL("../", import.meta.url);

/** All packages of both lock files, in the list's order. */
export async function lockedPackages(): Promise<LockedPackage[]> {
  const npm = JSON.parse(await Deno.readTextFile(new URL("deno.lock", ROOT)));
  const cargo = await Deno.readTextFile(new URL("native/Cargo.lock", ROOT));
  return [...npmPackages(Object.keys(npm.npm)), ...cargoPackages(cargo)];
}

/** @param keys of `npm` in deno.lock, such as `@scope/name@1.2.3_peer@4.5.6` */
export function npmPackages(keys: readonly string[]): LockedPackage[] {
  const found = keys.map((key): LockedPackage => {
    const [, name = key, version = ""] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
    return { from: "npm", name, version };
  });
  return [...new Map(found.map((one) => [`${one.name}@${one.version}`, one]))
    .values()];
}

/** @param lock text of Cargo.lock; our own packages have no source there */
export function cargoPackages(lock: string): LockedPackage[] {
  return [...lock.matchAll(
    /\[\[package\]\]\nname = "(.*)"\nversion = "(.*)"\nsource/g,
  )].map(([, name = "", version = ""]) => ({ from: "cargo", name, version }));
}

/** Whether a license's expression leaves an allowed choice. */
export function isAllowed(license: string): boolean {
  return license.split(/ OR |\//).some((choice) =>
    choice.replace(/[()]/g, "").split(" AND ")
      .every((one) => ALLOWED_LICENSES.includes(one.split(" WITH ")[0] ?? ""))
  );
}

/** The rows of docs/dependencies.md. */
export function parseList(text: string): ListedPackage[] {
  return [...text.matchAll(
    /^\| (npm|cargo) +\| (\S+) +\| (\S+) +\| (.+?) +\|$/gm,
  )].map(([, from, name = "", version = "", license = ""]) => ({
    from: from === "cargo" ? "cargo" : "npm",
    name,
    version,
    license,
  }));
}

async function main(): Promise<void> {
  const cargo = await cargoLicenses();
  const path = fileURLToPath(new URL("docs/dependencies.md", ROOT));
  // A version's license does not change: only new ones are asked for.
  const listed = new Map(
    parseList(await Deno.readTextFile(path))
      .map(({ from, name, version, license }) => [
        `${from}:${name}@${version}`,
        license,
      ]),
  );
  const rows: ListedPackage[] = [];
  for (const one of await lockedPackages()) {
    const license = listed.get(`${one.from}:${one.name}@${one.version}`) ??
      (one.from === "npm"
        ? await npmLicense(one)
        : cargo.get(`${one.name}@${one.version}`));
    rows.push({ ...one, license: license ?? "unknown" });
  }
  await Deno.writeTextFile(
    path,
    `# What TSpark depends on

Written by \`deno task dependencies\` out of \`deno.lock\` and
\`native/Cargo.lock\`; a test says when it is out of date, and refuses licenses
that are not in \`scripts/dependencies.ts\`. Packages for other platforms and
those that only tests and benchmarks use are among them.

| from | package | version | license |
| --- | --- | --- | --- |
${
      rows.map(({ from, name, version, license }) =>
        `| ${from} | ${name} | ${version} | ${license} |`
      ).join("\n")
    }
`,
  );
  await outputOf(Deno.execPath(), ["fmt", "-q", path]);
}

async function npmLicense({ name, version }: LockedPackage): Promise<string> {
  return (await outputOf("npm", ["view", `${name}@${version}`, "license"]))
    .trim();
}

async function cargoLicenses(): Promise<Map<string, string>> {
  const manifest = fileURLToPath(new URL("native/Cargo.toml", ROOT));
  const { packages } = JSON.parse(
    await outputOf("cargo", [
      "metadata",
      "--format-version=1",
      "--locked",
      `--manifest-path=${manifest}`,
    ]),
  ) as {
    packages: { name: string; version: string; license: string | null }[];
  };
  return new Map(
    packages.map(({ name, version, license }) => [
      `${name}@${version}`,
      license ?? "unknown",
    ]),
  );
}

async function outputOf(
  command: string,
  args: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
  }).output();
  if (code === 0) return new TextDecoder().decode(stdout);
  throw new Error(
    `${command} ${args.join(" ")} failed:\n${new TextDecoder().decode(stderr)}`,
  );
}

if (import.meta.main) await main();
