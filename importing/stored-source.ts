import type { Db } from "#db/client";
import { readPiece } from "#db/queries/imports";
import { importLimits } from "#lib/import-limits";
import type { Source } from "./source.ts";

/** A file that a browser sent, read from the database piece by piece. */
export function storedSource(db: Db, { id, bytes }: { id: number; bytes: number }): Source {
  return {
    bytes,
    async *read(start) {
      let skip = start % importLimits.pieceBytes;
      for (let number = Math.floor(start / importLimits.pieceBytes); ; number++) {
        const piece = await readPiece(db, id, number);
        if (!piece) {
          return;
        }
        yield skip > 0 ? piece.subarray(skip) : piece;
        skip = 0;
      }
    },
  };
}
