import type { Gym, Member } from "./model.ts";

/**
 * A gym with everything taken out of it without which it still fails: members do not touch each other, so that one
 * member and one workflow mostly remain. Greedy, in passes, until nothing more can go.
 */
export async function shrinkGym(gym: Gym, fails: (smaller: Gym) => Promise<boolean>): Promise<Gym> {
  let smallest = gym;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (const smaller of smallerGyms(smallest)) {
      if (await fails(smaller)) {
        smallest = smaller;
        shrunk = true;
        break;
      }
    }
  }
  return smallest;
}

/** Halves first, then one thing less. */
function* smallerGyms(gym: Gym): Generator<Gym> {
  yield* parts(gym.members).map((members) => withMembers(gym, members));
  yield* parts(gym.workflows).map((workflows) => ({ ...gym, workflows }));
  yield* parts(gym.days).map((days) => ({ ...gym, days }));
  for (const [index, day] of gym.days.entries()) {
    const withDay = (changed: typeof day) => ({ ...gym, days: gym.days.with(index, changed) });
    yield* parts(day.changes).map((changes) => withDay({ ...day, changes }));
    if (day.sweeps > 1) {
      yield withDay({ ...day, sweeps: 1 });
    }
  }
  if (gym.members.length > 3) {
    return;
  }
  for (const [index, member] of gym.members.entries()) {
    yield* smallerMembers(member).map((smaller) => ({ ...gym, members: gym.members.with(index, smaller) }));
  }
}

/** Changes go with their members. */
function withMembers(gym: Gym, members: Member[]): Gym {
  const ids = new Set(members.map(({ id }) => id));
  const days = gym.days.map((day) => ({ ...day, changes: day.changes.filter(({ memberId }) => ids.has(memberId)) }));
  return { ...gym, members, days };
}

function smallerMembers(member: Member): Member[] {
  const plain: Partial<Member> = { bornOn: null, joinedOn: null, lastFreezeEndedOn: null, pausedUntil: null };
  const emptied = Object.keys(plain).flatMap((key) =>
    member[key as keyof Member] === null ? [] : [{ ...member, [key]: null }],
  );
  return [
    ...parts(member.visits).map((visits) => ({ ...member, visits })),
    ...parts(member.scores).map((scores) => ({ ...member, scores })),
    ...parts(member.memberships).map((memberships) => ({ ...member, memberships })),
    ...emptied,
  ];
}

/** Of many its two halves; of few all but one of them, whichever. */
function parts<Item>(items: Item[]): Item[][] {
  const middle = Math.floor(items.length / 2);
  const halves = items.length > 3 ? [items.slice(0, middle), items.slice(middle)] : [];
  const singles = items.length > 24 ? [] : items.map((_, index) => items.toSpliced(index, 1));
  return [...halves, ...singles];
}
