/** What is told of one message, as the test that makes it up knows it. */
export type ToldEvent = {
  id: string;
  /** Of the message, by its place; null for one that is not ours. */
  message: number | null;
  kind: "sent" | "delivered" | "delayed" | "soft" | "hard" | "complained" | "failed" | "opened" | "clicked" | "odd";
  atMs: number;
  link: string;
  isNamedMachine: boolean;
  /** Whether the message's own recipient is among those it names. */
  namesRecipient: boolean;
};

type ToldMessage = { address: string; leftMs: number };

const day = 86_400_000;

/** How everything must end, whatever the order: written from the rules, one message and one address after the other. */
export function foretell(messages: ToldMessage[], events: ToldEvent[]) {
  const statuses = messages.map(({ leftMs }, place) => {
    const own = events.filter(({ message }) => message === place);
    const has = (kind: ToldEvent["kind"]) => own.some((event) => event.kind === kind);
    const seen = (kind: ToldEvent["kind"]) =>
      own.some((event) => event.kind === kind && !looksAutomatic(event, own, leftMs));
    if (has("complained")) {
      return "complained";
    }
    if (has("hard")) {
      return "bounced";
    }
    if (seen("clicked")) {
      return "clicked";
    }
    if (seen("opened")) {
      return "opened";
    }
    return has("delivered") ? "delivered" : has("failed") ? "failed" : "sent";
  });
  const suppressions: { address: string; reason: string; untilMs: number | null }[] = [];
  for (const address of new Set(messages.map((message) => message.address))) {
    const about = events.filter(
      ({ message, namesRecipient }) => message !== null && messages[message]?.address === address && namesRecipient,
    );
    const restUntil = softRest(about.filter(({ kind }) => kind === "soft").map(({ atMs }) => atMs));
    if (about.some(({ kind }) => kind === "hard")) {
      suppressions.push({ address, reason: "bounced", untilMs: null });
    }
    if (about.some(({ kind }) => kind === "complained")) {
      suppressions.push({ address, reason: "complained", untilMs: null });
    }
    if (restUntil !== null) {
      suppressions.push({ address, reason: "soft_bounces", untilMs: restUntil });
    }
  }
  const isOurs = (event: ToldEvent) => event.message !== null && event.kind !== "odd";
  return {
    statuses,
    suppressions,
    automatic: events
      .filter((event) => isOurs(event) && (event.kind === "opened" || event.kind === "clicked"))
      .filter((event) => {
        const own = events.filter(({ message }) => message === event.message);
        return looksAutomatic(event, own, messages[event.message ?? 0]?.leftMs ?? 0);
      })
      .map(({ id }) => id)
      .sort(),
    complaints: new Set(
      events
        .filter((event) => isOurs(event) && event.kind === "complained" && event.namesRecipient)
        .map(({ message }) => message),
    ).size,
  };
}

function looksAutomatic(event: ToldEvent, own: ToldEvent[], leftMs: number): boolean {
  const deliveries = own.filter(({ kind }) => kind === "delivered").map(({ atMs }) => atMs);
  const arrived = deliveries.length > 0 ? Math.min(...deliveries) : leftMs;
  if (event.isNamedMachine || event.atMs < arrived + 5_000) {
    return true;
  }
  return own.some(
    (other) =>
      event.kind === "clicked" &&
      other.kind === "clicked" &&
      other.link !== event.link &&
      Math.abs(other.atMs - event.atMs) <= 1_000,
  );
}

/** Thirty days from the latest soft bounce that was at least the fifth in thirty days. */
function softRest(times: number[]): number | null {
  const tooMany = times.filter(
    (time) => times.filter((other) => other <= time && other >= time - 30 * day).length >= 5,
  );
  return tooMany.length > 0 ? Math.max(...tooMany) + 30 * day : null;
}
