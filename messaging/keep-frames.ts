import { createHash } from "node:crypto";
import { inArray } from "drizzle-orm";
import type { Tx } from "#db/client";
import { bodyFrames } from "#db/schema/index";
import type { Frame } from "./letter.ts";

/** A compiled template gives the same object for all its readers. */
const hashes = new WeakMap<Frame, string>();

function hashOf(frame: Frame): string {
  const hash =
    hashes.get(frame) ??
    createHash("sha256")
      .update(JSON.stringify([frame.html, frame.text]))
      .digest("hex");
  hashes.set(frame, hash);
  return hash;
}

/** Keeps each frame once, however many messages stand in it. @returns what tells a frame's id. */
export async function keepFrames(tx: Tx, given: Frame[]): Promise<(frame: Frame) => number | undefined> {
  const frames = new Map(given.map((frame) => [hashOf(frame), frame]));
  const list = () =>
    tx
      .select({ hash: bodyFrames.hash, id: bodyFrames.id })
      .from(bodyFrames)
      .where(inArray(bodyFrames.hash, [...frames.keys()]));
  let kept = await list();
  if (kept.length < frames.size) {
    const rows = [...frames].map(([hash, { html, text }]) => ({ hash, html, text }));
    // In one order, so that no two claims wait for each other's.
    const inOrder = rows.toSorted((one, other) => (one.hash < other.hash ? -1 : 1));
    await tx.insert(bodyFrames).values(inOrder).onConflictDoNothing();
    kept = await list();
  }
  const ids = new Map(kept.map(({ hash, id }) => [hash, id]));
  return (frame) => ids.get(hashOf(frame));
}
