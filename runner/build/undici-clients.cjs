/** The part of undici that assay uses; its index would also evaluate fetch, WebSocket, mocks and caches at each start. */
exports.Client = require("undici/lib/dispatcher/client.js");
// Evaluated only where a proxy is used.
Object.defineProperty(exports, "EnvHttpProxyAgent", {
  enumerable: true,
  get: () => require("undici/lib/dispatcher/env-http-proxy-agent.js"),
});
