import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import net from "node:net";
import { shut, type Way } from "../way.ts";

/** Networks, and what one program may tell another by them. */
export const NETWORK: readonly Way[] = [
  shut(
    "`fetch` of an address",
    async () => (await fetch("http://192.0.2.1/")).status,
  ),
  shut(
    "`fetch` of this machine",
    async () => (await fetch("http://127.0.0.1:8080/")).status,
  ),
  shut("`Deno.connect`", async () => {
    (await Deno.connect({ hostname: "127.0.0.1", port: 8080 })).close();
    return "connected";
  }),
  shut("`Deno.connect` to a Unix socket", async () => {
    (await Deno.connect({ transport: "unix", path: "/tmp/.s" })).close();
    return "connected";
  }),
  shut("`net.connect`", () =>
    new Promise((resolve, reject) => {
      const socket = net.connect(8080, "127.0.0.1", () => resolve("connected"));
      socket.on("error", reject);
    })),
  shut(
    "`net.connect` to a Unix socket",
    () =>
      new Promise((resolve, reject) => {
        const socket = net.connect("/tmp/.s", () => resolve("connected"));
        socket.on("error", reject);
      }),
  ),
  shut("`http.get`", () =>
    new Promise((resolve, reject) => {
      http.get("http://127.0.0.1:8080/", () => resolve("answered"))
        .on("error", reject);
    })),
  shut("`Deno.listen`", () => {
    Deno.listen({ port: 0 }).close();
    return "listening";
  }),
  shut("`net.createServer`", () =>
    new Promise((resolve, reject) => {
      const server = net.createServer().on("error", reject);
      server.listen(0, "127.0.0.1", () => {
        server.close();
        resolve("listening");
      });
    })),
  shut("UDP by `node:dgram`", () =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket("udp4").on("error", reject);
      socket.bind(0, () => {
        socket.close();
        resolve("bound");
      });
    })),
  shut("`WebSocket`", () => {
    new WebSocket("ws://127.0.0.1:8080/").close();
    return "opening";
  }),
  shut("`EventSource`", () =>
    new Promise((resolve, reject) => {
      const source = new EventSource("http://127.0.0.1:8080/");
      source.onopen = () => resolve("open");
      source.onerror = (event) => {
        source.close();
        reject(new Error((event as ErrorEvent).message ?? "failed"));
      };
    })),
  shut(
    "A name looked up: `Deno.resolveDns`",
    async () => (await Deno.resolveDns("secret.example.com", "A")).length,
  ),
  shut(
    "`dns.promises.lookup`, which could carry data away",
    async () => (await dns.promises.lookup("secret.example.com")).address,
  ),
  shut(
    "`dns.promises.resolve4`",
    async () => (await dns.promises.resolve4("secret.example.com")).length,
  ),
];
