/** The environment → the proxies that an origin is asked through. */

export interface ProxySettings {
  readonly https: string;
  readonly http: string;
  /** Hosts that are asked directly: names, suffixes, `*`. */
  readonly none: string;
}

/** The names that curl reads. `HTTP_PROXY` in capitals is read too: no server sets it for us. */
export function proxySettings(environment: NodeJS.ProcessEnv): ProxySettings {
  const of = (name: string) => environment[name.toLowerCase()] || environment[name] || "";
  return { https: parseProxyUrl("HTTPS_PROXY", of), http: parseProxyUrl("HTTP_PROXY", of), none: of("NO_PROXY") };
}

/** A bare host and port is meant as curl means it. @throws where it is no address; its value may hold a password and is not repeated. */
function parseProxyUrl(name: string, of: (name: string) => string): string {
  const value = of(name);
  const url = value === "" || /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  try {
    if (url === "") return "";
    const { protocol, username, password } = new URL(url);
    decodeURIComponent(username + password);
    if (protocol === "http:" || protocol === "https:") return url;
  } catch {
    // falls through to the one sentence that helps
  }
  throw new Error(`${name} is no address of a proxy; expected one such as http://proxy.example:3128`);
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Undefined where the origin is asked directly; what is on this machine always is. */
export function proxyFor(
  origin: string,
  proxies: ProxySettings | undefined,
): { httpProxy: string; httpsProxy: string; noProxy: string } | undefined {
  const { protocol, hostname } = new URL(origin);
  const proxy = protocol === "https:" ? proxies?.https : proxies?.http;
  if (!proxies || !proxy || loopback.test(hostname)) return undefined;
  return { httpProxy: proxies.http, httpsProxy: proxies.https, noProxy: proxies.none };
}
