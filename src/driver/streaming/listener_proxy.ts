import { errorStack } from "../../common/error_message.ts";
import { writeErrorText } from "../../common/log.ts";
import type { JavaMethods } from "../gateway/callback_registry.ts";
import { JavaObject, type JavaValue } from "../gateway/java_object.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import type {
  QueryIdleEvent,
  QueryStartedEvent,
  QueryTerminatedEvent,
  StreamingQueryListener,
} from "./streaming_query_listener.ts";
import { parseProgress } from "./streaming_query_progress.ts";

/** The interface that the JVM calls. */
export const LISTENER_INTERFACE =
  "org.apache.spark.sql.streaming.PythonStreamingQueryListener";

/**
 * What the JVM calls of a listener. It gets its answer once the event is read,
 * before the listener is told: its thread serves the listeners of all queries.
 *
 * Peer: `PythonStreamingQueryListener`, Spark 3.5 – 4.3; each event has `json`.
 *
 * @param listener the program's
 * @param site where the program added it
 * @param programContinues called before the listener is told
 */
export function listenerMethods(
  listener: StreamingQueryListener,
  site: CallSite,
  programContinues: () => void,
): JavaMethods {
  let last: Promise<void> = Promise.resolve();
  const tell = (name: string, call: () => unknown): void => {
    last = last.then(async () => {
      programContinues();
      try {
        await call();
      } catch (error) {
        writeErrorText(
          `Warning: ${name}() of the listener of ${
            describeSite(site)
          } failed; the query goes on: ${errorStack(error)}\n`,
        );
      }
    });
  };
  return {
    async onQueryStarted(event) {
      const { name = null, ...rest } = await read<Partial<QueryStartedEvent>>(
        event,
      );
      const started = { ...rest, name } as QueryStartedEvent;
      tell("onQueryStarted", () => listener.onQueryStarted?.(started));
    },
    async onQueryProgress(event) {
      const progress = await progressOf(event);
      tell("onQueryProgress", () => listener.onQueryProgress?.({ progress }));
    },
    async onQueryIdle(event) {
      const idle = await read<QueryIdleEvent>(event);
      tell("onQueryIdle", () => listener.onQueryIdle?.(idle));
    },
    async onQueryTerminated(event) {
      const { exception = null, errorClassOnException = null, ...rest } =
        await read<Partial<QueryTerminatedEvent>>(event);
      const ended = { ...rest, exception, errorClassOnException };
      tell(
        "onQueryTerminated",
        () => listener.onQueryTerminated?.(ended as QueryTerminatedEvent),
      );
    },
  };
}

async function read<T>(event: JavaValue | undefined): Promise<T> {
  return JSON.parse(await eventObject(event).callString("json")) as T;
}

async function progressOf(
  event: JavaValue | undefined,
): Promise<ReturnType<typeof parseProgress>> {
  const progress = await eventObject(event).callObject("progress");
  return parseProgress(await progress.callString("json"));
}

function eventObject(event: JavaValue | undefined): JavaObject {
  if (event instanceof JavaObject) return event;
  throw new TypeError("Cannot read a listener's event: it is no object");
}
