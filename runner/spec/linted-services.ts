/** The services whose files the build has linted and that are unchanged since: all their cases are known to keep their rules. */
import type { Service } from "../model/index.ts";

export const lintedServices = new WeakSet<Service>();
