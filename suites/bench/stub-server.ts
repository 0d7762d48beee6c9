/** A server process that answers every request with the same success, with a new request id each. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let requests = 0;
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume().on("end", () => {
    const body = `{"Response":{"RequestId":"bench-${String(requests++).padStart(10, "0")}"}}`;
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
