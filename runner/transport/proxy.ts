/** The environment → the proxy settings, and the proxy for an origin. */
import { isLoopback } from "./loopback.ts";

export interface ProxySettings {
  readonly https: string;
  readonly http: string;
  /** Hosts that are connected to directly: names, suffixes, `*`. */
  readonly none: string;
}

/**
 * Reads the variables that curl reads. `HTTP_PROXY` in upper case is read too: curl ignores it because a CGI server sets it
 * from a request header, which does not happen here.
 */
export function proxySettings(environment: NodeJS.ProcessEnv): ProxySettings {
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name] || "";
  return {
    https: parseProxyUrl("HTTPS_PROXY", variable("HTTPS_PROXY")),
    http: parseProxyUrl("HTTP_PROXY", variable("HTTP_PROXY")),
    none: variable("NO_PROXY"),
  };
}

/** `host:port` without a scheme means http, as in curl. @throws where it is no URL of a proxy; the error does not repeat the value, which may contain a password. */
function parseProxyUrl(name: string, value: string): string {
  const url = value === "" || /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  try {
    if (url === "") return "";
    const { protocol, username, password } = new URL(url);
    decodeURIComponent(username + password);
    if (protocol === "http:" || protocol === "https:") return url;
  } catch {
    // The same error as for another protocol.
  }
  throw new Error(`${name} is not the URL of a proxy; set it to one such as http://proxy.example:3128`);
}

/** Undefined where the origin is connected to directly, which loopback addresses always are. */
export function proxyFor(
  origin: string,
  proxies: ProxySettings | undefined,
): { httpProxy: string; httpsProxy: string; noProxy: string } | undefined {
  const { protocol } = new URL(origin);
  const proxy = protocol === "https:" ? proxies?.https : proxies?.http;
  if (!proxies || !proxy || isLoopback(origin)) return undefined;
  return { httpProxy: proxies.http, httpsProxy: proxies.https, noProxy: proxies.none };
}
