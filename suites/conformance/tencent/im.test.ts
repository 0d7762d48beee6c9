/** tencent/im, held to its documents: one test per case. */
import { conformance } from "../../vitest.ts";

conformance("tencent/im/**", { approved: new URL("./im.cases.txt", import.meta.url) });
