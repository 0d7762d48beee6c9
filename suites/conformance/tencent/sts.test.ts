/** tencent/sts, held to its documents: one test per case. */
import { conformance } from "../../vitest.ts";

conformance("tencent/sts/**", { approved: new URL("./sts.cases.txt", import.meta.url) });
