const width = 30;

/** A bar on a terminal; nothing where there is none. */
export function progressBar(stream: NodeJS.WriteStream) {
  let shownAt = 0;
  return {
    show(done: number, total: number) {
      const now = performance.now();
      if (stream.isTTY && (now - shownAt > 100 || done >= total)) {
        shownAt = now;
        const share = Math.min(1, done / total);
        const filled = Math.round(share * width);
        const bar = "█".repeat(filled) + "░".repeat(width - filled);
        stream.write(`\r${bar} ${String(Math.floor(share * 100)).padStart(3)} %`);
      }
    },
    clear() {
      if (stream.isTTY && shownAt > 0) {
        stream.write("\r\u001b[K");
      }
    },
  };
}
