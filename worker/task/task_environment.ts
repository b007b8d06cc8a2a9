import { resolve } from "node:path";
import type { OwnName } from "../../src/protocol/closure_record.ts";
import type { LocalEndpoint } from "../../src/protocol/local_endpoint.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { callBarrier } from "./barrier_client.ts";
import type { LocalConnection } from "./local_connection.ts";
import { ownVariables, type Variables } from "../daemon/spark_environment.ts";
import {
  type CurrentTask,
  type TaskContexts,
  taskContexts,
} from "./task_context.ts";

/** What user code may ask about the task that runs. */
export class TaskEnvironment {
  readonly #connect: (endpoint: LocalEndpoint) => LocalConnection;
  readonly #variables: Variables;
  readonly #contexts: TaskContexts = taskContexts(() => this.#task);
  readonly #files = Object.freeze({
    get: (name: string): string => resolve(this.#filesDirectory, name),
    getRootDirectory: (): string => this.#filesDirectory,
  });
  #task: CurrentTask | null = null;
  #filesDirectory = "";

  /**
   * @param connect makes a connection to the JVM of this machine
   * @param variables the environment
   */
  constructor(
    connect: (endpoint: LocalEndpoint) => LocalConnection,
    variables: Variables = ownVariables,
  ) {
    this.#connect = connect;
    this.#variables = variables;
  }

  /** A task begins. */
  begin({ context, filesDirectory }: TaskHeader): void {
    const { barrier } = context;
    this.#filesDirectory = filesDirectory;
    this.#task = {
      info: context,
      gather: (message) =>
        barrier === null
          ? []
          : callBarrier(() => this.#connect(barrier), message),
    };
  }

  /** The task has ended: what it left running is told of none. */
  end(): void {
    this.#task = null;
  }

  /** Where packages may be installed: with the files that were sent, at the process's place, and where `NODE_PATH` says. */
  folders(): readonly string[] {
    const others = this.#variables("NODE_PATH")?.split(":").filter(Boolean) ??
      [];
    return [this.#filesDirectory, Deno.cwd(), ...others.map(withoutModules)];
  }

  /**
   * What stands for a handle of the driver's in functions of this worker.
   *
   * @param name the handle
   */
  own(name: OwnName): object {
    switch (name) {
      case "TaskContext":
        return this.#contexts.TaskContext;
      case "BarrierTaskContext":
        return this.#contexts.BarrierTaskContext;
      case "SparkFiles":
        return this.#files;
    }
  }
}

/** `NODE_PATH` names `node_modules` folders themselves. */
function withoutModules(folder: string): string {
  return folder.replace(/\/node_modules\/?$/, "");
}
