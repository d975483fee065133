import { writeFileSync } from "node:fs";
import { catalogText } from "./catalog-text.ts";

writeFileSync(new URL("../docs/catalog.md", import.meta.url), catalogText());
