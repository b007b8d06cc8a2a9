import { GatewayError } from "../../common/errors.ts";

/** How spark-submit is to be called. */
export interface SubmitCommand {
  /** Path of the script. */
  readonly command: string;
  /** Its arguments, without any secret. */
  readonly args: readonly string[];
  /** Text of the properties file that holds the secrets; null without any. */
  readonly properties: string | null;
}

/** What the command line is made of. */
export interface SubmitOptions {
  /** Spark's folder. */
  readonly sparkHome: string;
  /** The application's settings. */
  readonly conf: Readonly<Record<string, string>>;
  /** Text of the installation's `spark-defaults.conf`; null without one. */
  readonly defaults: string | null;
  /** Where the properties file will be, if there is one. */
  readonly propertiesPath: string;
  /** Options of spark-submit that are not settings, with their values; none by default. */
  readonly options?: readonly string[];
  /** The file that the user named in place of `spark-defaults.conf`, whose text `defaults` is; null when there is none. */
  readonly propertiesFile?: string | null;
}

const SECRET_KEY = /secret|password|token|credential|access[.]?key/i;

/**
 * Builds spark-submit's command line. Settings that may hold secrets never go
 * on it, since every user of the machine can read command lines.
 *
 * @param options what it is made of
 * @throws GatewayError `CONNECT_MODE_REFUSED` when a setting asks for Spark Connect
 */
export function buildSubmitCommand(options: SubmitOptions): SubmitCommand {
  const { conf, defaults } = options;
  refuseConnect(conf, defaults);
  const args: string[] = [...options.options ?? []];
  const secrets: [string, string][] = [];
  for (const [key, value] of Object.entries(conf)) {
    if (key === "spark.master") args.push("--master", value);
    else if (key === "spark.app.name") args.push("--name", value);
    else if (hidesValue(key)) secrets.push([key, value]);
    else args.push("--conf", `${key}=${value}`);
  }
  let properties: string | null = null;
  if (secrets.length > 0) {
    // Given such a file spark-submit no longer reads its defaults: they go in
    // too, and first, since the last of two equal keys counts.
    args.push("--properties-file", options.propertiesPath);
    properties = [
      ...(defaults === null ? [] : [defaults]),
      ...secrets.map(([key, value]) => `${escape(key)}=${escape(value)}`),
      "",
    ].join("\n");
  } else if (options.propertiesFile) {
    args.push("--properties-file", options.propertiesFile);
  }
  args.push("pyspark-shell");
  return {
    command: `${options.sparkHome}/bin/spark-submit`,
    args,
    properties,
  };
}

/**
 * Whether the value of a setting may be a secret, by the setting's name.
 *
 * @param key name such as `spark.authenticate.secret`
 */
export function hidesValue(key: string): boolean {
  return SECRET_KEY.test(key);
}

/**
 * Where spark-submit looks for its defaults.
 *
 * @param sparkHome Spark's folder
 * @param env the environment that spark-submit gets
 */
export function defaultsPath(
  sparkHome: string,
  env: Readonly<Record<string, string>>,
): string {
  const folder = env.SPARK_CONF_DIR || `${sparkHome}/conf`;
  return `${folder}/spark-defaults.conf`;
}

function refuseConnect(
  conf: Readonly<Record<string, string>>,
  defaults: string | null,
): void {
  const mode = conf["spark.api.mode"] ??
    propertyIn(defaults ?? "", "spark.api.mode");
  if (mode?.trim().toLowerCase() !== "connect") return;
  throw new GatewayError(
    "CONNECT_MODE_REFUSED",
    `Cannot start Spark with "spark.api.mode" set to "${mode}": TSpark talks to a classic session, not to Spark Connect; remove the setting or set it to "classic"`,
    { mode },
  );
}

/** The first word of a property's value in a file of `java.util.Properties`. */
function propertyIn(text: string, key: string): string | undefined {
  for (const line of text.split("\n")) {
    const property = line.trimStart();
    if (!property.startsWith(key)) continue;
    const rest = property.slice(key.length);
    const value = rest.trimStart();
    if (value === rest && !/^[=:]/.test(value)) continue; // a longer key
    const word = (/^[=:]/.test(value) ? value.slice(1) : value).trim();
    if (word !== "") return word.split(/\s/, 1)[0];
  }
  return undefined;
}

/** As `java.util.Properties` reads it back, in any encoding. */
function escape(text: string): string {
  let escaped = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const code = text.charCodeAt(i);
    if (/[A-Za-z0-9._/-]/.test(char)) escaped += char;
    else if (code > 0x20 && code < 0x7f) escaped += `\\${char}`;
    else escaped += `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
