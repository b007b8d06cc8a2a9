import process from "node:process";
import { loadAddon } from "../bridge/addon.ts";
import { platform } from "../common/platform/deno.ts";
import { VERSION } from "../common/version.ts";
import { cacheFolder } from "../driver/launch/cache_folder.ts";
import { findJava } from "../driver/launch/find_java.ts";
import { findSpark } from "../driver/launch/find_spark.ts";

/** What a check found, and what to do about it. */
export interface Finding {
  /** Whether it is as it should be, works more slowly than it could, or does not work. */
  readonly state: "well" | "slow" | "wrong";
  /** What is there, or what is wrong and what to do. */
  readonly text: string;
}

/** What `tspark doctor` looks at, in this order. */
export const CHECKS: readonly (readonly [
  name: string,
  check: () => Promise<Finding> | Finding,
])[] = [
  ["TSpark", checkRuntime],
  ["Permissions", checkPermissions],
  ["Spark", checkSpark],
  ["Java", checkJava],
  ["Addon", checkAddon],
  ["Cache", checkCache],
];

function checkRuntime(): Finding {
  const { deno, node } = process.versions;
  const runtime = deno === undefined ? `Node ${node}` : `Deno ${deno}`;
  return well(`${VERSION} on ${runtime}, ${platform.executable()}`);
}

/** What Deno lets a driver do; Node lets it do everything. */
const PERMISSIONS = ["run", "net", "read", "write", "env", "sys", "ffi"];

async function checkPermissions(): Promise<Finding> {
  const { permissions } = (globalThis as DenoGlobal).Deno ?? {};
  if (permissions === undefined) return well("all are given");
  const missing: string[] = [];
  for (const name of PERMISSIONS) {
    const { state } = await permissions.query({ name });
    if (state !== "granted") missing.push(`--allow-${name}`);
  }
  return missing.length === 0 ? well("all are given") : wrong(
    `not given without limits: ${missing.join(" ")}; start with --allow-all`,
  );
}

interface DenoGlobal {
  readonly Deno?: {
    readonly permissions: {
      query(request: { name: string }): Promise<{ readonly state: string }>;
    };
  };
}

async function checkSpark(): Promise<Finding> {
  return await orWrong(async () => {
    const { version, home, source } = await findSpark();
    return well(`${version} in ${home}, found through ${source}`);
  });
}

async function checkJava(): Promise<Finding> {
  return await orWrong(async () => {
    // Which Java is needed depends on Spark; without one, as for the newest.
    const spark = await findSpark().catch(() => null);
    const java = await findJava(spark?.home ?? "", platform.environment());
    return well(`${java.major}, ${java.program}`);
  });
}

function checkAddon(): Finding {
  const { reason } = loadAddon();
  return reason === null ? well("loaded") : {
    state: "slow",
    text: `not loaded, TypeScript does its work more slowly: ${reason}`,
  };
}

async function checkCache(): Promise<Finding> {
  return await orWrong(async () => {
    const folder = cacheFolder();
    await platform.makeFolder(folder);
    const probe = `${folder}/.doctor-${crypto.randomUUID()}`;
    await platform.writePrivateFile(probe, "");
    await platform.remove(probe);
    return well(folder);
  });
}

async function orWrong(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function well(text: string): Finding {
  return { state: "well", text };
}

function wrong(text: string): Finding {
  return { state: "wrong", text };
}
