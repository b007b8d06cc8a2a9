import { withTimeout } from "../../src/common/deadline.ts";
import { gone } from "../integration/processes.ts";
import { freePort, listening } from "./local_port.ts";
import { mavenJars } from "./maven_jars.ts";

const START_MS = 120_000;

/** A broker of Kafka, alone, which goes with its block. */
export interface KafkaBroker extends AsyncDisposable {
  /** Where it is reached, as in `localhost:9092`. */
  readonly address: string;
}

/**
 * Starts a broker that is its own controller, from jars of Maven's.
 *
 * @param folder where its jars, settings and records lie
 */
export async function startKafka(folder: string): Promise<KafkaBroker> {
  await mavenJars(folder, [["org.apache.kafka", "kafka_2.13", "4.1.0"]], true);
  const [port, controllerPort] = [freePort(), freePort()];
  const properties = `${folder}/server.properties`;
  await Deno.writeTextFile(
    properties,
    Object.entries({
      "process.roles": "broker,controller",
      "node.id": 1,
      "controller.quorum.voters": `1@localhost:${controllerPort}`,
      listeners:
        `PLAINTEXT://localhost:${port},CONTROLLER://localhost:${controllerPort}`,
      "advertised.listeners": `PLAINTEXT://localhost:${port}`,
      "controller.listener.names": "CONTROLLER",
      "listener.security.protocol.map":
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
      "log.dirs": `${folder}/records`,
      "num.partitions": 4,
      "offsets.topic.replication.factor": 1,
      "group.initial.rebalance.delay.ms": 0,
    }).map(([name, value]) => `${name}=${value}\n`).join(""),
  );
  const java = (program: string, ...args: readonly string[]): Deno.Command =>
    new Deno.Command("java", {
      args: [
        "-Xmx384m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        `${folder}/jars/*`,
        program,
        ...args,
      ],
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
  const id = "AAAAAAAAQACAAAAAAAAAAQ"; // of 16 bytes, as Kafka wants it
  await java("kafka.tools.StorageTool", "format", "-t", id, "-c", properties)
    .output();
  const broker = java("kafka.Kafka", properties).spawn();
  const ended = broker.status.then(({ code }) => {
    throw new Error(`Kafka ended with code ${code}`);
  });
  ended.catch(() => {});
  const ready = await withTimeout(
    START_MS,
    Promise.race([ended, listening(port)]),
  );
  if (ready === undefined) throw new Error("Kafka does not start");
  return {
    address: `localhost:${port}`,
    async [Symbol.asyncDispose]() {
      broker.kill("SIGKILL");
      await gone([broker.pid]);
    },
  };
}
