import dgram from "node:dgram";
import dns from "node:dns";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { shut, type Way } from "../way.ts";

/** Networks by less usual doors. */
export const MORE_NETWORKS: readonly Way[] = [
  shut("`Deno.connectTls`", async () => {
    (await Deno.connectTls({ hostname: "127.0.0.1", port: 8443 })).close();
    return "connected";
  }),
  shut("`tls.connect`", () =>
    new Promise((resolve, reject) => {
      tls.connect(8443, "127.0.0.1", {}, () => resolve("connected"))
        .on("error", reject);
    })),
  shut("`https.get`", () =>
    new Promise((resolve, reject) => {
      https.get("https://127.0.0.1:8443/", () => resolve("answered"))
        .on("error", reject);
    })),
  shut("`http2.connect`", () =>
    new Promise((resolve, reject) => {
      http2.connect("http://127.0.0.1:8080", () => resolve("connected"))
        .on("error", reject);
    })),
  shut("`Deno.serve`", async () => {
    const server = Deno.serve({ port: 0, onListen() {} }, () => new Response());
    await server.shutdown();
    return "served";
  }),
  shut("`Deno.listen` on a Unix socket", () => {
    Deno.listen({ transport: "unix", path: "/tmp/tspark-out.sock" }).close();
    return "listening";
  }),
  shut("`Deno.listenTls`, `Deno.listenDatagram`", () => {
    const listen: unknown = Reflect.get(Deno, "listenDatagram");
    if (typeof listen !== "function") return null;
    Reflect.apply(listen, Deno, [{ transport: "udp", port: 0 }]);
    return "listening";
  }),
  shut(
    "`net.createServer` on a Unix socket",
    () =>
      new Promise((resolve, reject) => {
        net.createServer().on("error", reject)
          .listen("/tmp/tspark-out.sock", () => resolve("listening"));
      }),
  ),
  shut(
    "A datagram sent without `bind`",
    () =>
      new Promise((resolve, reject) => {
        const socket = dgram.createSocket("udp4").on("error", reject);
        socket.send("out", 53, "127.0.0.1", (error) => {
          if (error === null) resolve("sent");
          else reject(error);
        });
      }),
  ),
  shut("`WebSocketStream`", async () => {
    const Stream: unknown = Reflect.get(globalThis, "WebSocketStream");
    if (typeof Stream !== "function") return null;
    const made: object = Reflect.construct(Stream, ["ws://127.0.0.1:8080/"]);
    await Reflect.get(made, "opened");
    return "open";
  }),
  shut("`WebTransport`, `Deno.QuicEndpoint`", async () => {
    const Endpoint: unknown = Reflect.get(Deno, "QuicEndpoint");
    if (typeof Endpoint === "function") {
      const made: object = Reflect.construct(Endpoint, []);
      const listen: unknown = Reflect.get(made, "listen");
      if (typeof listen === "function") {
        Reflect.apply(listen, made, [{ cert: "", key: "", alpnProtocols: [] }]);
        return "listening";
      }
    }
    const Transport: unknown = Reflect.get(globalThis, "WebTransport");
    if (typeof Transport !== "function") return null;
    await Reflect.get(
      Reflect.construct(Transport, ["https://127.0.0.1:8443/"]),
      "ready",
    );
    return "ready";
  }),
  shut("`Deno.createHttpClient` with a proxy", async () => {
    const client = Deno.createHttpClient({
      proxy: { url: "http://127.0.0.1:8080" },
    });
    try {
      return (await fetch("http://192.0.2.1/", { client })).status;
    } finally {
      client.close();
    }
  }),
  shut(
    "`dns.lookup`, by a callback",
    () =>
      new Promise((resolve, reject) =>
        dns.lookup(
          "secret.example.com",
          (error, address) => error ? reject(error) : resolve(address),
        )
      ),
  ),
  shut(
    "`dns.Resolver` with a server of its own",
    () =>
      new Promise((resolve, reject) => {
        const resolver = new dns.Resolver();
        resolver.setServers(["127.0.0.1"]);
        resolver.resolve4(
          "secret.example.com",
          (error, found) => error ? reject(error) : resolve(found[0]),
        );
      }),
  ),
  shut("`import` over the network: `node:module` told to", () =>
    new Function(
      "return import('http://127.0.0.1:8080/x.js')",
    )()),
  shut("`WebAssembly.compileStreaming` of a file", async () => {
    await WebAssembly.compileStreaming(fetch("file:///etc/passwd"));
    return "read";
  }),
];
