"use client";

import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { ToastProvider } from "../ui/toast.tsx";
import { LocationName } from "./location-name.tsx";
import classes from "./settings-forms.module.css";

type Props = {
  locations: { id: number; name: string }[];
  add: (input: { name: string }) => Promise<ActionResult<null>>;
  rename: (input: { id: number; from: string; name: string }) => Promise<ActionResult<null>>;
};

/** Where members train. One that visits tell of stays. */
export function LocationList({ locations, add, rename }: Props) {
  const [added, setAdded] = useState(0);
  return (
    <ToastProvider closeLabel="Close">
      <section aria-labelledby="locations" className={classes.group}>
        <div className={classes.head}>
          <h2 id="locations">Locations</h2>
          <p>Where members train, as imports name it. Members can be listed by theirs.</p>
        </div>
        <ul className={classes.locations}>
          {locations.map(({ id, name }) => (
            <li key={`${id} ${name}`}>
              <LocationName
                label={`Name of the location ${name}`}
                initial={name}
                button="Rename"
                send={(typed) => rename({ id, from: name, name: typed })}
                done={(typed) => `The location is called ${typed} now.`}
              />
            </li>
          ))}
          <li>
            <LocationName
              key={added}
              label="New location"
              initial=""
              button="Add"
              send={(typed) => add({ name: typed })}
              done={(typed) => {
                setAdded(added + 1);
                return `${typed} was added.`;
              }}
            />
          </li>
        </ul>
      </section>
    </ToastProvider>
  );
}
