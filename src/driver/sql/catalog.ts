import { printBy } from "../../common/inspect.ts";
import type { StorageLevel } from "../rdd/storage_level.ts";
import * as ask from "./actions/catalog.ts";
import { DataFrame } from "./data_frame.ts";
import type { SourceOptions } from "./io/options.ts";
import type { SessionState } from "./session_state.ts";

/** A catalog. */
export type CatalogMetadata = ask.CatalogMetadata;
/** A database, which is also called a schema or namespace. */
export type Database = ask.Database;
/** A table or view. */
export type Table = ask.Table;
/** A column of a table. */
export type CatalogColumn = ask.CatalogColumn;
/** A function. */
export type CatalogFunction = ask.CatalogFunction;

/**
 * Databases, tables, views and functions of a session: `spark.catalog`. What it
 * is asked runs in the program's order, after the commands before it.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * async function tables(spark: SparkSession): Promise<string[]> {
 *   return (await spark.catalog.listTables()).map(({ name }) => name);
 * }
 * ```
 */
export class Catalog {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  static {
    printBy(
      Catalog.prototype,
      () => "Catalog: listTables(), listDatabases(), listColumns()",
    );
  }

  /** The current catalog's name. */
  async currentCatalog(): Promise<string> {
    return await ask.text(this.#session, "currentCatalog");
  }

  /** Makes another catalog the current one. */
  async setCurrentCatalog(name: string): Promise<void> {
    await ask.tell(this.#session, "setCurrentCatalog", name);
  }

  /** The catalogs, by a pattern with `*` where one is given. */
  async listCatalogs(pattern?: string): Promise<CatalogMetadata[]> {
    return await ask.list(this.#session, "listCatalogs", pattern);
  }

  /** The current database's name. */
  async currentDatabase(): Promise<string> {
    return await ask.text(this.#session, "currentDatabase");
  }

  /** Makes another database the current one. */
  async setCurrentDatabase(name: string): Promise<void> {
    await ask.tell(this.#session, "setCurrentDatabase", name);
  }

  /** The databases, by a pattern with `*` where one is given. */
  async listDatabases(pattern?: string): Promise<Database[]> {
    return await ask.list(this.#session, "listDatabases", pattern);
  }

  /** One database. @throws AnalysisException where there is none */
  async getDatabase(name: string): Promise<Database> {
    return await ask.one(this.#session, "getDatabase", ask.DATABASE, name);
  }

  /** Whether there is such a database. */
  async databaseExists(name: string): Promise<boolean> {
    return await ask.truth(this.#session, "databaseExists", name);
  }

  /**
   * Makes a database. Spark 4.2 and later.
   *
   * @param name its name
   * @param ifNotExists whether it may be there already; false by default
   * @param properties its properties, such as `comment` and `location`
   */
  async createDatabase(
    name: string,
    ifNotExists: boolean = false,
    properties: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await ask.tell(
      this.#session,
      "createDatabase",
      name,
      ifNotExists,
      new Map(Object.entries(properties)),
    );
  }

  /**
   * Removes a database. Spark 4.2 and later.
   *
   * @param name its name
   * @param ifExists whether it may be missing; false by default
   * @param cascade whether its tables are removed with it; false by default
   */
  async dropDatabase(
    name: string,
    ifExists: boolean = false,
    cascade: boolean = false,
  ): Promise<void> {
    await ask.tell(this.#session, "dropDatabase", name, ifExists, cascade);
  }

  /**
   * The tables and views of a database.
   *
   * @param database its name; the current one when left out
   * @param pattern names with `*`; all when left out
   */
  async listTables(database?: string, pattern?: string): Promise<Table[]> {
    return await ask.listIn(this.#session, "listTables", database, pattern);
  }

  /** The views of a database. Spark 4.2 and later. */
  async listViews(database?: string, pattern?: string): Promise<Table[]> {
    return await ask.listIn(this.#session, "listViews", database, pattern);
  }

  /** One table or view. @throws AnalysisException where there is none */
  async getTable(name: string): Promise<Table> {
    return await ask.one(this.#session, "getTable", ask.TABLE, name);
  }

  /** Whether there is such a table or view. */
  async tableExists(name: string, database?: string): Promise<boolean> {
    return await ask.truth(
      this.#session,
      "tableExists",
      ...ask.within(database, name),
    );
  }

  /** The columns of a table. */
  async listColumns(
    table: string,
    database?: string,
  ): Promise<CatalogColumn[]> {
    return await ask.list(
      this.#session,
      "listColumns",
      ...ask.within(database, table),
    );
  }

  /** The partitions of a table. Spark 4.2 and later. */
  async listPartitions(table: string): Promise<Record<string, unknown>[]> {
    return await ask.list(this.#session, "listPartitions", table);
  }

  /** The properties of a table. Spark 4.2 and later. */
  async getTableProperties(table: string): Promise<Record<string, string>> {
    return await ask.texts(this.#session, "getTableProperties", table);
  }

  /** The statement that makes a table. Spark 4.2 and later. */
  async getCreateTableString(
    table: string,
    asSerde: boolean = false,
  ): Promise<string> {
    return await ask.text(
      this.#session,
      "getCreateTableString",
      table,
      asSerde,
    );
  }

  /** The functions of a database, by a pattern with `*` where one is given. */
  async listFunctions(
    database?: string,
    pattern?: string,
  ): Promise<CatalogFunction[]> {
    return await ask.listIn(this.#session, "listFunctions", database, pattern);
  }

  /** One function. @throws AnalysisException where there is none */
  async getFunction(name: string): Promise<CatalogFunction> {
    return await ask.one(this.#session, "getFunction", ask.FUNCTION, name);
  }

  /** Whether there is such a function. */
  async functionExists(name: string, database?: string): Promise<boolean> {
    return await ask.truth(
      this.#session,
      "functionExists",
      ...ask.within(database, name),
    );
  }

  /**
   * Makes a table, of what is at a path where one is given.
   *
   * @param name its name
   * @param options where its files are, its format, its columns in SQL's words, what it is about, and options of the format
   */
  createTable<S extends object = Record<string, unknown>>(
    name: string,
    options: CreateTableOptions = {},
  ): DataFrame<S> {
    return new DataFrame<S>(ask.createTable(this.#session, name, options));
  }

  /** Removes a table. Spark 4.2 and later. */
  async dropTable(
    name: string,
    ifExists: boolean = false,
    purge: boolean = false,
  ): Promise<void> {
    await ask.tell(this.#session, "dropTable", name, ifExists, purge);
  }

  /** Removes a view. Spark 4.2 and later. */
  async dropView(name: string, ifExists: boolean = false): Promise<void> {
    await ask.tell(this.#session, "dropView", name, ifExists);
  }

  /** Removes all rows of a table. Spark 4.2 and later. */
  async truncateTable(name: string): Promise<void> {
    await ask.tell(this.#session, "truncateTable", name);
  }

  /** Computes statistics of a table, without reading it where `noScan` is true. Spark 4.2 and later. */
  async analyzeTable(name: string, noScan: boolean = false): Promise<void> {
    await ask.tell(this.#session, "analyzeTable", name, noScan);
  }

  /** Removes a temporary view. @returns whether there was one */
  async dropTempView(name: string): Promise<boolean> {
    return await ask.truth(this.#session, "dropTempView", name);
  }

  /** Removes a global temporary view. @returns whether there was one */
  async dropGlobalTempView(name: string): Promise<boolean> {
    return await ask.truth(this.#session, "dropGlobalTempView", name);
  }

  /** Whether a table is kept. */
  async isCached(name: string): Promise<boolean> {
    return await ask.truth(this.#session, "isCached", name);
  }

  /**
   * Keeps a table after the first action that reads it.
   *
   * @param name the table
   * @param level where; in memory and on disk when left out
   */
  async cacheTable(name: string, level?: StorageLevel): Promise<void> {
    await ask.cacheTable(this.#session, name, level);
  }

  /** Keeps a table no longer. */
  async uncacheTable(name: string): Promise<void> {
    await ask.tell(this.#session, "uncacheTable", name);
  }

  /** Keeps no table any longer. */
  async clearCache(): Promise<void> {
    await ask.tell(this.#session, "clearCache");
  }

  /** Forgets what is known of a table's files. */
  async refreshTable(name: string): Promise<void> {
    await ask.tell(this.#session, "refreshTable", name);
  }

  /** Finds partitions of a table that were added to its folder. */
  async recoverPartitions(name: string): Promise<void> {
    await ask.tell(this.#session, "recoverPartitions", name);
  }

  /** Forgets what is known of the files below a path. */
  async refreshByPath(path: string): Promise<void> {
    await ask.tell(this.#session, "refreshByPath", path);
  }
}

/** What a table is made of. */
export interface CreateTableOptions {
  /** Where its files are; the warehouse's folder when left out. */
  readonly path?: string;
  /** Its format; the session's default when left out. */
  readonly source?: string;
  /** Its columns in SQL's words; those of the files when left out. */
  readonly schema?: string;
  /** What it is about. */
  readonly description?: string;
  /** Options of the format. */
  readonly options?: SourceOptions;
}
