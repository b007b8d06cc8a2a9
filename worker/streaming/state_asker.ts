import {
  type StateCall,
  type StateKind,
  stateRequest,
} from "../../src/protocol/state_request.ts";
import type { StateAnswer } from "../../src/protocol/state_answer.ts";
import { END_OF_STREAM } from "../../src/serde/arrow/arrow_message.ts";
import { writeSchemaMessage } from "../../src/serde/arrow/schema_writer.ts";
import { concatBytes } from "../../src/common/concat_bytes.ts";
import type { StateClient } from "./state_client.ts";
import type { ReadPart, StateLists } from "./state_lists.ts";

/** Asks the state server about one state of the key that is looked at. */
export class StateAsker {
  /** Reads lists as the server sends them. */
  readonly lists: StateLists;
  readonly #client: StateClient;
  readonly #kind: StateKind;
  readonly #name: string;
  readonly #needKey: (action: string) => void;

  /**
   * @param client of the task
   * @param kind of the state
   * @param name of the state
   * @param needKey refuses what is asked while no key is looked at
   */
  constructor(
    client: StateClient,
    kind: StateKind,
    name: string,
    needKey: (action: string) => void,
  ) {
    this.lists = client.lists;
    this.#client = client;
    this.#kind = kind;
    this.#name = name;
    this.#needKey = needKey;
  }

  /** As `StateClient.run()`: every call of a state goes through it once. */
  run<T>(body: () => T): T {
    return this.#client.run(body);
  }

  /** Asks one thing. */
  ask(call: StateCall, behind?: Uint8Array): StateAnswer {
    const action = this.#action(call.call);
    return this.#client.ask(this.#request(call), action, behind);
  }

  /**
   * Puts or appends a list. Where lists go as Arrow streams its rows go one by
   * one: what is read back is what was written then, of whatever type.
   */
  sendList(call: "put" | "appendList", values: readonly Uint8Array[]): void {
    if (this.lists.form === "messages") {
      this.ask({ call, values });
      return;
    }
    if (values.length === 0) {
      this.ask({ call, values }, EMPTY_STREAM); // which Spark refuses
      return;
    }
    if (call === "put") this.ask({ call: "clear" });
    this.#client.askAll(
      values.map((value) => this.#request({ call: "appendValue", value })),
      this.#action(call),
    );
  }

  /** Goes through a list. */
  list<T>(
    call: "get" | "iterator" | "keys" | "values",
    read: ReadPart<T>,
  ): Generator<T> {
    const action = this.#titled(call);
    const request = (iterator: string) => {
      this.#needKey(action);
      return this.#request({ call, iterator });
    };
    return this.#client.list(request, action, read);
  }

  #request(call: StateCall): Uint8Array {
    return stateRequest(this.#kind, this.#name, call);
  }

  #action(call: string): string {
    const action = this.#titled(call);
    this.#needKey(action);
    return action;
  }

  #titled(call: string): string {
    return `call ${call}() of ${stateTitle(this.#kind, this.#name)}`;
  }
}

const EMPTY_STREAM = concatBytes([
  writeSchemaMessage({ fields: [] }),
  END_OF_STREAM,
]);

/** What states of a kind are called in messages. */
export function stateTitle(kind: StateKind, name: string): string {
  return `the ${kind} state "${name}"`;
}
