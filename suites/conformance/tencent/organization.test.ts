/** tencent/organization, held to its documents: one test per case. */
import { conformance } from "../../vitest.ts";

conformance("tencent/organization/**", { approved: new URL("./organization.cases.txt", import.meta.url) });
