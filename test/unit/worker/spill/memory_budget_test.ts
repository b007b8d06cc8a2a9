import assert from "node:assert/strict";
import { MemoryBudget } from "../../../../worker/spill/memory_budget.ts";

const pure = { permissions: "none" } as const;
const SMALL_RECORDS_PER_LOOK = 1024;

/** A budget at whose `limit` records go to disk, over a number that the test sets, and how often it was asked for. */
function budgetOver(
  limit: number,
  gc: ((memory: { used: number }) => void) | null = null,
): { budget: MemoryBudget; memory: { used: number; asked: number } } {
  const memory = { used: 0, asked: 0 };
  const measure = (): number => {
    memory.asked++;
    return memory.used;
  };
  const collect = gc === null ? null : () => gc(memory);
  return { budget: new MemoryBudget(limit / 0.8, measure, collect), memory };
}

Deno.test(
  "MemoryBudget.isExceeded() from four fifths of the limit on",
  pure,
  () => {
    const { budget, memory } = budgetOver(100);
    memory.used = 99;
    assert.equal(budget.isExceeded(), false);
    memory.used = 100;
    assert.equal(budget.isExceeded(), true);
    assert.equal(budget.limitBytes, 125);
    assert.equal(budget.usedBytes, 100);
  },
);

Deno.test(
  "MemoryBudget.isExceeded() collects garbage before it says so",
  pure,
  () => {
    let live = 74;
    const { budget, memory } = budgetOver(100, (memory) => memory.used = live);
    memory.used = 100;
    assert.equal(budget.isExceeded(), false);
    live = 75;
    memory.used = 100;
    assert.equal(budget.isExceeded(), true);
  },
);

Deno.test(
  "MemoryBudget.released() raises the limit above what cannot be freed",
  pure,
  () => {
    const { budget, memory } = budgetOver(100);
    memory.used = 200;
    budget.released();
    memory.used = 234;
    assert.equal(budget.isExceeded(), false);
    memory.used = 235; // 200 · 1.05 + 100 / 4
    assert.equal(budget.isExceeded(), true);
    memory.used = 10;
    budget.released();
    memory.used = 100;
    assert.equal(budget.isExceeded(), true);
  },
);

Deno.test(
  "MemoryBudget.released() leaves what is always held out of the share that must live",
  pure,
  () => {
    let live = 200;
    const { budget, memory } = budgetOver(100, (memory) => memory.used = live);
    budget.released();
    memory.used = 240;
    live = 226; // of the 35 between 200 and the limit of 235 less than three quarters
    assert.equal(budget.isExceeded(), false);
    memory.used = 240;
    live = 227;
    assert.equal(budget.isExceeded(), true);
  },
);

Deno.test(
  "MemoryBudget.isFullAfter() looks once per 1,024 small records",
  pure,
  () => {
    const { budget, memory } = budgetOver(100);
    const records = 100 * SMALL_RECORDS_PER_LOOK;
    for (let i = 0; i < records; i++) budget.isFullAfter(0);
    assert.ok(memory.asked < 2 * 100 + 10, `asked ${memory.asked} times`);
    memory.used = 100;
    let until = 0;
    while (!budget.isFullAfter(0)) until++;
    assert.ok(until < SMALL_RECORDS_PER_LOOK);
  },
);

Deno.test(
  "MemoryBudget.isFullAfter() looks after each record of a megabyte",
  pure,
  () => {
    const { budget, memory } = budgetOver(1 << 29);
    for (let i = 0; i < 5000; i++) budget.isFullAfter(0);
    memory.used = 1 << 29;
    assert.equal(budget.isFullAfter(1 << 20), true);
  },
);

Deno.test(
  "MemoryBudget.isFullAfter() looks more often where records of unknown size are large",
  pure,
  () => {
    const limit = 1 << 29;
    const { budget, memory } = budgetOver(limit);
    while (!budget.isFullAfter(0)) memory.used += 1 << 20;
    assert.ok(memory.used <= limit + limit / 8, `used ${memory.used} bytes`);
    assert.ok(memory.asked < 200, `asked ${memory.asked} times`);
  },
);

Deno.test(
  "MemoryBudget measures the heap and buffers of this process by default",
  pure,
  () => {
    const budget = new MemoryBudget(1 << 30);
    const before = budget.usedBytes;
    const held = new Uint8Array(64 << 20).fill(1);
    const grown = budget.usedBytes - before;
    assert.ok(before > 1 << 20);
    assert.ok(grown > held.length / 2, `grew by ${grown} bytes`);
  },
);
