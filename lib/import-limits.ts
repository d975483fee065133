/** What a browser may bring in at once; the command line takes files of any size. */
export const importLimits = { bytes: 50 * 1024 * 1024, lines: 200_000, pieceBytes: 512 * 1024 };
