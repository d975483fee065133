import { addDays } from "#lib/calendar";
import { toDayNumber, weekdayOf } from "./days.ts";
import { type DrawnVisit, drawVisits } from "./habits.ts";
import { type DrawnMember, drawMember } from "./people.ts";
import { createRandom } from "./random.ts";

type DrawnStaff = {
  firstName: string;
  lastName: string;
  email: string;
  role: "admin" | "staff";
  location: number;
};

export type DrawnGym = {
  staff: DrawnStaff[];
  members: DrawnMember[];
  /** By member, in the order of days. */
  visits: DrawnVisit[][];
};

/** The three people who can sign in to the demo gym. */
export const demoSignIns = {
  admin: "admin@demo.example",
  trainer: "trainer@demo.example",
  member: "member@demo.example",
};

export const demoPassword = "demo-gym-2026";

const memberCount = 600;
/** Fourteen months of visits. */
const visitDays = 425;

const staff: DrawnStaff[] = [
  { firstName: "Nico", lastName: "Steiner", email: demoSignIns.trainer, role: "staff", location: 0 },
  { firstName: "Livia", lastName: "Odermatt", email: "livia.odermatt@demo.example", role: "staff", location: 0 },
  { firstName: "Tiago", lastName: "Ferreira", email: "tiago.ferreira@demo.example", role: "staff", location: 0 },
  { firstName: "Sofia", lastName: "Bernasconi", email: "sofia.bernasconi@demo.example", role: "staff", location: 1 },
  { firstName: "Reto", lastName: "Hürlimann", email: "reto.huerlimann@demo.example", role: "staff", location: 1 },
  { firstName: "Camille", lastName: "Rochat", email: "camille.rochat@demo.example", role: "staff", location: 1 },
  { firstName: "Anna", lastName: "Meier", email: demoSignIns.admin, role: "admin", location: 0 },
];

/** A whole gym, the same for the same seed and day. */
export function drawGym(seed: string, today: string): DrawnGym {
  const members = Array.from({ length: memberCount }, (_, index) => drawMember(seed, index, today));
  members[0] = demoMember(members[0] ?? drawMember(seed, 0, today), today);
  celebrate(members, today);
  keepAddressesApart(members);
  shareAddresses(members);
  const firstDay = toDayNumber(today) - visitDays;
  const visits = members.map(({ habit, joinDate, lastDay }, index) =>
    drawVisits(
      createRandom(`${seed}/visits/${index}`),
      habit,
      Math.max(firstDay, toDayNumber(joinDate)),
      toDayNumber(lastDay),
    ),
  );
  return { staff, members, visits };
}

/** Comes three times a week, was away for a while, renewed meanwhile, and has a birthday: there is something to see. */
function demoMember(drawn: DrawnMember, today: string): DrawnMember {
  const day = toDayNumber(today);
  const endedOn = addDays(today, -12);
  const joinDate = addDays(`${Number(endedOn.slice(0, 4)) - 2}${endedOn.slice(4)}`.replace("-02-29", "-02-28"), 1);
  const slot = { minutes: 1080, className: "", location: 0 };
  return {
    ...drawn,
    firstName: "Lena",
    lastName: "Brunner",
    email: demoSignIns.member,
    language: "en",
    birthDate: birthday(today, 34),
    joinDate,
    status: "active",
    lastFreezeEndedOn: null,
    pausedUntil: null,
    trainer: 0,
    location: 0,
    memberships: [
      { startsOn: joinDate, endsOn: endedOn, level: "Premium", agreedOn: joinDate },
      { startsOn: addDays(today, -11), endsOn: addDays(today, 353), level: "Premium", agreedOn: addDays(today, -18) },
    ],
    emailConsent: true,
    tags: ["personal-training"],
    habit: {
      slots: [
        { ...slot, weekday: 0, minutes: 1155, className: "Yoga Flow" },
        { ...slot, weekday: 2 },
        { ...slot, weekday: weekdayOf(day - 1) === 2 ? 5 : weekdayOf(day - 1) },
      ],
      faithfulness: 0.9,
      breaks: [
        { from: day - 34, to: day - 9 },
        { from: day - 210, to: day - 196 },
      ],
    },
    lastDay: today,
  };
}

/** Today's birthdays, and yesterday's: the 29th of February has none in most years, and neither has the trigger then. */
const birthday = (day: string, age: number) =>
  `${Number(day.slice(0, 4)) - age}${day.slice(4)}`.replace("-02-29", "-02-28");

function celebrate(members: DrawnMember[], today: string) {
  const regulars = members.filter(({ status, memberships }, index) => {
    const isMember = memberships.some(({ endsOn }) => endsOn === null || endsOn > addDays(today, 30));
    return index > 0 && status === "active" && isMember;
  });
  const ages = [27, 41, 63];
  for (const [index, age] of ages.entries()) {
    const member = regulars[index * 7];
    if (member) {
      member.birthDate = birthday(index === 2 ? addDays(today, -1) : today, age);
      member.emailConsent = index === 0 ? true : member.emailConsent;
    }
  }
}

/** Two people of the same name have two addresses. */
function keepAddressesApart(members: DrawnMember[]) {
  const taken = new Map<string, number>();
  for (const member of members) {
    if (member.email) {
      const count = (taken.get(member.email) ?? 0) + 1;
      taken.set(member.email, count);
      member.email = count > 1 ? member.email.replace("@", `${count}@`) : member.email;
    }
  }
}

/** Couples who read their mail together. */
function shareAddresses(members: DrawnMember[]) {
  for (let index = 20; index + 1 < members.length; index += 45) {
    const [one, other] = [members[index], members[index + 1]];
    if (one?.email && other) {
      other.email = one.email;
      other.lastName = one.lastName;
    }
  }
}
