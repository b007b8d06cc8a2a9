import type {
  ClosureRecord,
  SharedReference,
} from "../../src/protocol/closure_record.ts";
import type { StageCommand } from "../../src/protocol/command.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import type { AccumulatorStore } from "./accumulator_store.ts";
import type { BroadcastStore } from "./broadcast_store.ts";
import { PackageStore } from "../closure/package_store.ts";
import type { ClosureReviver } from "../closure/revive_closure.ts";
import { TaskProfile } from "./task_profile.ts";
import type { TaskEnvironment } from "./task_environment.ts";

/** A broadcast as functions of a worker see it. */
export interface WorkerBroadcast {
  /** Number of the broadcast in its application. */
  readonly id: number;
  /** Its value, read when it is first asked for. */
  readonly value: unknown;
}

/** What stands on this worker for the handles that functions name. */
export class SharedValues {
  /** What functions may ask about their task. */
  readonly environment: TaskEnvironment;
  /** The broadcasts that this worker was told of. */
  readonly broadcasts: BroadcastStore;
  /** What the running task has added up. */
  readonly accumulators: AccumulatorStore;
  /** What is measured of the running task. */
  readonly profile: TaskProfile = new TaskProfile();
  /** The packages that this worker was sent. */
  readonly packages: PackageStore;

  /** Brings them together. */
  constructor(
    environment: TaskEnvironment,
    broadcasts: BroadcastStore,
    accumulators: AccumulatorStore,
  ) {
    this.environment = environment;
    this.broadcasts = broadcasts;
    this.accumulators = accumulators;
    this.packages = new PackageStore(
      (broadcast) => broadcasts.bytes(broadcast),
      () => environment.folders(),
    );
  }

  /** A task begins. */
  begin(header: TaskHeader): void {
    this.environment.begin(header);
    this.accumulators.begin();
    this.profile.begin();
  }

  /** The task has ended: what it left running is told of none, and adds to none. */
  end(): void {
    this.environment.end();
    this.accumulators.end();
  }

  /**
   * Makes live values of closure records, with the handles in them this worker's own.
   *
   * @param reviver makes functions
   * @param command names the JVM's number of each broadcast, and the packages
   */
  reviving(
    reviver: ClosureReviver,
    command: Pick<StageCommand, "broadcasts" | "packages">,
  ): (record: ClosureRecord) => unknown[] {
    const ids = new Map(command.broadcasts);
    const packages = this.packages.source(command.packages);
    const reviving =
      (accumulator: AccumulatorStore["own"]) =>
      (record: ClosureRecord): unknown[] =>
        reviver.revive(
          record,
          (reference) => own(reference, accumulator),
          packages,
        );
    // A broadcast's value outlives the task that first asks for it.
    const reviveShared = reviving((id, start) =>
      this.accumulators.shared(id, start)
    );
    const own = (
      reference: SharedReference,
      accumulator: AccumulatorStore["own"],
    ): unknown => {
      switch (reference.kind) {
        case "own":
          return this.environment.own(reference.name);
        case "broadcast":
          return this.#broadcast(reference.id, ids, reviveShared);
        case "accumulator":
          return accumulator(
            reference.id,
            reference.carries ?? { zero: 0, param: "sum" },
          );
      }
    };
    return reviving((id, start) => this.accumulators.own(id, start));
  }

  #broadcast(
    id: number,
    ids: ReadonlyMap<number, number>,
    revive: (record: ClosureRecord) => unknown[],
  ): WorkerBroadcast {
    const jvm = ids.get(id);
    if (jvm === undefined) {
      throw new ProtocolError(
        "SHARED_VALUE_UNKNOWN",
        `Cannot find broadcast ${id}: this worker was not told of it`,
        { kind: "broadcast", id },
      );
    }
    const { broadcasts } = this;
    return Object.freeze({
      id,
      get value(): unknown {
        return broadcasts.value(jvm, revive);
      },
    });
  }
}
