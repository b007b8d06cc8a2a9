import { commandInvalid } from "./command.ts";
import { MAX_COMMAND_DEPTH, TAGS } from "./command_specials.ts";

/** Kinds of CBOR items: the upper three bits of the first byte. */
const MAJOR = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

const FLOAT64 = 0xfb;
/** First bytes of false, true, null and undefined. */
const LEAST_SIMPLE = 0xf4;
const MOST_SIMPLE = 0xf7;
const TAG_NUMBERS: ReadonlySet<number> = new Set(Object.values(TAGS));

/**
 * Checks that bytes are one item of those that the command encoder writes, so
 * that the library reads nothing else: its tags for packed values, records and
 * errors call functions by name and allocate on their own account.
 *
 * @param bytes what came
 * @throws ProtocolError `COMMAND_INVALID`
 */
export function checkCommandBytes(bytes: Uint8Array): void {
  const checker = new Checker(bytes);
  checker.item(MAX_COMMAND_DEPTH);
  if (checker.at !== bytes.length) {
    throw commandInvalid(`${bytes.length - checker.at} bytes too many`);
  }
}

class Checker {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Goes behind the next item. */
  item(levels: number): void {
    const head = this.#byte();
    const major = head >> 5;
    if (major === MAJOR.simple) {
      if (head === FLOAT64) this.#skip(8);
      else if (head < LEAST_SIMPLE || head > MOST_SIMPLE) throw unknown(head);
      return;
    }
    const isWhole = major === MAJOR.unsigned || major === MAJOR.negative;
    const size = this.#argument(head, isWhole);
    if (isWhole) return;
    if (major === MAJOR.bytes || major === MAJOR.text) this.#skip(size);
    else this.#nested(major, size, levels - 1);
  }

  #nested(major: number, size: number, levels: number): void {
    if (levels < 0) {
      throw commandInvalid(`more than ${MAX_COMMAND_DEPTH} levels`);
    }
    if (major === MAJOR.tag) {
      if (!TAG_NUMBERS.has(size)) throw commandInvalid(`tag ${size}`);
      this.#tagged(size);
      return;
    }
    // Each item takes a byte at least.
    if (size > this.#bytes.length - this.at) throw truncated();
    for (let i = 0; i < size; i++) {
      if (major === MAJOR.map) this.#key();
      this.item(levels);
    }
  }

  #tagged(tag: number): void {
    const wanted = tag === TAGS.negativeZero ? MAJOR.unsigned : MAJOR.text;
    if (this.#bytes[this.at] !== undefined && this.#major() !== wanted) {
      throw commandInvalid(`tag ${tag} over another kind of value`);
    }
    this.item(0);
  }

  #key(): void {
    if (this.at < this.#bytes.length && this.#major() !== MAJOR.text) {
      throw commandInvalid("a key that is no text");
    }
    this.item(0);
  }

  #major(): number {
    return (this.#bytes[this.at] ?? 0) >> 5;
  }

  /** The number that the head announces; whole numbers of 64 bits are skipped, and are no sizes. */
  #argument(head: number, isWhole: boolean): number {
    const form = head & 0x1f;
    if (form < 24) return form;
    const at = this.at;
    switch (form) {
      case 24:
        return this.#byte();
      case 25:
        this.#skip(2);
        return this.#view.getUint16(at);
      case 26:
        this.#skip(4);
        return this.#view.getUint32(at);
      case 27:
        if (!isWhole) throw unknown(head);
        this.#skip(8);
        return 0;
      default:
        throw unknown(head);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw truncated();
    return byte;
  }

  #skip(count: number): void {
    if (count > this.#bytes.length - this.at) throw truncated();
    this.at += count;
  }
}

function truncated(): Error {
  return commandInvalid("its bytes end early");
}

function unknown(head: number): Error {
  return commandInvalid(`a byte 0x${head.toString(16)} where a value begins`);
}
