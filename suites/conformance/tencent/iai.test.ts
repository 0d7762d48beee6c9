/** tencent/iai, held to its documents: one test per case. */
import { conformance } from "../../vitest.ts";

conformance("tencent/iai/**", { approved: new URL("./iai.cases.txt", import.meta.url) });
