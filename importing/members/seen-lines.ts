const pageSize = 1024;

type Page = { lines: Uint32Array; starts: Int32Array };

/**
 * Which line of the file named a member first, and with which membership. Eight bytes a member: a file may name
 * millions.
 */
export class SeenLines {
  readonly #pages = new Map<number, Page>();
  readonly #further = new Map<string, number>();

  /** The member's first line, or undefined. */
  firstLine(memberId: number): number | undefined {
    return this.#page(memberId)?.lines[memberId % pageSize] || undefined;
  }

  /** The line that named the member with this membership; without one, or with none yet, the member's first line. */
  lineOfMembership(memberId: number, startsOn: string | null): number | undefined {
    const first = this.firstLine(memberId);
    const isFirst = startsOn === null || this.#page(memberId)?.starts[memberId % pageSize] === toNumber(startsOn);
    return isFirst ? first : this.#further.get(`${memberId}/${startsOn}`);
  }

  add(memberId: number, line: number, startsOn: string | null) {
    if (this.firstLine(memberId) !== undefined) {
      this.#further.set(`${memberId}/${startsOn}`, line);
      return;
    }
    const number = Math.floor(memberId / pageSize);
    const page = this.#page(memberId) ?? { lines: new Uint32Array(pageSize), starts: new Int32Array(pageSize) };
    page.lines[memberId % pageSize] = line;
    page.starts[memberId % pageSize] = toNumber(startsOn);
    this.#pages.set(number, page);
  }

  #page(memberId: number) {
    return this.#pages.get(Math.floor(memberId / pageSize));
  }
}

/** Days since 1800, so that none is 0: that says no membership. */
function toNumber(day: string | null) {
  return day === null ? 0 : (Date.parse(day) - Date.UTC(1800, 0, 1)) / 86_400_000;
}
