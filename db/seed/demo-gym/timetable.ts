/** Both of the gym's places, the bigger first. */
export const locationNames = ["Training Club Langstrasse", "Training Club Oerlikon"];

export type Slot = {
  weekday: number;
  /** Minutes after midnight. */
  minutes: number;
  /** Empty when they come to train by themselves. */
  className: string;
  /** Index in `locationNames`. */
  location: number;
};

type Class = { name: string; weekdays: number[]; at: string; location: number };

const classes: Class[] = [
  { name: "Indoor Cycling", weekdays: [0, 2, 4], at: "06:30", location: 0 },
  { name: "Functional Training", weekdays: [1, 3], at: "06:45", location: 0 },
  { name: "Back & Core", weekdays: [0, 2], at: "09:15", location: 1 },
  { name: "Pilates", weekdays: [1, 3], at: "09:30", location: 0 },
  { name: "Lunch Circuit", weekdays: [0, 1, 2, 3, 4], at: "12:10", location: 0 },
  { name: "Mobility", weekdays: [1, 3], at: "12:15", location: 1 },
  { name: "Strength Basics", weekdays: [0, 2], at: "17:30", location: 0 },
  { name: "HIIT 30", weekdays: [1, 3], at: "18:00", location: 0 },
  { name: "Yoga Flow", weekdays: [0, 2, 3], at: "19:15", location: 0 },
  { name: "Indoor Cycling", weekdays: [1, 3], at: "18:30", location: 1 },
  { name: "Boxing", weekdays: [1, 4], at: "19:00", location: 0 },
  { name: "Pilates", weekdays: [0, 2], at: "18:15", location: 1 },
  { name: "Yoga Flow", weekdays: [5, 6], at: "09:30", location: 0 },
  { name: "Functional Training", weekdays: [5], at: "10:30", location: 1 },
  { name: "Indoor Cycling", weekdays: [6], at: "10:45", location: 0 },
];

const minutesOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

export const timetable: Slot[] = classes.flatMap(({ name, weekdays, at, location }) =>
  weekdays.map((weekday) => ({ weekday, minutes: minutesOf(at), className: name, location })),
);

/** Closed all day. Month and day. */
export const closedOn = new Set(["12-25", "01-01", "08-01"]);

/** How busy a month is against the year's average, January first: good intentions, then summer at the lake. */
export const season = [1.2, 1.1, 1.04, 1, 0.97, 0.9, 0.82, 0.84, 1.05, 1.06, 1.02, 0.84];
