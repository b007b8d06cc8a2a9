import type { JavaObject } from "../gateway/java_object.ts";
import { callSite } from "../runtime/call_site.ts";
import { tellUnknownOptions } from "../sql/io/check_options.ts";
import { openReader, type ReaderProps } from "../sql/io/read_source.ts";
import { eager } from "../sql/plan/marks.ts";
import { type Relation, source } from "../sql/plan/relation.ts";
import type { SessionState } from "../sql/session_state.ts";
import { requireMethod } from "../sql/spark_versions.ts";

/** What a reader of streams was told so far. */
export interface StreamReaderProps extends ReaderProps {
  /** The source's name; null for none. */
  readonly name: string | null;
}

/**
 * A stream.
 *
 * Peer: `DataStreamReader`, Spark 3.5 – 4.3.
 *
 * @param session whose it is
 * @param method `load`, `table` or `changes`
 * @param props what the reader was told
 * @param target a path or a table's name; null for a source without
 * @param operation as the program wrote it
 */
export function openStream(
  session: SessionState,
  method: "load" | "table" | "changes",
  props: StreamReaderProps,
  target: string | null,
  operation: string,
): Relation {
  const site = callSite(operation);
  const { dialect } = session.runtime;
  requireMethod(dialect, "DataStreamReader", method, site);
  if (operation === "xml()") {
    requireMethod(dialect, "DataStreamReader", "xml", site);
  }
  if (props.name !== null) {
    requireMethod(dialect, "DataStreamReader", "name", site);
  }
  tellUnknownOptions(props.format, Object.keys(props.options), site);
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    let reader = await openReader(jsession, props, "readStream");
    if (props.name !== null) {
      reader = await reader.callObject("name", props.name);
    }
    return target === null
      ? await reader.callObject(method)
      : await reader.callObject(method, target);
  };
  return eager(
    source(
      session,
      "readStream",
      [props.format ?? "", target ?? ""],
      open,
      site,
    ),
  );
}
