import { expect, test } from "vitest";
import { isLoopback } from "./loopback.ts";

test.each([
  "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1", "127.255.0.9", "0x7f000001", "2130706433", "0.0.0.0", "0",
  "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f01:203]",
])("%s is this machine", (host) => expect(isLoopback(`http://${host}:8787/path`)).toBe(true)); // biome-ignore format: a table

test.each([
  "localhost.example", "notlocalhost", "127.0.0.1.example", "128.0.0.1", "10.0.0.1", "192.168.0.1", "169.254.169.254",
  "0.0.0.1", "[::2]", "[fe80::1]", "[::ffff:128.0.0.1]", "[::ffff:0:7f00]", "api.example",
])("%s is another machine", (host) => expect(isLoopback(`http://${host}:8787/path`)).toBe(false)); // biome-ignore format: a table
