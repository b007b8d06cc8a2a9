/**
 * What `spark.tspark.worker.permissions` grants to functions on the executors.
 *
 * @module
 */

/** The setting that confines workers. */
export const WORKER_PERMISSIONS = "spark.tspark.worker.permissions";

/** The variable that tells a daemon of it. */
export const PERMISSIONS_VARIABLE = "TSPARK_WORKER_PERMISSIONS";

/** What may be granted, by Deno's names. */
const KINDS = ["net", "read", "write", "env", "sys", "run"] as const;

/** One kind of rights. */
export interface Grant {
  /** Deno's name of the kind, such as `"net"`. */
  readonly kind: typeof KINDS[number];
  /** Hosts, paths, variables or programs; null: all of them. */
  readonly values: readonly string[] | null;
}

/**
 * Reads the setting: entries `kind` or `kind=value`, with commas between them,
 * such as `net=api.example.com,read=/data,read=/models`.
 *
 * @param text the setting's value; empty grants nothing
 * @returns at most one grant of each kind, in the order of the text
 * @throws RangeError where an entry is none, or grants what would end all confinement
 */
export function parseWorkerPermissions(text: string): Grant[] {
  const grants = new Map<Grant["kind"], string[] | null>();
  if (text.trim() === "") return [];
  for (const entry of text.split(",")) {
    const { kind, value } = parseEntry(entry.trim(), text);
    const before = grants.get(kind);
    if (value === null || before === null) grants.set(kind, null);
    else grants.set(kind, [...before ?? [], value]);
  }
  return [...grants].map(([kind, values]) => ({ kind, values }));
}

/** Deno's arguments for grants. */
export function permissionArguments(grants: readonly Grant[]): string[] {
  return grants.map(({ kind, values }) =>
    `--allow-${kind}${values === null ? "" : `=${values.join()}`}`
  );
}

function parseEntry(
  entry: string,
  text: string,
): { kind: Grant["kind"]; value: string | null } {
  const at = entry.indexOf("=");
  const name = at < 0 ? entry : entry.slice(0, at);
  const value = at < 0 ? null : entry.slice(at + 1);
  const kind = KINDS.find((kind) => kind === name);
  if (kind === undefined) throw invalid(text, ...wrongName(entry, name));
  const wrong = value === "" ? namesNothing(entry, kind) : RULES[kind](value);
  if (wrong !== null) throw invalid(text, ...wrong);
  return { kind, value };
}

/** What is wrong and what to do about it. */
type Complaint = readonly [state: string, remedy: string];

/** What Deno would refuse only when the first worker starts. */
const RULES: Readonly<
  Record<Grant["kind"], (value: string | null) => Complaint | null>
> = {
  net: (value) =>
    value === null || HOST.test(value) ? null : [
      `"${value}" is no host`,
      'write a host or a host and a port, such as "net=api.example.com:443"',
    ],
  read: () => null,
  write: () => null,
  env: (value) =>
    value?.includes("=") !== true ? null : [
      `"${value}" is no name of a variable`,
      'write the name alone, such as "env=HOME"',
    ],
  sys: (value) =>
    value !== null && SYS_NAMES.includes(value) ? null : [
      value === null
        ? '"sys" would grant the inspector, which sees into every function of the worker'
        : `"${value}" is nothing that Deno can tell of the system`,
      `name what is needed, each as "sys=name": ${SYS_NAMES.join(", ")}`,
    ],
  run: () => null,
};

/** A name, an IPv4 address or range, or an IPv6 address in brackets, and a port. */
const HOST =
  /^(?:[^\s/:@[\]=]+(?:\/\d{1,2})?|\[[\da-f:.]+\])(?::(?!0)\d{1,5})?$/i;

const SYS_NAMES: readonly string[] = [
  "cpus",
  "getegid",
  "getPriority",
  "gid",
  "homedir",
  "hostname",
  "loadavg",
  "networkInterfaces",
  "osRelease",
  "osUptime",
  "setPriority",
  "statfs",
  "systemMemoryInfo",
  "uid",
  "userInfo",
  "username",
];

function namesNothing(entry: string, kind: string): Complaint {
  return [
    `"${entry}" names nothing`,
    `write "${kind}" for all, or leave the entry out`,
  ];
}

/** Kinds that Deno has and that would undo the others. */
const ENDS_ALL: ReadonlyMap<string, string> = new Map([
  ["all", '"all" grants everything'],
  ["ffi", '"ffi" lets native code do everything'],
  ["import", '"import" would load code from the network'],
]);

function wrongName(entry: string, name: string): Complaint {
  const endsAll = ENDS_ALL.get(name);
  return endsAll === undefined
    ? [
      `"${entry}" begins with none of ${KINDS.join(", ")}`,
      'write entries such as "net=api.example.com" with commas between them, and a name before each value',
    ]
    : [
      endsAll,
      "leave it out, or remove the setting to let functions do everything",
    ];
}

function invalid(text: string, state: string, remedy: string): RangeError {
  return new RangeError(
    `Cannot use "${text}" for ${WORKER_PERMISSIONS}: ${state}; ${remedy}`,
  );
}
