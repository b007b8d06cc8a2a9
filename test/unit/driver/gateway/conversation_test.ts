import assert from "node:assert/strict";
import type { Answer } from "../../../../src/driver/gateway/answer.ts";
import {
  type Channel,
  Conversation,
  type Reply,
  type Serve,
} from "../../../../src/driver/gateway/conversation.ts";

/** A conversation whose wire is a list. */
class Talk {
  readonly written: string[] = [];
  readonly served: { lines: string[]; channel: Channel }[] = [];
  readonly conversation: Conversation;
  isHeld = false;
  closed: unknown;
  #replies: ((reply: Reply) => void)[] = [];

  constructor(isTheirs: boolean = false, serves: boolean = true) {
    const serve: Serve = (lines, channel) => {
      const decoder = new TextDecoder();
      this.served.push({ lines: lines.map((l) => decoder.decode(l)), channel });
      return new Promise((resolve) => this.#replies.push(resolve));
    };
    this.conversation = new Conversation(
      {
        write: (text) => void this.written.push(text),
        ref: () => this.isHeld = true,
        unref: () => this.isHeld = false,
        close: (reason) => {
          this.closed = reason;
          this.conversation.end(reason);
        },
      },
      serves ? serve : null,
      isTheirs,
    );
  }

  say(text: string): void {
    this.conversation.push(new TextEncoder().encode(text));
  }

  /** Answers the last of the open callbacks. */
  async reply(reply: Reply): Promise<void> {
    this.#replies.pop()?.(reply);
    await turn();
  }
}

/** Lets everything run that waits for nothing but its turn. */
async function turn(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

const VALUE = (value: number): Answer => ({ kind: "value", value });

Deno.test({
  name: "Conversation serves a call in the place of an answer, and nests",
  permissions: "none",
  async fn() {
    const talk = new Talk();
    const outer = talk.conversation.channel.send("one\n", null);
    const waiting = talk.conversation.channel.send("two\n", null);
    assert.deepEqual(talk.written, ["one\n"]);
    talk.say("c\np0\nrun\ni");
    talk.say("5\ne\n");
    assert.deepEqual(talk.served[0]?.lines, ["c", "p0", "run", "i5"]);
    const inner = talk.served[0]?.channel.send("inner\n", null);
    talk.say("c\np1\nrun\ne\n");
    assert.deepEqual(talk.served[1]?.lines, ["c", "p1", "run"]);
    await talk.reply({ text: "!yi1\n" });
    talk.say("!yi2\n");
    assert.deepEqual(await inner, VALUE(2));
    await talk.reply({ text: "!yi3\n" });
    talk.say("!yi4\n!yi5\n");
    assert.deepEqual(await outer, VALUE(4));
    assert.deepEqual(await waiting, VALUE(5));
    assert.deepEqual(talk.written, [
      "one\n",
      "inner\n",
      "!yi1\n",
      "!yi3\n",
      "two\n",
    ]);
    assert.equal(talk.isHeld, false);
  },
});

Deno.test({
  name:
    "Conversation replies when commands that nobody awaited are answered, and takes none after",
  permissions: "none",
  async fn() {
    const talk = new Talk(true);
    talk.say("c\np0\nrun\ne\n");
    assert.equal(talk.isHeld, true);
    const channel = talk.served[0]?.channel;
    const left = channel?.send("left\n", null);
    await talk.reply({ text: "!yv\n" });
    assert.deepEqual(talk.written, ["left\n"]);
    talk.say("!yi1\n");
    assert.deepEqual(await left, VALUE(1));
    await turn();
    assert.deepEqual(talk.written, ["left\n", "!yv\n"]);
    assert.equal(channel?.usable, false);
    await assert.rejects(channel?.send("late\n", null) ?? Promise.resolve(), {
      condition: "CALLBACK_ENDED",
      message:
        "Cannot call the JVM in the thread of a callback: the callback has ended",
    });
    assert.equal(talk.isHeld, false);
  },
});

Deno.test({
  name: "Conversation tells when the JVM has read a reply: at its next line",
  permissions: "none",
  async fn() {
    const read: number[] = [];
    const talk = new Talk(true);
    talk.say("c\np0\nrun\ne\n");
    await talk.reply({ text: "!yr7\n", onRead: () => read.push(1) });
    assert.equal(read.length, 0);
    talk.say("c\n");
    assert.deepEqual([...read], [1]);
    talk.say("p0\nrun\ne\n");
    await talk.reply({ text: "!yr8\n", onRead: () => read.push(2) });
    talk.conversation.end(new Error("closed"));
    assert.deepEqual(read, [1, 2]);
  },
});

Deno.test({
  name: "Conversation.end() fails the commands of all levels",
  permissions: "none",
  async fn() {
    const talk = new Talk();
    const outer = talk.conversation.channel.send("one\n", null);
    talk.say("c\np0\nrun\ne\n");
    const inner = talk.served[0]?.channel.send("inner\n", null);
    const reason = new Error("gone");
    talk.conversation.end(reason);
    await assert.rejects(outer, reason);
    await assert.rejects(inner ?? Promise.resolve(), reason);
    await talk.reply({ text: "!yv\n" });
    talk.say("!yi1\n");
    assert.deepEqual(talk.written, ["one\n", "inner\n"]);
  },
});

Deno.test({
  name: "Conversation refuses what is out of step",
  permissions: "none",
  async fn() {
    for (
      const [talk, text, condition] of [
        [new Talk(), "!yv\n", "ANSWER_UNASKED"],
        [new Talk(), "c\n", "ANSWER_UNASKED"],
        [new Talk(true), "!yv\n", "ANSWER_UNASKED"],
        [new Talk(true), "HTTP/1.1 400\n", "ANSWER_UNASKED"],
      ] as const
    ) {
      assert.throws(() => talk.say(text), { condition });
    }
    for (const talk of [new Talk(), new Talk(false, false)]) {
      const sent = talk.conversation.channel.send("one\n", null);
      assert.throws(() => talk.say("HTTP/1.1 400\n"), {
        condition: "ANSWER_INVALID",
      });
      talk.conversation.end(new Error("x"));
      await assert.rejects(sent);
    }
    const quiet = new Talk(false, false);
    const sent = quiet.conversation.channel.send("one\n", null);
    assert.throws(() => quiet.say("c\n"), { condition: "ANSWER_INVALID" });
    quiet.conversation.end(new Error("x"));
    await assert.rejects(sent);
  },
});

Deno.test({
  name: "Conversation closes after a fatal answer",
  permissions: "none",
  async fn() {
    const talk = new Talk();
    const sent = talk.conversation.channel.send("one\n", null, 3);
    const next = talk.conversation.channel.send("two\n", null);
    talk.say("!yv\n!zsbad\n");
    assert.deepEqual(await sent, {
      kind: "refused",
      reason: "bad",
      fatal: true,
    });
    await assert.rejects(next, { condition: "CONNECTION_ENDED" });
    assert.deepEqual(talk.written, ["one\n"]);
  },
});
