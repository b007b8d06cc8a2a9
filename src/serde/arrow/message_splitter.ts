import { bodyLengthOf, malformedArrow, readPrefix } from "./arrow_message.ts";
import { checkMessageSize } from "./message_size.ts";

const PREFIX_BYTES = 8;

/**
 * Cuts an Arrow IPC stream that comes in chunks into its messages, however the
 * chunks fall. Memory is made as bytes arrive, not as they are announced.
 *
 * Layout: messages (int32 LE -1, int32 LE length of the metadata, metadata,
 * body), then int32 -1 and int32 0.
 */
export class MessageSplitter {
  #chunks: Uint8Array[] = [];
  #held = 0;
  /** Bytes that the next message has, as far as it is known. */
  #wanted = PREFIX_BYTES;
  /** Bytes of its prefix and metadata; 0 while they are not known. */
  #head = 0;
  #ended = false;

  /** Whether the mark behind the last message has come. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Takes the next chunk.
   *
   * @param chunk bytes as they came; they must stay as they are
   * @returns the messages that it completes, each in memory of its own
   * @throws ProtocolError `ARROW_MALFORMED`; see also `checkMessageSize`
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = [];
    if (chunk.length > 0) this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (!this.#ended && this.#held >= this.#wanted) {
      const message = this.#next();
      if (message !== null) messages.push(message);
    }
    return messages;
  }

  /**
   * Says that no more will come.
   *
   * @returns what followed the end of the stream
   * @throws ProtocolError `ARROW_MALFORMED` when the stream did not end
   */
  finish(): Uint8Array {
    if (!this.#ended) throw malformedArrow("it is cut short");
    return this.#take(this.#held);
  }

  /** Takes what is there; null when it only says how much more is wanted. */
  #next(): Uint8Array | null {
    if (this.#wanted === PREFIX_BYTES) {
      const metadata = readPrefix(this.#peek(PREFIX_BYTES), 0);
      if (metadata === 0) {
        this.#ended = true;
        this.#take(PREFIX_BYTES);
        return null;
      }
      this.#want(PREFIX_BYTES + metadata);
      this.#head = this.#wanted;
      return null;
    }
    if (this.#head !== 0) {
      const body = bodyLengthOf(this.#peek(this.#head), 0, this.#head);
      const head = this.#head;
      this.#head = 0;
      this.#want(head + body);
      if (this.#held < this.#wanted) return null;
    }
    const message = this.#take(this.#wanted);
    this.#wanted = PREFIX_BYTES;
    return message;
  }

  #want(size: number): void {
    checkMessageSize(size);
    this.#wanted = size;
  }

  /** The first bytes, which stay there. */
  #peek(size: number): Uint8Array {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= size) {
      return first.subarray(0, size);
    }
    const bytes = this.#take(size);
    this.#chunks.unshift(bytes);
    this.#held += size;
    return bytes;
  }

  /** The first bytes, in memory of their own, and off the chunks. */
  #take(size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    let at = 0;
    let used = 0;
    for (; at < size; used++) {
      const chunk = this.#chunks[used] as Uint8Array;
      const part = Math.min(chunk.length, size - at);
      bytes.set(part < chunk.length ? chunk.subarray(0, part) : chunk, at);
      at += part;
      if (part < chunk.length) {
        this.#chunks[used] = chunk.subarray(part);
        break;
      }
    }
    this.#chunks.splice(0, used);
    this.#held -= size;
    return bytes;
  }
}
