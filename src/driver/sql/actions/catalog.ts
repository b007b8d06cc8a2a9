import { expectBoolean, expectString } from "../../gateway/expect.ts";
import { readMap } from "../../gateway/java_convert.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { JavaArgument, JavaValue } from "../../gateway/java_value.ts";
import type { StorageLevel } from "../../rdd/storage_level.ts";
import { callSite } from "../../runtime/call_site.ts";
import type { SourceOptions } from "../io/options.ts";
import { eager, storageArgument } from "../plan/marks.ts";
import { argumentForJvm } from "../plan/plan_to_jvm.ts";
import { type Relation, source } from "../plan/relation.ts";
import { collectRows } from "../rows/collect_rows.ts";
import type { SessionState } from "../session_state.ts";
import { requireMethod } from "../spark_versions.ts";

/** A catalog. */
export interface CatalogMetadata {
  /** Its name. */
  readonly name: string;
  /** What it is about. */
  readonly description: string | null;
}

/** A database, which is also called a schema or namespace. */
export interface Database {
  /** Its name. */
  readonly name: string;
  /** The catalog that it is in. */
  readonly catalog: string | null;
  /** What it is about. */
  readonly description: string | null;
  /** The address of its folder. */
  readonly locationUri: string;
}

/** A table or view. */
export interface Table {
  /** Its name. */
  readonly name: string;
  /** The catalog that it is in; null for temporary views. */
  readonly catalog: string | null;
  /** The database that it is in, as a path; null for temporary views. */
  readonly namespace: readonly string[] | null;
  /** What it is about. */
  readonly description: string | null;
  /** `MANAGED`, `EXTERNAL`, `VIEW`, `TEMPORARY`. */
  readonly tableType: string;
  /** Whether it is a temporary view. */
  readonly isTemporary: boolean;
}

/** A column of a table. */
export interface CatalogColumn {
  /** Its name. */
  readonly name: string;
  /** What it is about. */
  readonly description: string | null;
  /** Its type in SQL's words. */
  readonly dataType: string;
  /** Whether it may be null. */
  readonly nullable: boolean;
  /** Whether the table is partitioned by it. */
  readonly isPartition: boolean;
  /** Whether the table is bucketed by it. */
  readonly isBucket: boolean;
}

/** A function. */
export interface CatalogFunction {
  /** Its name. */
  readonly name: string;
  /** The catalog that it is in; null for built-in ones. */
  readonly catalog: string | null;
  /** The database that it is in, as a path. */
  readonly namespace: readonly string[] | null;
  /** What it is about. */
  readonly description: string | null;
  /** The class that computes it. */
  readonly className: string;
  /** Whether it is registered for the session only. */
  readonly isTemporary: boolean;
}

/** The members of what the JVM's catalog gives one of, which are read by methods of their names. */
type Members<T> = readonly (keyof T & string)[];

/** The members of a {@link Database}. */
export const DATABASE: Members<Database> = [
  "name",
  "catalog",
  "description",
  "locationUri",
];
/** The members of a {@link Table}. */
export const TABLE: Members<Table> = [
  "name",
  "catalog",
  "namespace",
  "description",
  "tableType",
  "isTemporary",
];
/** The members of a {@link CatalogFunction}. */
export const FUNCTION: Members<CatalogFunction> = [
  "name",
  "catalog",
  "namespace",
  "description",
  "className",
  "isTemporary",
];

/** Arguments of a method that takes a database first where one is given. */
export function within(database: string | undefined, name: string): string[] {
  return database === undefined ? [name] : [database, name];
}

/** Asks for a text. */
export async function text(
  session: SessionState,
  method: string,
  ...args: readonly JavaArgument[]
): Promise<string> {
  return expectString(await call(session, method, args), method);
}

/** Asks whether something holds. */
export async function truth(
  session: SessionState,
  method: string,
  ...args: readonly JavaArgument[]
): Promise<boolean> {
  return expectBoolean(await call(session, method, args), method);
}

/** Tells the catalog to do something. */
export async function tell(
  session: SessionState,
  method: string,
  ...args: readonly JavaArgument[]
): Promise<void> {
  await call(session, method, args);
}

/** Asks for texts by name. */
export async function texts(
  session: SessionState,
  method: string,
  ...args: readonly JavaArgument[]
): Promise<Record<string, string>> {
  return await inCatalog(session, method, async (catalog) => {
    const map = await catalog.callObject(method, ...args);
    const isScala = (await map.callObject("getClass").then((type) =>
      type.callString("getName")
    )).startsWith("scala.");
    const java = isScala
      ? await map.gateway.callStaticObject(
        "scala.collection.JavaConverters",
        "mapAsJavaMap",
        map,
      )
      : map;
    return Object.fromEntries(
      [...await readMap(java)].map((
        [key, value],
      ) => [String(key), String(value)]),
    );
  });
}

/** Asks for all of a kind. Peer: methods of `Catalog` that give a `Dataset`. */
export async function list<T extends object>(
  session: SessionState,
  method: string,
  ...args: readonly (string | undefined)[]
): Promise<T[]> {
  const given = args.filter((arg) => arg !== undefined);
  return await inCatalog(session, method, async (catalog) => {
    const dataset = await catalog.callObject(method, ...given);
    return await collectRows<T>(session, await dataset.callObject("toDF"));
  });
}

/** Asks for all of a kind in a database, the current one where none is named. */
export async function listIn<T extends object>(
  session: SessionState,
  method: string,
  database: string | undefined,
  pattern: string | undefined,
): Promise<T[]> {
  if (database === undefined && pattern !== undefined) {
    return await list(
      session,
      method,
      await text(session, "currentDatabase"),
      pattern,
    );
  }
  return await list(session, method, database, pattern);
}

/** Asks for one of a kind. */
export async function one<T extends object>(
  session: SessionState,
  method: string,
  members: Members<T>,
  ...args: readonly string[]
): Promise<T> {
  return await inCatalog(session, method, async (catalog) => {
    const object = await catalog.callObject(method, ...args);
    const found: Partial<Record<keyof T, unknown>> = {};
    for (const member of members) {
      found[member] = await plain(await object.call(member));
    }
    return found as T;
  });
}

/** Keeps a table. */
export async function cacheTable(
  session: SessionState,
  name: string,
  level: StorageLevel | undefined,
): Promise<void> {
  await inCatalog(session, "cacheTable", async (catalog) => {
    const args = level === undefined
      ? []
      : [await argumentForJvm(session, storageArgument(level))];
    await catalog.call("cacheTable", name, ...args);
  });
}

/** Makes a table. Peer: `Catalog.createTable(name, source, schema, description, options)`. */
export function createTable(
  session: SessionState,
  name: string,
  { path, source: format, schema, description = "", options = {} }: {
    readonly path?: string;
    readonly source?: string;
    readonly schema?: string;
    readonly description?: string;
    readonly options?: SourceOptions;
  },
): Relation {
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const catalog = await jsession.callObject("catalog");
    const conf = await jsession.callObject("conf");
    const provider = format ??
      await conf.callString("get", "spark.sql.sources.default");
    const given = new Map(
      Object.entries(options).map(([key, value]) => [key, String(value)]),
    );
    if (path !== undefined) given.set("path", path);
    const types = schema === undefined ? [] : [
      await jsession.gateway.callStaticObject(
        "org.apache.spark.sql.types.StructType",
        "fromDDL",
        schema,
      ),
    ];
    return await catalog.callObject(
      "createTable",
      name,
      provider,
      ...types,
      description,
      given,
    );
  };
  return eager(
    source(session, "createTable", [name], open, callSite("createTable()")),
  );
}

async function call(
  session: SessionState,
  method: string,
  args: readonly JavaArgument[],
): Promise<JavaValue> {
  return await inCatalog(
    session,
    method,
    (catalog) => catalog.call(method, ...args),
  );
}

function inCatalog<T>(
  session: SessionState,
  method: string,
  body: (catalog: JavaObject) => Promise<T>,
): Promise<T> {
  const site = callSite(`catalog.${method}()`);
  requireMethod(session.runtime.dialect, "Catalog", method, site);
  return session.enqueue(
    site,
    async (jsession) => await body(await jsession.callObject("catalog")),
  );
}

/** An array of texts as one of ours. */
async function plain(value: JavaValue): Promise<unknown> {
  if (typeof value !== "object" || value === null || !("gateway" in value)) {
    return value;
  }
  return await value.gateway.arrayElements(value);
}
