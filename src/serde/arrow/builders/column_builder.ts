import { types } from "node:util";
import { SparkError } from "../../../common/errors.ts";
import { describeValue } from "../../../common/describe_value.ts";
import { type DataType, simpleName } from "../../../types/spark_types.ts";
import { Bits } from "./bits.ts";

/** What a record batch is made of, in Arrow's order: columns before those within them. */
export interface BatchParts {
  /** Length and number of nulls of each column, in turn. */
  readonly nodes: number[];
  /** Buffers of the columns, valid until their builders change. */
  readonly buffers: Uint8Array[];
  /** Whether offsets of texts and binaries have 64 bits. */
  readonly largeVarTypes: boolean;
}

/** Where a column stands. */
export interface ColumnPlace {
  /** Its name, with those of the columns around it, such as `address.city`. */
  readonly column: string;
  /** Whether nulls are taken. */
  readonly nullable: boolean;
  /** The column at the top that this one is within; null if it is at the top itself. */
  readonly top: ColumnBuilder | null;
  /** What a message says could not be done, where that is not to write a row of the column. */
  readonly action?: string;
}

const NO_BYTES = new Uint8Array(0);
const AWAIT = "await it first, as asyncUdf() does in queries";

/** Gathers the values of one column; each is checked against the column's type. */
export abstract class ColumnBuilder {
  /** The column's type. */
  readonly type: DataType;
  readonly #place: ColumnPlace;
  readonly #validity: Bits = new Bits();
  #length = 0;
  #nulls = 0;
  #before = 0;

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   */
  constructor(type: DataType, place: ColumnPlace) {
    this.type = type;
    this.#place = place;
  }

  /** How many values there are. */
  get length(): number {
    return this.#length;
  }

  /** The column's name, with those of the columns around it. */
  get column(): string {
    return this.#place.column;
  }

  /** About how many bytes the values take. */
  abstract get byteLength(): number;

  /**
   * Adds a value; undefined counts as null.
   *
   * @throws SparkError `VALUE_TYPE_MISMATCH`, `VALUE_OUT_OF_RANGE`,
   *   `NULL_NOT_ALLOWED`; the batch that is being built is lost then
   */
  append(value: unknown): void {
    if (value === null || value === undefined) return this.appendNull();
    this.put(value);
    this.#length++;
    if (this.#nulls > 0) this.#validity.push(true);
  }

  /**
   * Adds a null.
   *
   * @throws SparkError `NULL_NOT_ALLOWED`
   */
  appendNull(): void {
    if (!this.#place.nullable) throw this.#nullRefused();
    this.appendHidden();
  }

  /**
   * Adds a null where the column around this one has a null, so that it is
   * never seen.
   *
   * @internal
   */
  appendHidden(): void {
    this.putNothing();
    if (this.#nulls === 0) this.#validity.pushOnes(this.#length);
    this.#validity.push(false);
    this.#nulls++;
    this.#length++;
  }

  /**
   * Adds all values of a list.
   *
   * @throws SparkError as {@link ColumnBuilder.append}
   */
  appendAll(values: ArrayLike<unknown>): void {
    for (let i = 0; i < values.length; i++) this.append(values[i]);
  }

  /** Adds the column's parts, and those of the columns within it. */
  addTo(parts: BatchParts): void {
    parts.nodes.push(this.#length, this.#nulls);
    if (this.hasValidity) {
      parts.buffers.push(this.#nulls > 0 ? this.#validity.view() : NO_BYTES);
    }
    this.addBuffers(parts);
  }

  /** Forgets all values and keeps the space. */
  clear(): void {
    this.#before += this.#length;
    this.#length = 0;
    this.#nulls = 0;
    this.#validity.clear();
    this.clearValues();
  }

  /** Whether the column has a buffer that tells its nulls. */
  protected get hasValidity(): boolean {
    return true;
  }

  /** Adds a value that is neither null nor undefined: the one at index {@link ColumnBuilder.length}. */
  protected abstract put(value: unknown): void;

  /** Adds whatever stands where a null is, at index {@link ColumnBuilder.length}. */
  protected abstract putNothing(): void;

  /** Adds the buffers of the values, and the columns within. */
  protected abstract addBuffers(parts: BatchParts): void;

  /** Forgets the values. */
  protected abstract clearValues(): void;

  /** The place of a column within this one. */
  protected placeWithin(name: string, nullable: boolean): ColumnPlace {
    return {
      column: `${this.#place.column}.${name}`,
      nullable,
      top: this.#place.top ?? this,
    };
  }

  /**
   * The error of a value of another type.
   *
   * @param value the value
   * @param wanted what to give, such as `"give true or false"`
   */
  protected mismatch(value: unknown, wanted: string): SparkError {
    return this.#refusal(
      "VALUE_TYPE_MISMATCH",
      value,
      `is no value of type ${simpleName(this.type)}; ${
        types.isPromise(value) ? AWAIT : wanted
      }`,
    );
  }

  /**
   * The error of a value that the type has no place for.
   *
   * @param value the value
   * @param wanted what to give instead
   */
  protected outOfRange(value: unknown, wanted: string): SparkError {
    return this.#refusal(
      "VALUE_OUT_OF_RANGE",
      value,
      `does not fit into type ${simpleName(this.type)}; ${wanted}`,
    );
  }

  #nullRefused(): SparkError {
    const row = this.#row();
    return new SparkError(
      "NULL_NOT_ALLOWED",
      `Cannot write row ${row} of column "${this.column}": null is not allowed there; give a value, or make the column nullable in the schema`,
      { column: this.column, row },
    );
  }

  #refusal(condition: string, value: unknown, why: string): SparkError {
    const row = this.#row();
    const text = describeValue(value);
    const { action = `write row ${row} of column "${this.column}"` } =
      this.#place;
    return new SparkError(
      condition,
      `Cannot ${action}: ${text} ${why}`,
      { column: this.column, row, value: text, type: simpleName(this.type) },
    );
  }

  #row(): number {
    const top = this.#place.top ?? this;
    return top.#before + top.#length;
  }
}
