import assert from "node:assert/strict";
import { MAX_FRAME_BYTES } from "../../../../src/protocol/frame.ts";
import {
  encapsulate,
  MESSAGE_KINDS,
} from "../../../../src/serde/arrow/arrow_message.ts";
import { flatTable } from "../../../../src/serde/arrow/flat_writer.ts";
import { checkMessageSize } from "../../../../src/serde/arrow/message_size.ts";
import { MessageSplitter } from "../../../../src/serde/arrow/message_splitter.ts";

const PURE = { permissions: "none" } as const;

Deno.test(
  "checkMessageSize() tells batches that are too large from nonsense",
  PURE,
  () => {
    checkMessageSize(0);
    checkMessageSize(MAX_FRAME_BYTES);
    assert.throws(() => checkMessageSize(3_000_000_000), {
      condition: "BATCH_TOO_LARGE",
      message:
        'Cannot read an Arrow batch of 3000000000 bytes: it may have 1073741824; lower "spark.sql.execution.arrow.maxRecordsPerBatch", or make groups smaller, which up to Spark 4.0 are one batch each',
    });
    for (const size of [-1, 2 ** 50]) {
      assert.throws(() => checkMessageSize(size), {
        condition: "LENGTH_INVALID",
      });
    }
  },
);

Deno.test(
  "MessageSplitter refuses a batch that is too large at its metadata",
  PURE,
  () => {
    const head = encapsulate(MESSAGE_KINDS.batch, flatTable(), 2 ** 31);
    assert.throws(() => new MessageSplitter().push(head), {
      condition: "BATCH_TOO_LARGE",
    });
  },
);
