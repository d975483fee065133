import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const dayMs = 86_400_000;
const lastDay = Date.UTC(2026, 10, 21);

const memberHeader =
  "external_id,email,first_name,last_name,phone,birth_date,join_date,status,membership_level,membership_start," +
  "membership_end,language,email_consent,location,tags";

/** Writes a gym's members; the same seed gives the same file. */
export async function writeMembers(path: string, count: number): Promise<void> {
  const random = seeded(1);
  await write(path, memberHeader, count, (number) => {
    const first = pick(random, ["Anna", "Beat", "Chiara", "Denis", "Élise", "Fabio", "Gülay", "Hans", "Ines", "Jürg"]);
    const last = pick(random, ["Müller", "Meier", "Rossi", "Favre", "Keller", "Bianchi", "Dubois", "Huber"]);
    const born = day(lastDay - (6_000 + random(20_000)) * dayMs);
    const joinedAt = lastDay - random(1_500) * dayMs;
    const ends = random(4) === 0 ? "" : day(lastDay + (random(700) - 100) * dayMs);
    const start = day(Math.min(joinedAt, ends ? Date.parse(ends) : joinedAt));
    return [
      `M${number}`,
      `member${number}@example.ch`,
      first,
      last,
      `07${6 + random(4)} ${100 + random(900)} ${10 + random(90)} ${10 + random(90)}`,
      born,
      day(joinedAt),
      random(30) === 0 ? "frozen" : "active",
      pick(random, ["basic", "plus", "gold"]),
      start,
      ends,
      pick(random, ["de", "de", "fr", "it", "en"]),
      pick(random, ["yes", "yes", "no"]),
      pick(random, ["Altstadt", "Seefeld"]),
      random(5) === 0 ? "early bird;yoga" : "",
    ].join(",");
  });
}

/** Writes visits in the order in which they happened, as a door's log has them. */
export async function writeVisits(path: string, count: number, members: number): Promise<void> {
  const random = seeded(2);
  const step = (400 * dayMs) / count;
  await write(path, "member_external_id,visited_at,kind,class_name,external_id", count, (number) => {
    const visitedAt = new Date(lastDay - 400 * dayMs + Math.floor((number - 1) * step)).toISOString().slice(0, 19);
    const isClass = random(3) === 0;
    const kind = random(40) === 0 ? "no_show" : isClass ? "class" : "checkin";
    return `M${1 + random(members)},${visitedAt}Z,${kind},${isClass ? pick(random, ["Yoga", "Spinning", "Pump"]) : ""},V${number}`;
  });
}

async function write(path: string, header: string, count: number, line: (number: number) => string) {
  function* blocks() {
    yield `${header}\n`;
    for (let start = 1; start <= count; start += 1_000) {
      const size = Math.min(1_000, count - start + 1);
      yield Array.from({ length: size }, (_, offset) => `${line(start + offset)}\n`).join("");
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(path));
}

type Random = (below: number) => number;

/** Whole numbers from 0, always the same ones (mulberry32). */
function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const pick = (random: Random, words: string[]) => words[random(words.length)] ?? "";
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
