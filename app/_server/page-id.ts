import { notFound } from "next/navigation";
import { byId } from "./id-in-address.ts";

/** The number in a page's address; where there is none, there is no such page. */
export async function readPageId(params: Promise<{ id: string }>): Promise<number> {
  const parsed = byId.safeParse(await params);
  return parsed.success ? parsed.data.id : notFound();
}
